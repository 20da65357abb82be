using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Text;

namespace DigiHub.Setup;

/// <summary>
/// Adds a site with its address and hours. Its name in addresses, its sign and its colour follow from its name and from the other sites. It
/// has no floors yet: <see cref="AddSpaces"/>.
/// </summary>
public sealed class AddSite(UnitOfWork unitOfWork, IClock clock)
{
    private const int SlugNumberMax = 3; // "-99"
    private const string Reserved = "new"; // the page that adds a site stands there

    /// <summary>
    /// Refuses with not_found (also for who may not), name_missing and the like for street, post_code and city, name_too_long and the like,
    /// zone_unknown, hours_missing, closes_before_opening, site_name_taken and too_many_sites.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    public async Task<Outcome<Site>> Run(
        Guid? actorId, SiteDraft draft, CancellationToken stop, Alongside<Site>? along = null)
    {
        if (SiteRules.WhyNot(draft) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // two who add one of the same name wait for each other
            var now = clock.GetCurrentInstant();
            if (actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites) != true)
                return Refusal.NotFound;

            var others = await db.Sites.AsNoTracking().ToListAsync(stop);
            var name = TypedText.Line(draft.Name)!;
            if (others.Exists(other => other.RetiredAt is null && SearchText.Fold(other.Name) == SearchText.Fold(name)))
                return SiteRules.NameTaken(name);
            if (others.Count >= SiteRules.SitesMax)
                return SiteRules.TooMany;

            var site = New(draft, name, others);
            db.Add(site);
            await db.SaveChangesAsync(stop); // gives it its number
            db.Record(now, actorId, SetupActs.SiteCreated, site.Id, site.Name);
            return (Outcome<Site>)site;
        }, stop, along);
    }

    private static Site New(SiteDraft draft, string name, List<Site> others) => new()
    {
        Slug = Slug(name, others),
        Name = name,
        Sign = char.ToUpperInvariant(name.FirstOrDefault(char.IsLetter, '•')).ToString(),
        Shape = others.Count % 2 == 0 ? SignShape.Round : SignShape.Square,
        Colour = draft.Colour ?? Enum.GetValues<SiteColour>().MinBy(colour => others.Count(other => other.Colour == colour)),
        Street = TypedText.Line(draft.Street)!,
        PostCode = TypedText.Line(draft.PostCode)!,
        City = TypedText.Line(draft.City)!,
        ZoneId = draft.ZoneId,
        Holidays = draft.Holidays,
        Week = [.. draft.Week.DistinctBy(hours => hours.Day)
            .Select(hours => new WeeklyHours { Day = hours.Day, Opens = hours.Opens, Closes = hours.Closes })],
    };

    /// <summary>As events have theirs, with a number if another site has it.</summary>
    private static string Slug(string name, List<Site> others)
    {
        var wanted = UrlName.Of(name, Site.SlugMax - SlugNumberMax, ifNothing: "site");
        var slug = wanted;
        for (var number = 2; slug == Reserved || others.Exists(other => other.Slug == slug); number++)
            slug = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{number}");
        return slug;
    }
}
