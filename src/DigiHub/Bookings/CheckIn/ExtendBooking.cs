using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.CheckIn;

/// <summary>
/// Lets a booking end later, also one that is running, as far as its desk or room is free and the rules allow: its claims go and longer
/// ones come in one transaction. Who asks for more of what is running is there, and counts as checked in.
/// </summary>
public sealed class ExtendBooking(UnitOfWork unitOfWork, Catalogue catalogue, Alternatives alternatives, IClock clock)
{
    /// <summary>
    /// Refuses as <see cref="BookingRules.CheckEnd"/> does, and with not_found, member_disabled, stale, not_later, already_cancelled,
    /// already_released, already_over, slot_taken, already_booked and busy.
    /// </summary>
    /// <param name="end">On the site's clock.</param>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Booking>> Run(
        Guid bookingId, Guid actorId, LocalDateTime end, int? ifRevision, CancellationToken stop, Alongside<Booking>? along = null)
    {
        (Space Space, LocalSpan Local)? wanted = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                var map = await catalogue.InForce(db, stop);
                var taken = await LockedBooking.Take(
                    db, map, bookingId, actorId, next: null, ifRevision, clock.GetCurrentInstant(), stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (booking, _, space) = taken.Value;
                var now = clock.GetCurrentInstant();
                if (CheckInRules.Closed(booking.StageAt(now)) is { } closed)
                    return closed;
                if (end <= booking.EndLocal)
                    return CheckInRules.NotLater;
                var local = new LocalSpan(booking.StartLocal, end);
                wanted = (space, local);
                return await Extend(db, taken.Value, map.PlaceOf(space), local, actorId, now, stop);
            },
            stop, along);

        return outcome.Refusal is { } refusal && wanted is var (of, asked)
            ? await alternatives.BesideRefusal(refusal, of, asked, people: null, stop)
            : outcome;
    }

    private static async Task<Outcome<Booking>> Extend(
        HubDb db, LockedBooking locked, SiteContext place, LocalSpan local, Guid actorId, Instant now, CancellationToken stop)
    {
        var (booking, member, space) = locked;
        var allowed = BookingRules.CheckEnd(space, place, local, now);
        if (!allowed.IsDone)
            return allowed.Refusal;
        if (await AskApproval.Needs(db, space, actorId, now, stop))
            return ApprovalRefusals.NotLonger(space);
        var span = new Span(booking.Start, allowed.Value.End);
        if (await HasOtherDesk.Has(db, member.Id, space, span, booking.Id, stop))
            return BookingRules.AlreadyBooked;

        var holder = Booking.Subject.Of(booking.Id);
        await ClaimSpace.Release(db, holder, stop);
        if (await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, span), holder, now, stop) is { } taken)
            return taken;

        var before = booking.LocalSpan;
        booking.MoveTo(space, local, span, now);
        var changes = BookingChanges.Of(db, booking);
        if (booking.StageAt(now) == BookingStage.Running && booking.IsToCheckIn(now))
            booking.CheckIn(booking.MemberId == actorId ? CheckInWay.Page : CheckInWay.FrontDesk, now);
        await SeriesDates.Changed(db, [booking], now, stop);
        await BookingEmails.Move(db, booking, place, member, before, now, stop);
        db.Record(now, actorId, BookingActs.Extended, booking.Id, changes: changes, onBehalfOf: member.Id);
        return booking;
    }
}
