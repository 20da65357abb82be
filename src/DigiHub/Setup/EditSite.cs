using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>A site's name, address and look. Null and blank: not said.</summary>
public sealed record SiteDetails
{
    public string? Name { get; init; }

    /// <summary>In the middle of a sentence: "Ost", "East"; both blank: the name.</summary>
    public LocalisedText ShortName { get; init; }

    public string? Street { get; init; }

    public string? PostCode { get; init; }

    public string? City { get; init; }

    /// <summary>One or two letters.</summary>
    public string? Sign { get; init; }

    public required SiteColour Colour { get; init; }

    public Land? Holidays { get; init; }

    /// <summary>How guests find it; both halves blank: nothing is said.</summary>
    public LocalisedText GuestRoute { get; init; }

    /// <summary>What guests are told of the wireless network; both halves blank: nothing is said.</summary>
    public LocalisedText GuestNetwork { get; init; }
}

/// <summary>
/// Changes what a site is called, where it is and how it looks. Its name in addresses stays, so that links and calendars hold. Holidays
/// count from the commit on; what is booked on them stays (<see cref="OutsideHours"/>).
/// </summary>
public sealed class EditSite(UnitOfWork unitOfWork, IClock clock)
{
    private const int ShortNameMax = 30;

    /// <summary>
    /// Refuses with not_found (also for who may not), name_missing and the like for street, post_code and city, name_too_long and the
    /// like, sign_invalid, short_name_too_long, text_too_long and site_name_taken.
    /// </summary>
    public async Task<Outcome<Site>> Run(Guid? actorId, int siteId, SiteDetails details, CancellationToken stop)
    {
        var sign = TypedText.Line(details.Sign) ?? "";
        var shortName = details.ShortName.Each(TypedText.Line);
        var (route, network) = (details.GuestRoute.Each(TypedText.Lines), details.GuestNetwork.Each(TypedText.Lines));
        if (Refusal.AllOf([
            .. SiteRules.WrongLines(details.Name, details.Street, details.PostCode, details.City),
            .. Wrong(sign, shortName),
            .. WrongTexts("guestRoute", route), .. WrongTexts("guestNetwork", network)]) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if (await db.SiteToManage(actorId, siteId, Permission.ManageSites, now, stop) is not { } site)
                return Refusal.NotFound;
            var name = TypedText.Line(details.Name)!;
            if ((await db.Sites.AsNoTracking().Where(other => other.Id != siteId && other.RetiredAt == null)
                .Select(other => other.Name).ToListAsync(stop))
                .Exists(other => SearchText.Fold(other) == SearchText.Fold(name)))
                return SiteRules.NameTaken(name);

            (site.Name, site.ShortName, site.Sign, site.Colour) = (name, shortName, sign, details.Colour);
            (site.Street, site.PostCode, site.City) =
                (TypedText.Line(details.Street)!, TypedText.Line(details.PostCode)!, TypedText.Line(details.City)!);
            site.Holidays = details.Holidays;
            (site.GuestRoute, site.GuestNetwork) = (route, network);
            if (FieldChanges.Of(db, site, except: []) is { } changes)
                db.Record(now, actorId, SetupActs.SiteEdited, site.Id, site.Name, changes);
            return (Outcome<Site>)site;
        }, stop);
    }

    private static IEnumerable<Refusal> WrongTexts(string field, LocalisedText text)
    {
        if (text.German?.Length > Site.GuestTextMax || text.English?.Length > Site.GuestTextMax)
            yield return new("text_too_long", new(
                $"Use at most {Site.GuestTextMax} characters.", $"Höchstens {Site.GuestTextMax} Zeichen sind möglich."))
            { Field = $"{field}German" };
    }

    private static IEnumerable<Refusal> Wrong(string sign, LocalisedText shortName)
    {
        if (sign.Length is < 1 or > 2)
            yield return new("sign_invalid", new("Use one or two letters.", "Nehmen Sie einen oder zwei Buchstaben.",
                "Nimm einen oder zwei Buchstaben."))
            { Field = "sign" };
        if (shortName.Words.German.Length > ShortNameMax || shortName.Words.English.Length > ShortNameMax)
            yield return new("short_name_too_long", new(
                $"Use at most {ShortNameMax} characters.", $"Höchstens {ShortNameMax} Zeichen sind möglich."))
            { Field = "shortGerman" };
    }
}

internal static class SiteToSetUp
{
    extension(HubDb db)
    {
        /// <summary>The tracked site with its weeks and special hours; null if there is none or the actor may not.</summary>
        /// <param name="actorId">Null: the operator, by a command.</param>
        public async Task<Site?> SiteToManage(Guid? actorId, int siteId, Permission permission, Instant now, CancellationToken stop) =>
            actorId is not null && (await db.Viewer(actorId, now, stop))?.May(permission, siteId) != true
                ? null
                : await db.Sites.AsSplitQuery().Include(site => site.Week).Include(site => site.Special)
                    .SingleOrDefaultAsync(site => site.Id == siteId, stop);
    }
}
