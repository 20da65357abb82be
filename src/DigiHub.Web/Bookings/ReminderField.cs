using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>A booking's reminder as its form writes it: "usual", minutes ("0" for none), or "day" with a time of the day before.</summary>
internal static class ReminderField
{
    public const string Usual = "usual";
    public const string DayBefore = "day";

    /// <summary>Both kinds at once, which only programs can ask for: left as it is.</summary>
    public const string Kept = "kept";

    public static readonly LocalTime UsualEvening = new(18, 0);

    public static string Write(Booking booking) => booking switch
    {
        { RemindsAsUsual: true } => Usual,
        { ReminderMinutesBefore: not null, ReminderDayBeforeAt: not null } => Kept,
        { ReminderDayBeforeAt: not null } => DayBefore,
        _ => (booking.ReminderMinutesBefore ?? 0).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Null leaves it as it is: nothing was sent, or nothing that could be meant.</summary>
    public static ReminderChoice? Read(string? reminder, string? at) => reminder switch
    {
        Usual => ReminderChoice.AsUsual,
        DayBefore => FormParse.Time(at) is { } time ? ReminderChoice.DayBefore(time) : null,
        _ => FormParse.Number(reminder) is { } minutes ? ReminderChoice.Minutes(minutes) : null,
    };
}
