using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>
/// Takes a cancellation back, if the space is still free: the claim is taken again like any other. One of a pool gets another of the pool
/// where its own is not free any more.
/// </summary>
public sealed class ReinstateBooking(UnitOfWork unitOfWork, Catalogue catalogue, Alternatives alternatives, IClock clock)
{
    /// <summary>How long after cancelling; after that a new booking is needed.</summary>
    public const int MinutesMax = 10;

    /// <summary>
    /// Refuses with not_found, member_disabled, not_cancelled, already_released, too_late_to_reinstate, already_over,
    /// slot_taken, already_booked, busy, and space_not_offered, closed_that_day and outside_opening_hours if the site has changed since.
    /// </summary>
    public async Task<Outcome<Booking>> Run(Guid bookingId, Guid actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        LockedBooking? seen = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                var map = await catalogue.InForce(db, stop);
                var taken = await LockedBooking.Take(db, map, bookingId, actorId, next: null, ifRevision: null, now, stop, inPool: true);
                if (!taken.IsDone)
                    return taken.Refusal;
                seen = taken.Value;
                return await Reinstate(db, taken.Value, await Space(db, map, taken.Value, now, stop), map, actorId, now, stop);
            },
            stop);

        return outcome.Refusal is { } refusal && seen is not null
            ? await alternatives.BesideRefusal(refusal, seen.Space, seen.Booking.LocalSpan, people: null, stop)
            : outcome;
    }

    /// <summary>Its own, or of its pool another one that is free.</summary>
    private static async Task<Space> Space(HubDb db, HubDirectory map, LockedBooking locked, Instant now, CancellationToken stop)
    {
        var (booking, _, own) = locked;
        if (map.Pool(booking.PoolId) is not { } pool || WhyNot(booking, now) is not null)
            return own;
        var candidates = map.MembersOf(pool)
            .Where(space => BookingRules.CheckStillOpen(space, map.PlaceOf(space), booking.LocalSpan) is null)
            .Select(space => new PoolCandidate(space, booking.Span)).ToList();
        return candidates.Count > 0 && await PoolChoice.LeastUsed(db, candidates, own.Id, except: null, now, stop) is { } chosen
            ? chosen.Space
            : own;
    }

    private static async Task<Outcome<Booking>> Reinstate(
        HubDb db, LockedBooking locked, Space space, HubDirectory map, Guid actorId, Instant now, CancellationToken stop)
    {
        var (booking, member, _) = locked;
        if (WhyNot(booking, now) is { } refusal)
            return refusal;
        var open = await db.Bookings.CountAsync(
            own => own.MemberId == member.Id && own.SeriesId == null && own.Status == BookingStatus.Confirmed && own.Start > now, stop);
        if (booking.SeriesId is null && open >= BookingRules.OpenBookingsMax)
            return BookingRules.TooManyBookings;
        if (await MeetingParts.Reinstate(db, map, locked, actorId, now, stop) is { } half)
            return half;
        if (await TakeAgain(db, locked, space, map, CheckInWay.Page, now, stop) is { } whyNot)
            return whyNot;
        db.Record(now, actorId, BookingActs.Reinstated, booking.Id, onBehalfOf: member.Id);
        return booking;
    }

    /// <summary>
    /// Under the locks of the booking and the space: it stands again, with claims taken like any other's, and its member is told. Refuses
    /// with slot_taken, already_booked, and space_not_offered, closed_that_day and outside_opening_hours if the site has changed since.
    /// </summary>
    /// <param name="untold">Its member is told of it with the other part of its meeting.</param>
    internal static async Task<Refusal?> TakeAgain(
        HubDb db, LockedBooking locked, Space space, HubDirectory map, CheckInWay how, Instant now, CancellationToken stop,
        bool untold = false)
    {
        var (booking, member, _) = locked;
        var place = map.PlaceOf(space);
        if (BookingRules.CheckStillOpen(space, place, booking.LocalSpan) is { } refusal)
            return refusal;
        if (await HasOtherDesk.Has(db, member.Id, space, booking.Span, booking.Id, stop))
            return BookingRules.AlreadyBooked;
        var holder = Booking.Subject.Of(booking.Id);
        if (await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, booking.Span), holder, now, stop) is { } taken)
            return taken;

        if (space.Id != booking.SpaceId)
            booking.MoveTo(space, booking.LocalSpan, booking.Span, now);
        else if (space.PoolId != booking.PoolId)
            booking.LeavePool(); // it has left the pool meanwhile
        booking.Reinstate(how, now);
        // What waited, waits on; where it was decided meanwhile, or its time is over, it is asked for once more.
        if (booking.IsPending && await AskApproval.Again(db, booking, space, place, now, stop) is { } late)
            return late;
        await SeriesDates.Reinstated(db, booking, now, stop);
        if (untold)
            await BookingEmails.Settle(db, booking, place, member, now, stop);
        else
            await BookingEmails.Reinstate(db, booking, place, member, now, stop);
        return null;
    }

    private static Refusal? WhyNot(Booking booking, Instant now)
    {
        if (booking.IsStanding)
            return BookingRules.NotCancelled;
        if (booking.Status == BookingStatus.Released)
            return BookingRules.AlreadyReleased;
        if (booking.Status is BookingStatus.Declined or BookingStatus.Lapsed)
            return booking.Status == BookingStatus.Declined ? ApprovalRefusals.AlreadyDeclined : ApprovalRefusals.AlreadyLapsed;
        if (booking.End <= now)
            return BookingRules.AlreadyOver;
        return now - booking.CancelledAt > Duration.FromMinutes(MinutesMax) ? BookingRules.TooLateToReinstate : null;
    }
}
