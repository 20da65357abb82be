using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Cancels a booking: its claims are deleted, the booking stays readable. One that is running ends now, and the rest of its
/// time is free. Within ten seconds of booking no notification is sent.
/// </summary>
public sealed class CancelBooking(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>Refuses with not_found, member_disabled, stale, already_over, already_cancelled and busy.</summary>
    public async Task<Outcome<Booking>> Run(Guid bookingId, Guid actorId, int? ifRevision, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await LockedBooking.Take(db, map, bookingId, actorId, next: null, ifRevision, now, stop);
                if (!taken.IsDone)
                    return taken.Refusal;

                return taken.Value.Booking.StageAt(now) switch
                {
                    BookingStage.Upcoming => await Cancel(db, taken.Value, actorId, now, stop),
                    BookingStage.Running => await End(db, taken.Value, map.PlaceOf(taken.Value.Space), actorId, now, stop),
                    BookingStage.Cancelled => BookingRules.AlreadyCancelled,
                    _ => BookingRules.AlreadyOver,
                };
            },
            stop);
    }

    private static async Task<Outcome<Booking>> Cancel(HubDb db, LockedBooking locked, Guid actorId, Instant now, CancellationToken stop)
    {
        await Cancel(db, locked.Booking, locked.Member, actorId, now, stop);
        return locked.Booking;
    }

    /// <summary>
    /// One that is upcoming; the caller holds the lock of its member. Frees space only, so no lock of the space is needed.
    /// </summary>
    internal static async Task Cancel(HubDb db, Booking booking, Member member, Guid? actorId, Instant now, CancellationToken stop)
    {
        await ClaimSpace.Release(db, Booking.Subject.Of(booking.Id), stop);
        booking.Cancel(now);
        await SeriesDates.Cancelled(db, [booking], now, stop);
        await BookingEmails.Cancel(db, booking, member, now, stop);
        db.Record(now, actorId, BookingActs.Cancelled, booking.Id, onBehalfOf: member.Id);
    }

    private static async Task<Outcome<Booking>> End(
        HubDb db, LockedBooking locked, SiteContext place, Guid actorId, Instant now, CancellationToken stop)
    {
        var (booking, member, space) = locked;
        var before = booking.LocalSpan;
        var end = EndOfThisMinute(now);
        // Nothing is left to free; or in the repeated hour the local end would be before the start.
        if (end >= booking.End || place.Time.Local(end) <= booking.StartLocal)
            return booking;

        await ClaimSpace.Release(db, Booking.Subject.Of(booking.Id), stop);
        var span = new Span(booking.Start, end);
        if (await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, span), Booking.Subject.Of(booking.Id), now, stop) is { } taken)
            return taken;

        booking.MoveTo(space, new LocalSpan(booking.StartLocal, place.Time.Local(end)), span, now);
        var changes = BookingChanges.Of(db, booking);
        await BookingEmails.Move(db, booking, place, member, before, now, stop);
        db.Record(now, actorId, BookingActs.Ended, booking.Id, changes: changes, onBehalfOf: member.Id);
        return booking;
    }

    private static Instant EndOfThisMinute(Instant now) =>
        Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / 60 + 1) * 60);
}
