using DigiHub.Data;
using DigiHub.Notifications;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bookings.Guests;

/// <summary>
/// Each minute: compares what guests were told with how their bookings stand, and writes to those for whom that differs. So whatever moves,
/// cancels or approves a booking need not know of its guests.
/// </summary>
public sealed class TellGuests(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock, ILogger<TellGuests> log)
{
    private const int BookingsMax = 200;

    /// <summary>Says how many were written to.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var told = 0;
        foreach (var bookingId in await Due(stop))
        {
            var outcome = await unitOfWork.Run(db => Tell(db, bookingId, stop), stop);
            if (outcome.IsDone)
                told += outcome.Value;
            else
                log.LogWarning("The guests of booking {Booking} could not be written to: {Code}", bookingId, outcome.Refusal.Code);
        }

        return told;
    }

    private async Task<List<Guid>> Due(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return await Differing(db, now).Select(one => one.Guest.BookingId).Distinct().OrderBy(id => id).Take(BookingsMax).ToListAsync(stop);
    }

    private sealed record Differs
    {
        public required BookingGuest Guest { get; init; }

        public required Booking Booking { get; init; }
    }

    private static IQueryable<Differs> Differing(HubDb db, Instant now)
    {
        var (settled, bookings) = (now - BookingEmails.UndoWindow, db.Bookings);
        return db.BookingGuests.Where(guest => guest.Email != null)
            .Join(bookings, guest => guest.BookingId, booking => booking.Id,
                (guest, booking) => new Differs { Guest = guest, Booking = booking })
            .Where(one => one.Booking.End > now && one.Booking.ChangedAt <= settled && one.Guest.AddedAt <= settled
                && (one.Guest.InvitedSequence == null
                    ? one.Guest.RemovedAt == null && one.Booking.Status == BookingStatus.Confirmed && one.Booking.ApproveBy == null
                    : one.Guest.RemovedAt != null || one.Booking.Status != BookingStatus.Confirmed
                        || one.Guest.InvitedSequence != one.Booking.CalendarSequence));
    }

    private async Task<Outcome<int>> Tell(HubDb db, Guid bookingId, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfSubject(bookingId)], stop);
        var now = clock.GetCurrentInstant();
        var differing = await Differing(db, now).Where(one => one.Guest.BookingId == bookingId).ToListAsync(stop);
        foreach (var one in differing)
        {
            var (guest, booking) = (one.Guest, one.Booking);
            var about = BookingGuest.Subject.Of(guest.Id);
            await db.Notifications.About(about).Withdraw(NotificationReason.Superseded, stop);
            var stands = guest.IsExpected && booking.IsStanding;
            // Whom nothing has reached yet is not told that it is off.
            var known = await db.Notifications.About(about).KnownToCalendar(stop);
            if (stands || known.MayHoldEntry)
                db.Write(Notification.To(
                    new Recipient(guest.Name, guest.Email!, guest.Language, MemberId: null),
                    !stands ? GuestNotifications.Withdrawn : known.MayHoldEntry ? GuestNotifications.Changed : GuestNotifications.Invited,
                    about, now, revision: $"{booking.CalendarSequence}.{guest.CalendarSequence}",
                    calendarSequence: booking.CalendarSequence));
            guest.Told(stands ? booking.CalendarSequence : null);
        }

        return differing.Count;
    }
}
