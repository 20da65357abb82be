using DigiHub.Data;
using DigiHub.Letters;

namespace DigiHub.Bookings;

/// <summary>A letter about a booking leaves only while it says how the booking stands.</summary>
public sealed class BookingLetterCheck : ILetterCheck
{
    public bool Concerns(LetterKind kind) => kind is LetterKind.BookingConfirmed or LetterKind.BookingMoved
        or LetterKind.BookingCancelled or LetterKind.BookingReminder;

    public async Task<string?> WhyNot(HubDb db, Letter letter, Instant now, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(known => known.Id == letter.BookingId, stop);
        if (booking is null)
            return "gone";

        return letter.Kind switch
        {
            LetterKind.BookingCancelled => booking.IsStanding ? "reinstated" : null,
            _ when !booking.IsStanding => "cancelled",
            LetterKind.BookingReminder when letter.ArmedForStart != booking.Start => "moved",
            LetterKind.BookingReminder when booking.Start <= now => "past",
            LetterKind.BookingReminder => null,
            _ when letter.CalendarSequence != booking.CalendarSequence => "moved",
            _ => booking.End <= now ? "past" : null,
        };
    }
}
