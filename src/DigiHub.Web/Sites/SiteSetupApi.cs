using DigiHub.Access;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;
using DigiHub.Web.Api;
using DigiHub.Web.Components;
using DigiHub.Web.Reader;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Sites;

/// <summary>Adding sites and changing their address, look and hours, for who sets them up.</summary>
internal static class SiteSetupApi
{
    public static void MapSiteSetupApi(this RouteGroupBuilder api)
    {
        var (sets, closes) = (nameof(Permission.ManageSites), nameof(Permission.ManageClosures));
        var sites = api.MapGroup("/sites").WithTags("Sites");
        sites.MapPost("/", Add).RequireAuthorization(sets).WithName("addSite")
            .WithSummary("Add a site with its hours").Produces<SiteShape>(StatusCodes.Status201Created);
        sites.MapPatch("/{slug}", Change).RequireAuthorization(sets).WithMetadata(Unversioned.Mark).AcceptsMergePatch<SiteDetailsInput>()
            .WithName("changeSite").WithSummary("Change a site’s name, address, look or holidays").Produces<SiteShape>();
        sites.MapPut("/{slug}/hours", SetHours).RequireAuthorization(sets).WithMetadata(Unversioned.Mark).WithName("setHours")
            .WithSummary("Give a site another week from a date on. What is booked stays").Produces<SiteShape>();
        sites.MapPut("/{slug}/special-hours/{date}", SetSpecial).RequireAuthorization(closes).WithMetadata(Unversioned.Mark)
            .WithName("setSpecialHours").WithSummary("Give one date other hours than usual").Produces<SiteShape>();
        sites.MapDelete("/{slug}/special-hours/{date}", RemoveSpecial).RequireAuthorization(closes).WithMetadata(Unversioned.Mark)
            .WithName("removeSpecialHours").WithSummary("Give one date the usual hours again").Produces<SiteShape>();
    }

    private static async Task<IResult> Add(
        NewSiteInput input, HttpContext http, AddSite add, IOptions<HubSettings> settings, IClock clock, Idempotency once,
        CancellationToken stop) => await once.Run<Site>(
            http,
            along => add.Run(http.User.MemberId()!.Value, new SiteDraft
            {
                Name = input.Name,
                Street = input.Street,
                PostCode = input.PostCode,
                City = input.City,
                ZoneId = input.Zone ?? settings.Value.Zone,
                Holidays = input.Holidays,
                Colour = input.Colour,
                Week = input.Hours is null ? SiteDraft.UsualWeek : DraftsOf(input.Hours),
            }, stop, along),
            site => Answer.Of(StatusCodes.Status201Created, SiteShape.Of(site, clock.GetCurrentInstant()), $"v1/sites/{site.Slug}"));

    private static async Task<IResult> Change(
        string slug, SiteDetailsInput input, HttpContext http, EditSite edit, Catalogue catalogue, IClock clock, CancellationToken stop)
    {
        if (input.Incomplete is { } incomplete)
            return incomplete;
        return await On(slug, catalogue, clock,
            async site => (await edit.Run(http.User.MemberId()!.Value, site.Id, input.OnTopOf(site), stop)).Refusal, stop);
    }

    private static Task<IResult> SetHours(
        string slug, HoursInput input, HttpContext http, ChangeHours change, Catalogue catalogue, IClock clock, CancellationToken stop) =>
        On(slug, catalogue, clock, async site => (await change.Run(
            http.User.MemberId()!.Value, site.Id, input.From, DraftsOf(input.Hours), stop)).Refusal, stop);

    private static Task<IResult> SetSpecial(
        string slug, string date, SpecialHoursInput input, HttpContext http, SetSpecialHours set, Catalogue catalogue, IClock clock,
        CancellationToken stop) => On(slug, catalogue, clock, async site => FormParse.Date(date) is not { } day
            ? Refusal.NotFound
            : (await set.Run(new(http.User.MemberId()!.Value, site.Id, day, input.Opens, input.Closes,
                new(input.ReasonDe, input.ReasonEn)), stop)).Refusal, stop);

    private static Task<IResult> RemoveSpecial(
        string slug, string date, HttpContext http, SetSpecialHours set, Catalogue catalogue, IClock clock, CancellationToken stop) =>
        On(slug, catalogue, clock, async site => FormParse.Date(date) is not { } day
            ? Refusal.NotFound
            : (await set.Remove(http.User.MemberId()!.Value, site.Id, day, stop)).Refusal, stop);

