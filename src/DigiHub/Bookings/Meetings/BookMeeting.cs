using DigiHub.Activity;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Demand;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Meetings;

/// <param name="People">How many come to it; null where that was not said.</param>
public sealed record MeetingRoom(int SpaceId, int? People = null);

/// <summary>A room at each of two sites, and when.</summary>
public sealed record BookMeetingRequest
{
    public required Guid ActorId { get; init; }

    /// <summary>Whose meeting it will be, as <see cref="BookSpaceRequest.MemberId"/>; null for the actor's own.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>Two, at two sites. The first speaks for both in e-mails and calendars.</summary>
    public required IReadOnlyList<MeetingRoom> Rooms { get; init; }

    /// <summary>On the clock of the first room's site.</summary>
    public required When When { get; init; }

    public string? Title { get; init; }

    /// <summary>Null: as the member usually wants it.</summary>
    public ReminderChoice? Reminder { get; init; }

    /// <summary>What else is written in the same commit.</summary>
    public Alongside<Meeting>? Along { get; init; }
}

/// <summary>Both parts of a meeting at two sites.</summary>
public sealed record Meeting(Booking First, Booking Second)
{
    public Guid Id => First.Id;

    public IReadOnlyList<Booking> Parts => [First, Second];
}

/// <summary>
/// Books a room at each of two sites for the same time, both or none: one transaction under the locks of both, by all rules of both. What
/// either refuses names the room, with other rooms of its site.
/// </summary>
public sealed class BookMeeting(
    UnitOfWork unitOfWork, Catalogue catalogue, Alternatives alternatives, UnmetWishes unmetWishes, LapseApprovals lapseApprovals,
    IClock clock)
{
    private const int RoomsOfAMeeting = 2;

    /// <summary>
    /// Refuses as <see cref="BookSpace"/> does for either room, and with meeting_two_rooms, meeting_one_site, meeting_not_a_room and
    /// meeting_needs_approval.
    /// </summary>
    public async Task<Outcome<Meeting>> Run(BookMeetingRequest request, CancellationToken stop)
    {
        var outcome = await Try(request, stop);
        // As BookSpace: what is in the way may have lapsed.
        return outcome.Refusal?.Code == UnitOfWork.SlotTaken.Code && await lapseApprovals.Run(stop) > 0
            ? await Try(request, stop)
            : outcome;
    }

    private async Task<Outcome<Meeting>> Try(BookMeetingRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        Wish? refused = null;
        var outcome = await unitOfWork.Run(
            async db =>
            {
                refused = null;
                var map = await catalogue.InForce(db, stop);
                var wishes = Decide(request, map, now, out refused);
                return wishes.IsDone
                    ? await Book(db, request, wishes.Value, now, one => refused = one, stop)
                    : wishes.Refusal;
            },
            stop, request.Along);
        if (outcome.Refusal is not { } refusal || refused is not { } wish)
            return outcome;
        unmetWishes.Note(refusal, wish.Space.SiteId, wish.Space.Kind, wish.Local.Start, request.ActorId);
        return MeetingRefusals.WithRoomsOnly(
            await alternatives.BesideRefusal(refusal, wish.Space, wish.Local, wish.People, stop));
    }

    /// <summary>One of the rooms with its time.</summary>
    private sealed record Wish(Space Space, SiteContext Place, LocalSpan Local, Span Span, int? People);

    private static Outcome<IReadOnlyList<Wish>> Decide(BookMeetingRequest request, HubDirectory map, Instant now, out Wish? refused)
    {
        refused = null;
        if (request.Rooms.Count != RoomsOfAMeeting)
            return MeetingRefusals.TwoRooms;
        var spaces = request.Rooms.Select(room => map.Space(room.SpaceId)).OfType<Space>().ToList();
        if (spaces.Count != RoomsOfAMeeting)
            return Refusal.NotFound;
        if (spaces[0].SiteId == spaces[1].SiteId)
            return MeetingRefusals.OneSite;
        if (spaces.Find(space => !IsForMeetings(space)) is { } other)
            return MeetingRefusals.NotARoom(other);
        if ((BookingRules.CheckTitle(TypedText.Line(request.Title)) ?? BookingRules.CheckReminder(request.Reminder)) is { } wrong)
            return wrong;
        var home = map.PlaceOf(spaces[0]);
        var asked = request.When.At(home);
        if (!asked.IsDone)
            return asked.Refusal;

        List<Wish> wishes = [];
        foreach (var (space, room) in spaces.Zip(request.Rooms))
        {
            var place = map.PlaceOf(space);
            var local = wishes.Count == 0 ? asked.Value : MeetingParts.OnClockOf(place, home, asked.Value, wishes[0].Span);
            var span = BookingRules.Check(space, place, local, now);
            if ((span.Refusal ?? BookingRules.CheckHeadCount(space, room.People)) is { } refusal)
            {
                refused = new Wish(space, place, local, default, room.People);
                return MeetingRefusals.Of(space, place, refusal);
            }

            wishes.Add(new Wish(space, place, local, span.Value, room.People));
        }

        return wishes;
    }

    /// <summary>Whether a meeting can have it: by the clock, and no desk, of which a person has one at a time.</summary>
    internal static bool IsForMeetings(Space space) =>
        space.Kind != SpaceKind.Desk && space.Rules.Granularity == Granularity.Minutes;

    private static async Task<Outcome<Meeting>> Book(
        HubDb db, BookMeetingRequest request, IReadOnlyList<Wish> wishes, Instant now, Action<Wish> refuses, CancellationToken stop)
    {
        var memberId = request.MemberId ?? request.ActorId;
        foreach (var wish in wishes)
        {
            if (memberId != request.ActorId
                && await BookSpace.WhyNotForOthers(db, request.ActorId, memberId, wish.Space.SiteId, now, stop) is { } notForOthers)
                return MeetingRefusals.Of(wish.Space, wish.Place, notForOthers);
        }

        // All at once, so in one order: two meetings that cross over the same rooms wait for each other, never in a circle.
        await db.AcquireLocks([.. ClaimSpace.Locks(wishes.Select(one => one.Space)), LockKey.OfSubject(memberId)], stop);
        Member? member = null;
        foreach (var wish in wishes)
        {
            var facts = await BookingFacts.Of(
                db, memberId, wish.Space, wish.Span, ClaimSpace.Blocked(wish.Space, wish.Span), now, stop);
            if (facts is null)
                return Refusal.NotFound;
            if ((facts with { OpenBookings = facts.OpenBookings + wishes.Count - 1 }).WhyNot(now) is { } whyNot)
            {
                refuses(wish);
                return MeetingRefusals.Of(wish.Space, wish.Place, whyNot);
            }

            if (await AskApproval.Needs(db, wish.Space, request.ActorId, now, stop))
            {
                refuses(wish);
                return MeetingRefusals.NeedsApproval(wish.Space);
            }

            member = facts.Member;
        }

        return await Record(db, request, wishes, member!, now, stop);
    }

    private static async Task<Meeting> Record(
        HubDb db, BookMeetingRequest request, IReadOnlyList<Wish> wishes, Member member, Instant now, CancellationToken stop)
    {
        var title = TypedText.Line(request.Title);
        var parts = wishes.Select(wish =>
        {
            var part = BookSpace.Add(db, new(wish.Space, wish.Local, wish.Span, title), ClaimSpace.Blocked(wish.Space, wish.Span), member,
                request.ActorId, request.Reminder ?? ReminderChoice.AsUsual, now);
            part.People = wish.People;
            return part;
        }).ToList();
        var meeting = new Meeting(parts[0], parts[1]);
        Booking.Meet(meeting.First, meeting.Second);
        BookingEmails.Confirm(db, meeting.First, wishes[0].Place, member, now);
        await BookingEmails.Settle(db, meeting.Second, wishes[1].Place, member, now, stop);
        await BookingEmails.TellDelegate(db, meeting.First, now, stop);
        foreach (var part in meeting.Parts)
            db.Record(now, request.ActorId, BookingActs.Created, part.Id, onBehalfOf: member.Id);
        return meeting;
    }
}
