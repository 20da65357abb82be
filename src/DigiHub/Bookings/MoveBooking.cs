using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Meetings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>What to change; null leaves it as it is.</summary>
public sealed record MoveBookingRequest
{
    public required Guid BookingId { get; init; }

    public required Guid ActorId { get; init; }

    public When? When { get; init; }

    /// <summary>Of a pool's booking: one of the pool. Its own, or none, leaves it to the hub which one it has at another time.</summary>
    public int? SpaceId { get; init; }

    /// <summary>Empty takes the title away.</summary>
    public string? Title { get; init; }

    public ReminderChoice? Reminder { get; init; }

    /// <summary>Whether the screen at the door shows its title and whose it is; null leaves it as it is.</summary>
    public bool? ShowsAtDoor { get; init; }

    /// <summary>How many come; null leaves it as it is.</summary>
    public int? People { get; init; }

    /// <summary>The revision the actor has seen (If-Match); refused with stale if it is another by now.</summary>
    public int? IfRevision { get; init; }
}

/// <summary>
/// Gives a booking another time, length or space: the old claims go and the new ones come in one transaction, or nothing
/// changes. A running booking can only be made shorter; a title or a reminder touches no claim and sends no notification. A booking of any
/// of a pool keeps its desk or room at another time where that is free, else gets the least used free one of the pool, and never leaves it.
/// Of a meeting at two sites both parts have the new time or title, the part alone its room.
/// </summary>
public sealed class MoveBooking(
    UnitOfWork unitOfWork, Catalogue catalogue, Alternatives alternatives, LapseApprovals lapseApprovals, IClock clock)
{
    /// <summary>
    /// Refuses as <see cref="BookSpace"/> does, too_late_for_approval included, and with stale, already_started, already_over,
    /// already_cancelled, outside_pool, and of a meeting with meeting_one_site,
    /// meeting_at_other_site and meeting_needs_approval.
    /// </summary>
    public async Task<Outcome<Booking>> Run(MoveBookingRequest request, CancellationToken stop)
    {
        var outcome = await Try(request, stop);
        // As BookSpace: what is in the way may have lapsed.
        return outcome.Refusal?.Code == UnitOfWork.SlotTaken.Code && await lapseApprovals.Run(stop) > 0
            ? await Try(request, stop)
            : outcome;
    }

    private async Task<Outcome<Booking>> Try(MoveBookingRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        (Space Space, Pool? Pool, LocalSpan Local)? wanted = null;
        var ofMeeting = false;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                var map = await catalogue.InForce(db, stop);
                var next = request.SpaceId is { } spaceId ? map.Space(spaceId) : null;
                if (request.SpaceId is not null && next is null)
                    return Refusal.NotFound;
                var taken = await LockedBooking.Take(db, map, request.BookingId, request.ActorId, next, request.IfRevision, now, stop,
                    inPool: request.When is not null);
                if (!taken.IsDone)
                    return taken.Refusal;

                var (booking, _, space) = taken.Value;
                var to = next ?? space;
                var local = request.When is null ? booking.LocalSpan : request.When.At(map.PlaceOf(to));
                if (!local.IsDone)
                    return local.Refusal;

                var pool = map.Pool(booking.PoolId);
                if (pool is not null && to.Id != space.Id && to.PoolId != pool.Id)
                    return BookingRules.OutsidePool(pool, to);
                var again = pool is not null && to.Id == space.Id && local.Value != booking.LocalSpan
                    && booking.StageAt(now) == BookingStage.Upcoming;
                wanted = (to, again ? pool : null, local.Value);
                ofMeeting = taken.Value.Other is not null;
                if (taken.Value.Other?.SiteId == to.SiteId)
                    return MeetingRefusals.OneSite;
                if (again)
                {
                    var chosen = await AnyOf(db, map, pool!, booking, local.Value, request.People, now, stop);
                    if (!chosen.IsDone)
                        return chosen.Refusal;
                    to = chosen.Value;
                }

                return await Change(db, map, taken.Value, to, map.PlaceOf(to), local.Value, request,
                    (space, at) => wanted = (space, null, at), now, stop);
            },
            stop);

        if (outcome.Refusal is not { } refusal || wanted is not { } wish)
            return outcome;
        if (wish.Pool is { } ofPool)
            return await alternatives.BesideRefusal(refusal, ofPool, wish.Local, request.People, stop);
        var beside = await alternatives.BesideRefusal(refusal, wish.Space, wish.Local, request.People, stop);
        return ofMeeting ? MeetingRefusals.WithRoomsOnly(beside) : beside;
    }

    private static async Task<Outcome<Space>> AnyOf(
        HubDb db, HubDirectory map, Pool pool, Booking booking, LocalSpan local, int? people, Instant now, CancellationToken stop)
    {
        var allowed = PoolChoice.Allowed(
            map, pool, people, space => CheckUpcoming(booking, space, map.PlaceOf(space), local, now));
        if (!allowed.IsDone)
            return allowed.Refusal;
        var chosen = await PoolChoice.LeastUsed(db, allowed.Value, booking.SpaceId, booking.Id, now, stop);
        return chosen is null ? BookingRules.PoolTaken(pool) : chosen.Space;
    }

    private static async Task<Outcome<Booking>> Change(
        HubDb db, HubDirectory map, LockedBooking locked, Space to, SiteContext place, LocalSpan local,
        MoveBookingRequest request, Action<Space, LocalSpan> refuses, Instant now, CancellationToken stop)
    {
        var booking = locked.Booking;
        var together = locked.Together(now);
        if (!together.IsDone)
            return together.Refusal;
        var other = together.Value;
        var title = request.Title is null ? booking.Title : TypedText.Line(request.Title);
        var before = ReminderChoice.Of(booking);
        var reminder = request.Reminder ?? before;
        if ((Closed(booking.StageAt(now)) ?? BookingRules.CheckTitle(title) ?? BookingRules.CheckReminder(reminder)) is { } refusal)
            return refusal;

        var moves = to.Id != booking.SpaceId || local != booking.LocalSpan;
        var people = await HeadCount.Changed(db, booking, request.People, stop);
        if ((moves || people.Now != people.Before) && BookingRules.CheckHeadCount(to, people.Now) is { } tooMany)
            return tooMany;
        if (request.People is < 1)
            return BookingRules.NobodyComes;
        var noted = title != booking.Title || reminder != before;
        var rescheduled = reminder != before;
        if (noted)
        {
            booking.Note(title, reminder, locked.Member, now);
            other?.Note(title, reminder, locked.Member, now);
        }

        if (noted || moves)
            await SeriesDates.Changed(db, [booking], now, stop);
        if (request.ShowsAtDoor is { } shows && shows != booking.ShowsAtDoor)
            booking.ShowAtDoor(shows);
        if (request.People is { } said && said != booking.People)
            booking.ComeAs(said);
        if (moves)
        {
            return other is null
                ? await Move(db, locked, to, place, local, people, request, now, stop)
                : await MeetingParts.Move(db, map, locked, other, to, local, people, request.ActorId, refuses, now, stop);
        }

        if (await AskApproval.ForPeople(db, locked, place, people, request.ActorId, now, stop) is { } tooLate)
            return tooLate;

        foreach (var part in other is null ? [booking] : new[] { booking, other })
        {
            var changes = BookingChanges.Of(db, part);
            if (rescheduled)
                await BookingEmails.RescheduleReminder(db, part, map.Place(part.SiteId)!, locked.Member, now, stop);
            if (changes is not null)
                db.Record(now, request.ActorId, BookingActs.Edited, part.Id, changes: changes, onBehalfOf: part.MemberId);
        }

        return booking;
    }

    private static async Task<Outcome<Booking>> Move(
        HubDb db, LockedBooking locked, Space to, SiteContext place, LocalSpan local, (int Before, int Now) people,
        MoveBookingRequest request, Instant now, CancellationToken stop)
    {
        var (booking, member, _) = locked;
        var span = booking.StageAt(now) == BookingStage.Running
            ? CheckShorter(booking, to, place, local, now)
            : CheckUpcoming(booking, to, place, local, now);
        if (!span.IsDone)
            return span.Refusal;
        var asks = await AsksAgain(db, booking, to, span.Value, people, request.ActorId, now, stop);
        if (asks && AskApproval.WhyNot(to, place, span.Value.Start, now) is { } tooLate)
            return tooLate;
        // Where it goes nobody decides, or who moves it may; to shorten it changes nothing of what is asked.
        var isFree = !asks && (!to.Rules.NeedsApproval || AskApproval.IsOtherThing(booking, to, span.Value, people));
        if (await HasOtherDesk.Has(db, member.Id, to, span.Value, booking.Id, stop))
            return BookingRules.AlreadyBooked;

        var holder = Booking.Subject.Of(booking.Id);
        await ClaimSpace.Release(db, holder, stop);
        if (await ClaimSpace.Take(db, to, ClaimSpace.Blocked(to, span.Value), holder, now, stop) is { } taken)
            return taken;

        var before = booking.LocalSpan;
        booking.MoveTo(to, local, span.Value, now);
        if (asks)
            AskApproval.Ask(db, [booking], request.ActorId, now);
        else if (isFree)
            booking.NeedNoApproval();
        var changes = BookingChanges.Of(db, booking);
        await BookingEmails.Move(db, booking, place, member, before, now, stop);
        await BookingEmails.TellDelegate(db, booking, now, stop);
        db.Record(now, request.ActorId, BookingActs.Moved, booking.Id, changes: changes, onBehalfOf: member.Id);
        return booking;
    }

    private static async Task<bool> AsksAgain(
        HubDb db, Booking booking, Space to, Span span, (int Before, int Now) people, Guid actorId, Instant now, CancellationToken stop) =>
        to.Rules.NeedsApproval && AskApproval.IsOtherThing(booking, to, span, people)
            && await AskApproval.Needs(db, to, actorId, now, stop);

    internal static Outcome<Span> CheckUpcoming(Booking booking, Space to, SiteContext place, LocalSpan local, Instant now) =>
        to.Id == booking.SpaceId && local.Start == booking.StartLocal
            ? BookingRules.CheckSameStart(to, place, local, now)
            : BookingRules.Check(to, place, local, now);

    /// <summary>An early end need not be on the grid, so that the rest is free at once.</summary>
    private static Outcome<Span> CheckShorter(Booking booking, Space to, SiteContext place, LocalSpan local, Instant now)
    {
        var span = place.Time.Typed(local);
        if (!span.IsDone)
            return span;
        var isShorter = to.Id == booking.SpaceId && local.Start == booking.StartLocal
            && span.Value.End > now && span.Value.End < booking.End;
        return isShorter ? new Span(booking.Start, span.Value.End) : BookingRules.AlreadyStarted;
    }

    private static Refusal? Closed(BookingStage stage) => stage switch
    {
        BookingStage.Over => BookingRules.AlreadyOver,
        BookingStage.Cancelled => BookingRules.AlreadyCancelled,
        BookingStage.Released => BookingRules.AlreadyReleased,
        _ => null,
    };
}
