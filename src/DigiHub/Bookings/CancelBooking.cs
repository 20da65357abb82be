using DigiHub.Activity;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// Cancels a booking: its claims are deleted, the booking stays readable. One that is running ends now, and the rest of its
/// time is free. Within ten seconds of booking no notification is sent. Both parts of a meeting at two sites are cancelled while both are
/// ahead.
/// </summary>
public sealed class CancelBooking(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>Refuses with not_found, member_disabled, stale, already_over, already_cancelled, already_released, meeting_at_other_site
    /// and busy.</summary>
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

                return await Apply(db, map, taken.Value, actorId, now, stop);
            },
            stop);
    }

    /// <summary>In the caller's transaction, under the locks of the booking. Refuses with already_over, already_cancelled and
    /// already_released.</summary>
    internal static async Task<Outcome<Booking>> Apply(
        HubDb db, HubDirectory map, LockedBooking locked, Guid actorId, Instant now, CancellationToken stop) =>
        locked.Booking.StageAt(now) switch
        {
            BookingStage.Upcoming => await Cancel(db, locked, actorId, now, stop),
            BookingStage.Running => await End(db, locked, map.PlaceOf(locked.Space), actorId, now, stop),
            BookingStage.Cancelled => BookingRules.AlreadyCancelled,
            BookingStage.Released => BookingRules.AlreadyReleased,
            _ => BookingRules.AlreadyOver,
        };

    private static async Task<Outcome<Booking>> Cancel(HubDb db, LockedBooking locked, Guid actorId, Instant now, CancellationToken stop)
    {
        var together = locked.Together(now);
        if (!together.IsDone)
            return together.Refusal;
        if (together.Value is { } other)
            await MeetingParts.Cancel(db, locked.Booking, other, locked.Member, actorId, now, stop);
        else
            await Cancel(db, locked.Booking, locked.Member, actorId, now, stop);
        return locked.Booking;
    }

    /// <summary>
    /// One that is upcoming; the caller holds the lock of its member. Frees space only, so no lock of the space is needed.
    /// </summary>
    /// <param name="status">Cancelled; or declined or lapsed, which frees in the same way.</param>
    internal static async Task Cancel(
        HubDb db, Booking booking, Member member, Guid? actorId, Instant now, CancellationToken stop,
        BookingStatus status = BookingStatus.Cancelled)
    {
        await ClaimSpace.Release(db, Booking.Subject.Of(booking.Id), stop);
        booking.EndAs(status, now);
        await SeriesDates.Cancelled(db, [booking], now, stop);
        await BookingEmails.Cancel(db, booking, member, now, stop);
        await BookingEmails.TellDelegate(db, booking, now, stop);
        db.Record(now, actorId, ActOf(status), booking.Id, onBehalfOf: member.Id);
    }

    private static Act<Guid> ActOf(BookingStatus status) => status switch
    {
        BookingStatus.Declined => BookingActs.Declined,
        BookingStatus.Lapsed => BookingActs.Lapsed,
        _ => BookingActs.Cancelled,
    };

    private static async Task<Outcome<Booking>> End(
        HubDb db, LockedBooking locked, SiteContext place, Guid actorId, Instant now, CancellationToken stop)
    {
        var (booking, member, space) = locked;
        var before = booking.LocalSpan;
        if (!await EndNow(db, booking, space, place, now, stop))
            return booking;
        await SeriesDates.Changed(db, [booking], now, stop);
        var changes = BookingChanges.Of(db, booking);
        await BookingEmails.Move(db, booking, place, member, before, now, stop);
        db.Record(now, actorId, BookingActs.Ended, booking.Id, changes: changes, onBehalfOf: member.Id);
        return booking;
    }

    /// <summary>Ends one that is running, and frees the rest; false where nothing is left to free.</summary>
    internal static async Task<bool> EndNow(
        HubDb db, Booking booking, Space space, SiteContext place, Instant now, CancellationToken stop)
    {
        var end = EndOfThisMinute(now);
        // Nothing is left to free; or in the repeated hour the local end would be before the start.
        if (end >= booking.End || place.Time.Local(end) <= booking.StartLocal)
            return false;

        var (span, holder) = (new Span(booking.Start, end), Booking.Subject.Of(booking.Id));
        await ClaimSpace.Release(db, holder, stop);
        ClaimSpace.Add(db, space, ClaimSpace.Blocked(space, span), holder, now); // a part of what it had
        booking.MoveTo(space, new LocalSpan(booking.StartLocal, place.Time.Local(end)), span, now);
        return true;
    }

    private static Instant EndOfThisMinute(Instant now) =>
        Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / 60 + 1) * 60);
}
