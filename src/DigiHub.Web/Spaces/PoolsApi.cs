using DigiHub.Access;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;

namespace DigiHub.Web.Spaces;

/// <summary>Pools, of which members book any desk or room; changed by who sets up their site.</summary>
internal static class PoolsApi
{
    public static void MapPoolsApi(this RouteGroupBuilder api)
    {
        var manages = nameof(Permission.ManageSites);
        var pools = api.MapGroup("/pools").WithTags("Pools");
        pools.MapGet("/", List).WithName("listPools").WithSummary("List the pools of desks and rooms, by id").Produces<PoolShape[]>();
        pools.MapGet("/{id:int}", Get).WithName("getPool").WithSummary("Get a pool").Produces<PoolShape>();
        pools.MapPost("/", Add).RequireAuthorization(manages).WithName("addPool")
            .WithSummary("Add a pool to a site").Produces<PoolShape>(StatusCodes.Status201Created);
        pools.MapPatch("/{id:int}", Change).RequireAuthorization(manages).AcceptsMergePatch<PoolNameInput>().WithName("changePool")
            .WithSummary("Give a pool another name").Produces<PoolShape>();
        pools.MapPut("/{id:int}/spaces", SetMembers).RequireAuthorization(manages).WithName("setPoolSpaces")
            .WithSummary("Say which desks or rooms belong to a pool. Bookings of it move within it where one leaves")
            .Produces<PoolMembersShape>();
        pools.MapDelete("/{id:int}", Delete).RequireAuthorization(manages).WithName("deletePool")
            .WithSummary("Delete a pool through which no booking ahead was made").Produces<PoolShape>();
    }

    private static async Task<IResult> List(string? site, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (site is not null && map.Place(site) is null)
            return Problems.UnknownSite(site);
        return Results.Ok(map.Places.Where(place => site is null || place.Site.Slug == site)
            .SelectMany(place => map.Pools.Where(pool => pool.SiteId == place.Site.Id))
            .OrderBy(pool => pool.Id).Select(pool => PoolShape.Of(pool, map)).ToArray());
    }

    private static async Task<IResult> Get(int id, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return map.Pool(id) is { } pool
            ? Answer.Of(StatusCodes.Status200OK, PoolShape.Of(pool, map), pool.Revision)
            : Problems.NotFound;
    }

    private static async Task<IResult> Add(
        PoolInput input, HttpContext http, EditPools edit, Catalogue catalogue, Idempotency once, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(input.Site) is not { } place)
            return Problems.UnknownSite(input.Site);
        return await once.Run<Pool>(
            http,
            along => edit.Add(
                http.User.MemberId()!.Value, place.Site.Id, new LocalisedText(input.NameDe, input.NameEn), input.Kind, stop, along),
            pool => Answer.Of(StatusCodes.Status201Created, PoolShape.Of(pool, map), pool.Revision, $"v1/pools/{pool.Id}"));
    }

    private static async Task<IResult> Change(
        int id, PoolNameInput input, HttpContext http, EditPools edit, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var map = await catalogue.Map(stop);
        if (map.Pool(id) is not { } known)
            return Problems.NotFound;

        // Even with "*" omitted properties come from the version just read, so a concurrent change must not be overwritten.
        var changed = await edit.Rename(http.User.MemberId()!.Value, id, input.OnTopOf(known), revision ?? known.Revision, stop);
        return changed.IsDone
            ? Answer.Of(StatusCodes.Status200OK, PoolShape.Of(changed.Value, map), changed.Value.Revision)
            : changed.Refusal.ToProblem();
    }

    private static async Task<IResult> SetMembers(
        int id, PoolSpacesInput input, HttpContext http, EditPools edit, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var changed = await edit.SetMembers(http.User.MemberId()!.Value, id, [.. input.SpaceIds.Distinct()], revision, stop);
        return changed.IsDone
            ? Answer.Of(StatusCodes.Status200OK, PoolMembersShape.Of(changed.Value, await catalogue.Map(stop)), changed.Value.Pool.Revision)
            : changed.Refusal.ToProblem();
    }

    private static async Task<IResult> Delete(int id, HttpContext http, EditPools edit, Catalogue catalogue, CancellationToken stop)
    {
        var (revision, problem) = Preconditions.IfMatch(http.Request);
        if (problem is not null)
            return problem;
        var map = await catalogue.Map(stop);
        var deleted = await edit.Delete(http.User.MemberId()!.Value, id, revision, stop);
        return deleted.IsDone ? Results.Ok(PoolShape.Of(deleted.Value, map)) : deleted.Refusal.ToProblem();
    }
}

/// <param name="Kind">Of all desks or rooms that belong to it.</param>
/// <param name="SpaceIds">Those that belong to it, from the lowest floor up.</param>
/// <param name="Revision">Also the ETag; rises when a desk or room comes or goes, too.</param>
public sealed record PoolShape(
    int Id, string Site, string? NameDe, string? NameEn, SpaceKind Kind, IReadOnlyList<int> SpaceIds, int Revision)
{
    internal static PoolShape Of(Pool pool, HubDirectory map) => new(
        pool.Id, map.Place(pool.SiteId)!.Site.Slug, pool.Name.German, pool.Name.English, pool.Kind,
        [.. map.MembersOf(pool).Select(space => space.Id)], pool.Revision);
}

/// <param name="Moved">Bookings that went to another desk or room of the pool.</param>
/// <param name="Stayed">Bookings for which nothing else of it was free: they are bookings of the very desk or room from now on.</param>
public sealed record PoolMembersShape(PoolShape Pool, int Added, int TakenOut, int Moved, int Stayed)
{
    internal static PoolMembersShape Of(PoolMembersChanged changed, HubDirectory map) =>
        new(PoolShape.Of(changed.Pool, map), changed.Added, changed.TakenOut, changed.Moved, changed.Stayed);
}

/// <param name="Site">The site’s slug.</param>
/// <param name="Kind">Of all that will belong to it; it does not change.</param>
/// <param name="NameDe">Null where English serves both; one of the two is needed.</param>
/// <param name="NameEn">Null where German serves both.</param>
[FieldsMayBeLeftOut]
public sealed record PoolInput(string Site, SpaceKind Kind, string? NameDe = null, string? NameEn = null);

/// <summary>What is left out stays.</summary>
public sealed record PoolNameInput : MergePatch
{
    /// <summary>Null where English serves both; one of the two is needed.</summary>
    public string? NameDe { get; init => field = Given(value); }

    /// <summary>Null where German serves both.</summary>
    public string? NameEn { get; init => field = Given(value); }

    internal LocalisedText OnTopOf(Pool pool) => new(
        Has(nameof(NameDe)) ? NameDe : pool.Name.German, Has(nameof(NameEn)) ? NameEn : pool.Name.English);
}

/// <param name="SpaceIds">Exactly these belong to it from now on; all of its site and kind.</param>
public sealed record PoolSpacesInput(IReadOnlyList<int> SpaceIds);
