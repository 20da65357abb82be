using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Members;

namespace DigiHub.Bookings;

/// <summary>A letter about a booking leaves only while it says how the booking stands.</summary>
public sealed class BookingLetterCheck : ILetterCheck
{
    public bool Concerns(LetterKind kind) => kind is LetterKind.BookingConfirmed or LetterKind.BookingMoved
        or LetterKind.BookingCancelled or LetterKind.BookingReminder;

    public async Task<string?> WhyNot(HubDb db, Letter letter, Instant now, CancellationToken stop)
    {
        var (bookingId, members) = (letter.BookingId, db.Members);
        var world = await db.Bookings.AsNoTracking().Where(known => known.Id == bookingId)
            .Join(members, known => known.MemberId, member => member.Id, (known, member) => new { Booking = known, Member = member })
            .FirstOrDefaultAsync(stop);
        if (world is null)
            return "gone";

        var booking = world.Booking;
        return letter.Kind switch
        {
            LetterKind.BookingCancelled => booking.IsStanding ? "reinstated" : null,
            _ when !booking.IsStanding => "cancelled",
            LetterKind.BookingReminder when letter.ArmedForStart != booking.Start => "moved",
            LetterKind.BookingReminder when booking.Start <= now => "past",
            LetterKind.BookingReminder when !world.Member.WantsReminders || world.Member.DisabledAt is not null => "unwanted",
            LetterKind.BookingReminder => letter.DaysBefore == 1 && world.Member.WantsDigest ? "told by the digest" : null,
            _ when letter.CalendarSequence != booking.CalendarSequence => "moved",
            _ => booking.End <= now ? "past" : null,
        };
    }
}
