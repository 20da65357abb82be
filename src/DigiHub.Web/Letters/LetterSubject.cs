using DigiHub.Time;

namespace DigiHub.Web.Letters;

/// <summary>"Thu 26 Nov, 18:00: IoT security clinic", "Do 26.11., 18:00 Uhr: IoT-Sicherheitssprechstunde".</summary>
public static class LetterSubject
{
    public static Words Of(LocalDateTime start, Words what)
    {
        var (day, clock) = (TimeWords.ShortDay(start.Date), TimeWords.Clock(start.TimeOfDay));
        return new($"{day.English}, {clock.English}: {what.English}", $"{day.German}, {clock.German} Uhr: {what.German}");
    }
}