    /// <summary>Acts on the site, and answers with what it is then.</summary>
    private static async Task<IResult> On(
        string slug, Catalogue catalogue, IClock clock, Func<Site, Task<Refusal?>> act, CancellationToken stop)
    {
        if ((await catalogue.Map(stop)).Place(slug) is not { } place)
            return Problems.NotFound;
        if (await act(place.Site) is { } refusal)
            return refusal.ToProblem();
        return (await catalogue.Map(stop)).Place(slug) is { } changed
            ? Results.Ok(SiteShape.Of(changed, clock.GetCurrentInstant()))
            : Problems.NotFound;
    }

    private static IReadOnlyList<DraftHours> DraftsOf(IReadOnlyList<HoursShape>? hours) =>
        [.. (hours ?? []).OfType<HoursShape>().Select(one => new DraftHours(one.Day, one.Opens, one.Closes))];
}

/// <param name="Zone">IANA id; null: the hub’s.</param>
/// <param name="Holidays">The Land whose public holidays close it, such as be; null: none do.</param>
/// <param name="Colour">Null: the one that the fewest sites have.</param>
/// <param name="Hours">A weekday without hours is closed. Null: Monday to Friday, 8:00 to 20:00.</param>
[FieldsMayBeLeftOut]
public sealed record NewSiteInput(
    string? Name = null, string? Street = null, string? PostCode = null, string? City = null, string? Zone = null, Land? Holidays = null,
    SiteColour? Colour = null, IReadOnlyList<HoursShape>? Hours = null);

/// <summary>What is left out stays.</summary>
public sealed record SiteDetailsInput : MergePatch
{
    public string? Name { get; init => field = Given(value); }

    /// <summary>In the middle of a sentence: “Ost”; null where the other language or the name serves.</summary>
    public string? ShortNameDe { get; init => field = Given(value); }

    /// <summary>“East”.</summary>
    public string? ShortNameEn { get; init => field = Given(value); }

    public string? Street { get; init => field = Given(value); }

    public string? PostCode { get; init => field = Given(value); }

    public string? City { get; init => field = Given(value); }

    /// <summary>One or two letters.</summary>
    public string? Sign { get; init => field = Given(value); }

    public SiteColour? Colour { get; init => field = Given(value); }

    /// <summary>The Land whose public holidays close it; null: none do.</summary>
    public Land? Holidays { get; init => field = Given(value); }

    /// <summary>How guests find it; null: nothing is said in German.</summary>
    public string? GuestRouteDe { get; init => field = Given(value); }

    /// <summary>The same in English.</summary>
    public string? GuestRouteEn { get; init => field = Given(value); }

    /// <summary>What guests are told of the wireless network; null: nothing is said in German.</summary>
    public string? GuestNetworkDe { get; init => field = Given(value); }

    /// <summary>The same in English.</summary>
    public string? GuestNetworkEn { get; init => field = Given(value); }

    internal IResult? Incomplete => Lacking(
        (nameof(Name), Name is null), (nameof(Street), Street is null), (nameof(PostCode), PostCode is null),
        (nameof(City), City is null), (nameof(Sign), Sign is null), (nameof(Colour), Colour is null));

    internal SiteDetails OnTopOf(Site site) => new()
    {
        Name = Name ?? site.Name,
        ShortName = new LocalisedText(
            Has(nameof(ShortNameDe)) ? ShortNameDe : site.ShortName.German,
            Has(nameof(ShortNameEn)) ? ShortNameEn : site.ShortName.English),
        Street = Street ?? site.Street,
        PostCode = PostCode ?? site.PostCode,
        City = City ?? site.City,
        Sign = Sign ?? site.Sign,
        Colour = Colour ?? site.Colour,
        Holidays = Has(nameof(Holidays)) ? Holidays : site.Holidays,
        GuestRoute = new LocalisedText(
            Has(nameof(GuestRouteDe)) ? GuestRouteDe : site.GuestRoute.German,
            Has(nameof(GuestRouteEn)) ? GuestRouteEn : site.GuestRoute.English),
        GuestNetwork = new LocalisedText(
            Has(nameof(GuestNetworkDe)) ? GuestNetworkDe : site.GuestNetwork.German,
            Has(nameof(GuestNetworkEn)) ? GuestNetworkEn : site.GuestNetwork.English),
    };
}

/// <param name="From">The first day, on the site’s calendar; today or later.</param>
/// <param name="Hours">A weekday without hours is closed.</param>
public sealed record HoursInput(LocalDate From, IReadOnlyList<HoursShape> Hours);

/// <param name="Closes">00:00:00 is the end of the day.</param>
/// <param name="ReasonDe">What members read; one of the two is needed.</param>
[FieldsMayBeLeftOut]
public sealed record SpecialHoursInput(LocalTime Opens, LocalTime Closes, string? ReasonDe = null, string? ReasonEn = null);
