using DigiHub.Notifications;
using DigiHub.Time;

namespace DigiHub.Web.Notifications;

/// <summary>"Reminder: IoT security clinic, Thu 26 Nov, 18:00", "Erinnerung: IoT-Sicherheitssprechstunde, Do 26.11., 18:00 Uhr".</summary>
public static class EmailSubject
{
    public static Words Of(Words what, LocalDateTime start)
    {
        var (day, clock) = (TimeWords.ShortDay(start.Date), TimeWords.Clock(start.TimeOfDay));
        return new($"{what.English}, {day.English}, {clock.English}", $"{what.German}, {day.German}, {clock.German} Uhr",
            $"{what.Familiar}, {day.Familiar}, {clock.Familiar} Uhr");
    }
}
