using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.CheckIn;

/// <summary>
/// Who came too late gets a released booking back while its desk or room is still free: the claims are taken again like any other's, and
/// they are checked in.
/// </summary>
public sealed class UndoRelease(UnitOfWork unitOfWork, Catalogue catalogue, Alternatives alternatives, IClock clock)
{
    /// <summary>How long after the release.</summary>
    public const int MinutesMax = 5;

    /// <summary>It was released, and that can be undone still, if its space is free.</summary>
    public static bool IsOpen(Booking booking, Instant now) =>
        booking.Status == BookingStatus.Released && now < booking.End && now - booking.CancelledAt <= Duration.FromMinutes(MinutesMax);

    /// <summary>
    /// Refuses with not_found, member_disabled, not_released, too_late_to_undo, already_over, slot_taken, already_booked, busy, and
    /// space_not_offered, closed_that_day and outside_opening_hours if the site has changed since.
    /// </summary>
    /// <param name="how">Counts where the actor has the booking; else it is the front desk.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Booking>> Run(
        Guid bookingId, Guid actorId, CheckInWay how, CancellationToken stop, Alongside<Booking>? along = null)
    {
        LockedBooking? seen = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                var map = await catalogue.InForce(db, stop);
                var taken = await LockedBooking.Take(
                    db, map, bookingId, actorId, next: null, ifRevision: null, clock.GetCurrentInstant(), stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                seen = taken.Value;
                var (booking, _, space) = seen;
                var now = clock.GetCurrentInstant();
                if (WhyNot(booking, now) is { } closed)
                    return closed;
                var isOwn = booking.MemberId == actorId;
                if (await ReinstateBooking.TakeAgain(db, seen, space, map, isOwn ? how : CheckInWay.FrontDesk, now, stop) is { } refusal)
                    return refusal;
                db.Record(now, isOwn ? null : actorId, BookingActs.ReleaseUndone, booking.Id);
                return (Outcome<Booking>)booking;
            },
            stop, along);

        return outcome.Refusal is { } refused && seen is not null
            ? await alternatives.BesideRefusal(refused, seen.Space, seen.Booking.LocalSpan, people: null, stop)
            : outcome;
    }

    private static Refusal? WhyNot(Booking booking, Instant now) =>
        booking.Status != BookingStatus.Released ? CheckInRules.NotReleased
        : now >= booking.End ? BookingRules.AlreadyOver
        : IsOpen(booking, now) ? null
        : CheckInRules.TooLateToUndo;
}
