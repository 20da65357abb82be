using DigiHub.Members;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>What was chosen for one booking: as its member usually wants it, or something of its own.</summary>
/// <param name="Own">Null: as usual, also when the member's usual changes later.</param>
public sealed record ReminderChoice(ReminderWish? Own)
{
    public static ReminderChoice AsUsual { get; } = new((ReminderWish?)null);

    public static ReminderChoice None { get; } = new(ReminderWish.None);

    /// <summary>So many minutes before and nothing else; 0 for none.</summary>
    public static ReminderChoice Minutes(int minutes) => new(new ReminderWish(minutes == 0 ? null : minutes, null));

    public static ReminderChoice DayBefore(LocalTime at) => new(new ReminderWish(null, at));

    public bool IsPossible => Own?.IsPossible != false;

    /// <summary>How a booking has it now.</summary>
    public static ReminderChoice Of(Booking booking) => booking.RemindsAsUsual ? AsUsual : new(booking.ReminderWish);

    internal ReminderWish For(Member member) => Own ?? member.BookingReminders;
}
