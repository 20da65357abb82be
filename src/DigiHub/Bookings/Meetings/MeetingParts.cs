using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Meetings;

/// <summary>
/// The two parts of a meeting at two sites: bookings like any other, linked by <see cref="Booking.MeetingId"/>. While both are ahead one
/// act moves or cancels both, or neither. Later each is by itself: who leaves one room early, or never comes, ends nothing at the other.
/// </summary>
internal static class MeetingParts
{
    /// <summary>The other part, tracked; null: it is of no meeting.</summary>
    public static async Task<Booking?> Other(HubDb db, Booking booking, CancellationToken stop)
    {
        var (id, meetingId) = (booking.Id, booking.MeetingId);
        return meetingId is null
            ? null
            : await db.Bookings.SingleOrDefaultAsync(one => one.MeetingId == meetingId && one.Id != id, stop);
    }

    /// <summary>Where the other part is by now, so that its locks are taken with those of the first.</summary>
    public static async Task<Space?> OtherSpace(
        HubDb db, HubDirectory map, Guid? meetingId, Guid bookingId, CancellationToken stop)
    {
        if (meetingId is null)
            return null;
        var spaceId = await db.Bookings.Where(one => one.MeetingId == meetingId && one.Id != bookingId)
            .Select(one => (int?)one.SpaceId).SingleOrDefaultAsync(stop);
        return spaceId is { } id ? map.Space(id) : null;
    }

    /// <summary>All parts of the meetings among these, to read. Costs nothing where there is none.</summary>
    public static async Task<List<Booking>> Among(HubDb db, IReadOnlyCollection<Booking> bookings, CancellationToken stop)
    {
        Guid?[] meetings = [.. bookings.Select(one => one.MeetingId).Where(id => id is not null).Distinct()];
        return meetings.Length == 0
            ? []
            : await db.Bookings.AsNoTracking().Where(one => EF.Parameter(meetings).Contains(one.MeetingId)).ToListAsync(stop);
    }

    /// <summary>The other parts of these that are not among them, tracked.</summary>
    public static async Task<List<Booking>> OthersOf(HubDb db, IReadOnlyCollection<Booking> bookings, CancellationToken stop)
    {
        Guid?[] meetings = [.. bookings.Select(one => one.MeetingId).Where(id => id is not null).Distinct()];
        if (meetings.Length == 0)
            return [];
        Guid[] known = [.. bookings.Select(one => one.Id)];
        return await db.Bookings
            .Where(one => EF.Parameter(meetings).Contains(one.MeetingId) && !EF.Parameter(known).Contains(one.Id)).ToListAsync(stop);
    }

    /// <summary>
    /// Gives both another time, or one of them another room. Refuses by the rules of either, naming the room; nothing may be saved then.
    /// </summary>
    /// <param name="to">Where the locked booking goes; the other part keeps its room.</param>
    /// <param name="refuses">Is told which room cannot be had, and when, where it is the other part's.</param>
    public static async Task<Outcome<Booking>> Move(
        HubDb db, HubDirectory map, LockedBooking locked, Booking other, Space to, LocalSpan local, (int Before, int Now) people,
        Guid actorId, Action<Space, LocalSpan> refuses, Instant now, CancellationToken stop)
    {
        var (booking, member, _) = locked;
        if (map.Space(other.SpaceId) is not { } otherSpace)
            return Refusal.NotFound;
        var (place, otherPlace) = (map.PlaceOf(to), map.PlaceOf(otherSpace));
        var span = MoveBooking.CheckUpcoming(booking, to, place, local, now);
        if (!span.IsDone)
            return MeetingRefusals.Of(to, place, span.Refusal);
        var otherLocal = local == booking.LocalSpan ? other.LocalSpan : OnClockOf(otherPlace, place, local, span.Value);
        var otherSpan = otherLocal == other.LocalSpan
            ? other.Span
            : MoveBooking.CheckUpcoming(other, otherSpace, otherPlace, otherLocal, now);
        if (!otherSpan.IsDone)
        {
            refuses(otherSpace, otherLocal);
            return MeetingRefusals.Of(otherSpace, otherPlace, otherSpan.Refusal);
        }

        foreach (var (part, goesTo, at) in new[] { (booking, to, span.Value), (other, otherSpace, otherSpan.Value) })
        {
            if (AskApproval.IsOtherThing(part, goesTo, at, people) && await AskApproval.Needs(db, goesTo, actorId, now, stop))
                return MeetingRefusals.NeedsApproval(goesTo);
        }

        if (await TakeAt(db, booking, to, span.Value, now, stop) is { } taken)
            return MeetingRefusals.Of(to, place, taken);
        // With the same time it keeps what it has, whatever its room's rules have become since.
        if (otherLocal != other.LocalSpan && await TakeAt(db, other, otherSpace, otherSpan.Value, now, stop) is { } otherTaken)
        {
            refuses(otherSpace, otherLocal);
            return MeetingRefusals.Of(otherSpace, otherPlace, otherTaken);
        }

        var (first, second) = InOrder(booking, other);
        var before = first.LocalSpan;
        booking.MoveTo(to, local, span.Value, now);
        if (otherLocal != other.LocalSpan)
            other.MoveTo(otherSpace, otherLocal, otherSpan.Value, now);
        else if (first == other)
            first.Reschedule(now); // its e-mail and its entry say where the other part is
        Record(db, [booking, other], BookingActs.Moved, actorId, now);
        await BookingEmails.Move(db, first, map.Place(first.SiteId)!, member, before, now, stop);
        await BookingEmails.Settle(db, second, map.Place(second.SiteId)!, member, now, stop);
        await BookingEmails.TellDelegate(db, first, now, stop);
        return booking;
    }

