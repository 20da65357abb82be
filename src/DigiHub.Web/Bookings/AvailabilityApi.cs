using System.ComponentModel.DataAnnotations;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Web.Account;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Bookings;

/// <summary>GET /availability: a site's day as it stands; GET /availability/search: what is free at a time.</summary>
internal static class AvailabilityApi
{
    public static void MapAvailabilityApi(this RouteGroupBuilder api)
    {
        var availability = api.MapGroup("/availability").WithTags("Availability");
        availability.MapGet("/", Day).WithName("getDay")
            .WithSummary("List when the desks and rooms of a site are taken on a day").Produces<DayShape>();
        availability.MapGet("/search", Search).WithName("findFreeSpaces")
            .WithSummary("Search the desks and rooms that are free all of a time, best size first").Produces<FreeShape[]>();
    }

    private static async Task<IResult> Day(
        [Required] string? site, [Required] Asked<LocalDate>? day, Asked<SpaceKind>? kind,
        HttpContext http, DayTimeline timeline, Catalogue catalogue, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Place(site) is not { } place)
            return Problems.UnknownSite(site!);
        return await timeline.Run(place.Site.Id, day!.Value.Value, http.Viewer(), kind?.Value, stop) is { } picture
            ? DayAnswers.Of(picture)
            : Problems.NotFound;
    }

    private static async Task<IResult> Search(
        Asked<LocalDateTime>? start, Asked<LocalDateTime>? end, Asked<LocalDate>? day, Asked<DayPart>? part, Asked<LocalDate>? through,
        string? site, Asked<SpaceKind>? kind, [Range(1, Space.PeopleMax)] Asked<int>? people,
        FreeSpaces free, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (site is not null && map.Place(site) is null)
            return Problems.UnknownSite(site);
        var when = new BookingInput
        {
            Start = start?.Value,
            End = end?.Value,
            Day = day?.Value,
            Part = part?.Value,
            Through = through?.Value,
        }.When();
        if (!when.IsDone)
            return when.Refusal.ToBadRequest();
        if (when.Value is null)
            return Problems.Bad("missing", new(
                "Give the time as start and end, or as day.", "Geben Sie die Zeit mit start und end oder mit day an.",
                "Gib die Zeit mit start und end oder mit day an."), "start");

        var found = await free.Run(new FreeSpacesRequest
        {
            When = when.Value,
            SiteId = map.Place(site)?.Site.Id,
            Kind = kind?.Value,
            People = people?.Value,
        }, stop);
        return found.IsDone
            ? Results.Ok(found.Value.Select(FreeShape.Of).ToArray())
            : found.Refusal.ToProblem();
    }
}

/// <param name="Opens">Null: closed all day, and Closed says why.</param>
public sealed record DayShape(
    string Site, string Zone, LocalDate Day, LocalTime? Opens, LocalTime? Closes, string? Closed, IReadOnlyList<SpaceDayShape> Spaces)
{
    /// <summary>Without its spaces: <see cref="DayAnswers"/> writes each by itself.</summary>
    internal static DayShape Of(DayPicture picture) => new(
        picture.Place.Site.Slug, picture.Place.Site.ZoneId, picture.Day,
        picture.Hours?.Opens, picture.Hours?.Closes, picture.WhyClosed?.Here, Spaces: []);
}

public sealed record SpaceDayShape(int Id, string Name, SpaceKind Kind, int Capacity, IReadOnlyList<BusyShape> Busy)
{
    internal static SpaceDayShape Of(SpaceDay day) => new(
        day.Space.Id, day.Space.Name, day.Space.Kind, day.Space.Capacity,
        [.. day.Busy.Select(busy => new BusyShape(busy.Start, busy.End, busy.Kind, busy.BookingId))]);
}

/// <summary>Half-open, on the site's clock, set-up and tear-down inside.</summary>
/// <param name="BookingId">Only where the token's member may see the booking.</param>
public sealed record BusyShape(LocalDateTime Start, LocalDateTime End, BusyKind Kind, Guid? BookingId);

/// <param name="PoolId">The pool to which it belongs, any of which can be booked by it; null: none.</param>
public sealed record FreeShape(
    int SpaceId, string Space, string Site, SpaceKind Kind, int Capacity, LocalDateTime Start, LocalDateTime End, int? PoolId)
{
    internal static FreeShape Of(FreeSpace free) => new(
        free.Space.Id, free.Space.Name, free.Place.Site.Slug, free.Space.Kind, free.Space.Capacity, free.When.Start, free.When.End,
        free.Space.PoolId);
}
