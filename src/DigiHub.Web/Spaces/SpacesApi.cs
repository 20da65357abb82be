using System.ComponentModel.DataAnnotations;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Api;

namespace DigiHub.Web.Spaces;

/// <summary>GET /spaces: what can be booked, and by which rules.</summary>
internal static class SpacesApi
{
    public static void MapSpacesApi(this RouteGroupBuilder api)
    {
        var spaces = api.MapGroup("/spaces").WithTags("Spaces");
        spaces.MapGet("/", List).WithName("listSpaces")
            .WithSummary("List the desks and rooms that can be booked, by id").Produces<Page<SpaceShape>>();
        spaces.MapGet("/{id:int}", async (int id, Catalogue catalogue, CancellationToken stop) =>
        {
            var map = await catalogue.Map(stop);
            return map.Space(id) is { IsOffered: true } space ? Results.Ok(SpaceShape.Of(space, map)) : Problems.NotFound;
        }).WithName("getSpace").WithSummary("Get a desk or room").Produces<SpaceShape>();
    }

    private static async Task<IResult> List(
        string? site, Asked<SpaceKind>? kind, [Range(1, Space.PeopleMax)] Asked<int>? people, string? cursor,
        [Range(1, Paging.LimitMax)] Asked<int>? limit, Catalogue catalogue, CancellationToken stop)
    {
        var after = Cursor.ParseNumber(cursor);
        if (cursor is not null && after is null)
            return Cursor.Malformed.ToProblem();
        var map = await catalogue.Map(stop);
        if (site is not null && map.Place(site) is null)
            return Problems.UnknownSite(site);

        var size = Paging.Limit(limit);
        var found = map.Places.Where(place => site is null || place.Site.Slug == site)
            .SelectMany(place => map.Offered(place.Site.Id, kind?.Value))
            .Where(space => space.Id > (after ?? 0) && (people is null || space.Capacity >= people.Value.Value))
            .OrderBy(space => space.Id).Take(size + 1).ToList();
        return Results.Ok(new Page<SpaceShape>(
            [.. found.Take(size).Select(space => SpaceShape.Of(space, map))],
            found.Count > size ? Cursor.OfNumber(found[size - 1].Id) : null));
    }
}

/// <param name="Granularity">minutes, half_day or day: the steps in which it is booked.</param>
/// <param name="HorizonDays">Calendar days ahead, in the site's zone, to the end of that day.</param>
/// <param name="PoolId">The pool to which it belongs; null: none.</param>
public sealed record SpaceShape(
    int Id, string Site, int FloorId, SpaceKind Kind, string Name, string Zone, int Capacity, IReadOnlyList<string> Equipment,
    Granularity Granularity, int StepMinutes, int MinMinutes, int MaxMinutes, int MaxDays, int NoticeMinutes, int HorizonDays,
    int SetUpMinutes, int TearDownMinutes, int? PoolId)
{
    internal static SpaceShape Of(Space space, HubDirectory map) => Of(space, map.PlaceOf(space).Site.Slug);

    internal static SpaceShape Of(Space space, string site) => new(
        space.Id, site, space.FloorId, space.Kind, space.Name,
        space.Zone.Here, space.Capacity, [.. space.Things.Select(thing => thing.Key)],
        space.Rules.Granularity, space.Rules.StepMinutes, space.Rules.MinMinutes, space.Rules.MaxMinutes, space.Rules.MaxDays,
        space.Rules.NoticeMinutes, space.Rules.HorizonDays,
        space.Rules.SetUpMinutes, space.Rules.TearDownMinutes, space.PoolId);
}
