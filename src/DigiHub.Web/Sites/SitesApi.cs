using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Api;

namespace DigiHub.Web.Sites;

/// <summary>GET /sites: the sites, their zones, hours and floors. Few and small: no paging.</summary>
internal static class SitesApi
{
    public static void MapSitesApi(this RouteGroupBuilder api)
    {
        var sites = api.MapGroup("/sites").WithTags("Sites");
        sites.MapGet("/", async (Catalogue catalogue, IClock clock, CancellationToken stop) =>
            (await catalogue.Map(stop)).Places.Select(place => SiteShape.Of(place, clock.GetCurrentInstant())).ToArray())
            .WithName("listSites").WithSummary("List the sites").Produces<SiteShape[]>();
        sites.MapGet("/{slug}", async (string slug, Catalogue catalogue, IClock clock, CancellationToken stop) =>
            (await catalogue.Map(stop)).Place(slug) is { } place
                ? Results.Ok(SiteShape.Of(place, clock.GetCurrentInstant()))
                : Problems.NotFound)
            .WithName("getSite").WithSummary("Get a site").Produces<SiteShape>();
    }
}

/// <param name="Zone">IANA id; all local times of the site are on this clock.</param>
/// <param name="Hours">Of the week that counts today.</param>
/// <param name="SpecialHours">From today on, by date; on these dates they count instead of anything else.</param>
public sealed record SiteShape(
    string Slug, string Name, string Street, string PostCode, string City, string Zone,
    IReadOnlyList<HoursShape> Hours, IReadOnlyList<SpecialHoursShape> SpecialHours,
    IReadOnlyList<ClosureShape> Closures, IReadOnlyList<FloorShape> Floors)
{
    public static SiteShape Of(SiteContext place, Instant now) => Of(place.Site, now);

    public static SiteShape Of(Site site, Instant now)
    {
        var today = SiteTime.Of(site.ZoneId).DateOf(now);
        return new(
            site.Slug, site.Name, site.Street, site.PostCode, site.City, site.ZoneId,
            [.. site.WeekOn(today).Select(hours => new HoursShape(hours.Day, hours.Opens, hours.Closes))],
            [.. site.Special.Where(one => one.Date >= today).OrderBy(one => one.Date).Select(one => new SpecialHoursShape(
                one.Date, one.Opens, one.Closes, one.Reason.Here))],
            [.. site.Closures.OrderBy(closure => closure.From).Select(ClosureShape.Of)],
            [.. site.Floors.OrderBy(floor => floor.Level).Select(floor => new FloorShape(
                floor.Id, floor.Level, floor.Name.Here))]);
    }
}

/// <param name="Closes">00:00:00 is the end of the day.</param>
public sealed record HoursShape(IsoDayOfWeek Day, LocalTime Opens, LocalTime Closes);

/// <param name="Closes">00:00:00 is the end of the day.</param>
public sealed record SpecialHoursShape(LocalDate Date, LocalTime Opens, LocalTime Closes, string Reason);

/// <summary>Whole days, both included.</summary>
public sealed record ClosureShape(int Id, LocalDate From, LocalDate Through, string Reason)
{
    internal static ClosureShape Of(Closure closure) => new(closure.Id, closure.From, closure.Through, closure.Reason.Here);
}

/// <param name="Level">0 is the ground floor.</param>
public sealed record FloorShape(int Id, int Level, string Name);