    private static async Task<Refusal?> TakeAt(HubDb db, Booking part, Space space, Span span, Instant now, CancellationToken stop)
    {
        var holder = Booking.Subject.Of(part.Id);
        await ClaimSpace.Release(db, holder, stop);
        return await ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, span), holder, now, stop);
    }

    /// <summary>
    /// Cancels both, which are ahead: one e-mail tells of both. Frees space only; the caller holds the lock of the member.
    /// </summary>
    public static async Task Cancel(
        HubDb db, Booking one, Booking other, Member member, Guid? actorId, Instant now, CancellationToken stop)
    {
        var (first, second) = InOrder(one, other);
        await ClaimSpace.Release(db, Booking.Subject, [first.Id, second.Id], stop);
        first.Cancel(now);
        second.Cancel(now);
        await BookingEmails.Cancel(db, first, member, now, stop);
        await BookingEmails.Settle(db, second, place: null, member, now, stop);
        await BookingEmails.TellDelegate(db, first, now, stop);
        Record(db, [first, second], BookingActs.Cancelled, actorId, now);
    }

    /// <summary>
    /// A cancelled part is to stand again: with what was cancelled in the same act, else alone. Done is null, and then the caller takes the
    /// booking itself again, after this has taken the other. Refuses by the rules of the other part, naming its room.
    /// </summary>
    public static async Task<Refusal?> Reinstate(
        HubDb db, HubDirectory map, LockedBooking locked, Guid actorId, Instant now, CancellationToken stop)
    {
        var (booking, other) = (locked.Booking, locked.Other);
        if (other is null)
            return null;
        if (other.Status != BookingStatus.Cancelled || other.CancelledAt != booking.CancelledAt)
        {
            // It was moved alone meanwhile: they do not meet any more.
            if (other.IsStanding && other.Start != booking.Start)
                await Part(db, booking, other, stop);
            return null;
        }

        if (map.Space(other.SpaceId) is not { } space)
            return Refusal.NotFound;
        var whyNot = await ReinstateBooking.TakeAgain(
            db, locked.AsOther(space), space, map, CheckInWay.Page, now, stop, untold: true);
        if (whyNot is not null)
            return MeetingRefusals.Of(space, map.PlaceOf(space), whyNot);
        Record(db, [other], BookingActs.Reinstated, actorId, now);
        return null;
    }

    /// <summary>Of meetings of which only one part goes to somebody else, the parts are bookings by themselves from then on.</summary>
    public static async Task PartFrom(HubDb db, IReadOnlyCollection<Booking> going, CancellationToken stop)
    {
        foreach (var other in await OthersOf(db, going, stop))
            await Part(db, going.First(one => one.MeetingId == other.MeetingId), other, stop);
    }

    /// <summary>
    /// What is settled by others (a closed day, a retired room) ends a part alone. Where that was the first, which reminds of both, the
    /// second does so from then on.
    /// </summary>
    public static async Task RemindOfTheOther(
        HubDb db, HubDirectory map, IReadOnlyCollection<Booking> settled, Member member, Instant now, CancellationToken stop)
    {
        List<Booking> gone = [.. settled.Where(one => !one.IsStanding && one.MeetingId == one.Id)];
        foreach (var other in await OthersOf(db, gone, stop))
        {
            if (other.StageAt(now) == BookingStage.Upcoming && !settled.Contains(other))
            {
                await BookingEmails.WithdrawAll(db, [other.Id], Notifications.NotificationReason.Changed, stop);
                BookingEmails.Remind(db, other, map.Place(other.SiteId)!, member, now, alone: true);
            }
        }
    }

    /// <summary>The same time on the clock of another site; as it was typed where both have the same.</summary>
    internal static LocalSpan OnClockOf(SiteContext other, SiteContext place, LocalSpan local, Span span) =>
        other.Site.ZoneId == place.Site.ZoneId ? local : new(other.Time.Local(span.Start), other.Time.Local(span.End));

    private static async Task Part(HubDb db, Booking one, Booking other, CancellationToken stop)
    {
        var (first, second) = InOrder(one, other);
        Booking.Part(first, second);
        await db.SaveChangesAsync(stop); // so that what is told next is told of each
    }

    private static (Booking First, Booking Second) InOrder(Booking one, Booking other) =>
        one.IsSecondPart ? (other, one) : (one, other);

    private static void Record(HubDb db, IEnumerable<Booking> parts, Act<Guid> act, Guid? actorId, Instant now)
    {
        foreach (var part in parts)
        {
            var changes = act == BookingActs.Moved ? BookingChanges.Of(db, part) : null;
            if (act != BookingActs.Moved || changes is not null)
                db.Record(now, actorId, act, part.Id, changes: changes, onBehalfOf: part.MemberId);
        }
    }
}
