using System.ComponentModel.DataAnnotations;
using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>
/// /meetings: a room at each of two sites, both or none. Its parts are bookings: a new time or title of either is that of both, a new room
/// that of one, and either can be checked in to, ended and extended by itself.
/// </summary>
internal static class MeetingsApi
{
    public static void MapMeetingsApi(this RouteGroupBuilder api)
    {
        var meetings = api.MapGroup("/meetings").WithTags("Meetings at two sites");
        meetings.MapPost("/", Post).WithName("bookMeeting")
            .WithSummary("Book a room at each of two sites for the same time, both or none")
            .Produces<MeetingShape>(StatusCodes.Status201Created);
        meetings.MapGet("/free", Free).WithName("findFreePairs")
            .WithSummary("Search pairs of rooms, one at each of two sites, that are free all of a time, the smallest that fit first")
            .Produces<FreePairsShape>();
        meetings.MapGet("/{id:guid}", Get).WithName("getMeeting").WithSummary("Get a meeting with both its bookings")
            .Produces<MeetingShape>();
        meetings.MapDelete("/{id:guid}", Delete).WithMetadata(Unversioned.Mark).WithName("cancelMeeting")
            .WithSummary("Cancel both rooms of a meeting that is ahead, with one e-mail").Produces<MeetingShape>();
    }

    private static async Task<IResult> Post(
        MeetingInput input, HttpContext http, BookMeeting book, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var when = LocalSpan.Typed(input.Start, input.End);
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        var map = await catalogue.Map(stop);
        return await once.Run<Meeting>(http, along => book.Run(
            new BookMeetingRequest
            {
                ActorId = http.User.MemberId()!.Value,
                MemberId = input.MemberId,
                Rooms = [.. input.Rooms.Select(room => new MeetingRoom(room.SpaceId, room.People))],
                When = When.Between(input.Start, input.End),
                Title = input.Title,
                Along = along,
            },
            stop), meeting => Answer.Of(
                StatusCodes.Status201Created, MeetingShape.Of(meeting, map), location: $"v1/meetings/{meeting.Id}"));
    }

    private static async Task<IResult> Free(
        [Required] string? site, [Required] string? other, [Required] Asked<LocalDateTime>? start, [Required] Asked<LocalDateTime>? end,
        [Range(1, Space.PeopleMax)] Asked<int>? people, [Range(1, Space.PeopleMax)] Asked<int>? otherPeople,
        FreePairs pairs, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(site) is not { } home)
            return Problems.UnknownSite(site!);
        if (map.Place(other) is not { } away)
            return Problems.UnknownSite(other!);
        var when = LocalSpan.Typed(start!.Value.Value, end!.Value.Value);
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        var found = await pairs.Run(
            new(home.Site.Id, people?.Value ?? 1), new(away.Site.Id, otherPeople?.Value ?? 1), when.Value, equipment: null, stop);
        return found.IsDone ? Results.Ok(FreePairsShape.Of(found.Value)) : found.Refusal.ToProblem();
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, OneMeeting one, CancellationToken stop) =>
        await Shown(id, http, one, stop);

    private static async Task<IResult> Delete(
        Guid id, HttpContext http, OneMeeting one, CancelBooking cancel, CancellationToken stop)
    {
        if (await one.Find(id, http.Viewer(), stop) is null)
            return Problems.NotFound;
        var cancelled = await cancel.Run(id, http.User.MemberId()!.Value, ifRevision: null, stop);
        return cancelled.IsDone ? await Shown(id, http, one, stop) : cancelled.Refusal.ToProblem();
    }

    private static async Task<IResult> Shown(Guid id, HttpContext http, OneMeeting one, CancellationToken stop) =>
        await one.Find(id, http.Viewer(), stop) is { } parts ? Results.Ok(MeetingShape.Of(id, parts)) : Problems.NotFound;
}

/// <summary>A room at each of two sites. Start and end are on the clock of the first room’s site.</summary>
/// <param name="Rooms">Two, at two sites.</param>
/// <param name="MemberId">For whom; their delegates and the front desk only.</param>
[FieldsMayBeLeftOut]
public sealed record MeetingInput(
    [property: MaxLength(2)] IReadOnlyList<MeetingRoomInput> Rooms, LocalDateTime Start, LocalDateTime End, string? Title = null,
    Guid? MemberId = null);

/// <param name="People">How many come to it, from 1; left out: nothing is said of it.</param>
[FieldsMayBeLeftOut]
public sealed record MeetingRoomInput(int SpaceId, int? People = null);

/// <summary>A meeting at two sites.</summary>
/// <param name="Id">That of its first booking.</param>
/// <param name="Bookings">Two, the first before the second.</param>
public sealed record MeetingShape(Guid Id, IReadOnlyList<BookingShape> Bookings)
{
    internal static MeetingShape Of(Meeting meeting, HubDirectory map) => new(meeting.Id, [.. meeting.Parts.Select(part =>
    {
        var space = map.Space(part.SpaceId)!;
        return BookingShape.Of(part, space, map.PlaceOf(space));
    })]);

    internal static MeetingShape Of(Guid id, IReadOnlyList<BookingView> parts) =>
        new(id, [.. parts.Select(view => BookingShape.Of(view.Booking, view.Space, view.Place))]);
}

/// <param name="OtherTimes">Where there is no pair: starts on that day at which there is one.</param>
public sealed record FreePairsShape(IReadOnlyList<FreePairShape> Pairs, IReadOnlyList<LocalDateTime> OtherTimes)
{
    internal static FreePairsShape Of(FoundPairs found) => new(
        [.. found.Pairs.Select(pair => new FreePairShape(PairedRoomShape.Of(pair.First), PairedRoomShape.Of(pair.Second)))],
        [.. found.OtherTimes.Select(time => time.Start)]);
}

public sealed record FreePairShape(PairedRoomShape First, PairedRoomShape Second);

/// <summary>A room of a pair; start and end are on its site’s clock.</summary>
public sealed record PairedRoomShape(int SpaceId, string Space, string Site, int Capacity, LocalDateTime Start, LocalDateTime End)
{
    internal static PairedRoomShape Of(FreeSpace free) => new(
        free.Space.Id, free.Space.Name, free.Place.Site.Slug, free.Space.Capacity, free.When.Start, free.When.End);
}
