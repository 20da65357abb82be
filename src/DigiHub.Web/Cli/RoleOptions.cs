using System.CommandLine;
using System.Globalization;
using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Spaces;
using NodaTime.Text;

namespace DigiHub.Web.Cli;

/// <summary>The roles a command is about, and where they hold.</summary>
internal sealed class RoleOptions
{
    private readonly Option<Role[]> roles = new("--role") { DefaultValueFactory = _ => [] };
    private readonly Option<string?> site = new("--site")
    { Description = "Site the role is for, by its name in addresses, for example east. Default: the whole hub." };

    public void AddTo(Command command, bool isRequired)
    {
        roles.Required = isRequired;
        roles.Description = "administrator, organiser, frontdesk or auditor. Can be given several times."
            + (isRequired ? "" : " Default: a member who can book.");
        command.Options.Add(roles);
        command.Options.Add(site);
    }

    public Role[] Roles(ParseResult parsed) => [.. (parsed.GetValue(roles) ?? []).Distinct()];

    /// <summary>The site's id; null for the whole hub. Refuses with no_site.</summary>
    public async Task<Outcome<int?>> Site(ParseResult parsed, IServiceProvider hub, CancellationToken stop)
    {
        if (parsed.GetValue(site) is not { } slug)
            return (int?)null;
        return (await hub.GetRequiredService<Catalogue>().Map(stop)).Place(slug)?.Site.Id is { } id ? (int?)id : NoSite;
    }

    /// <summary>What a member holds now, for people: "FrontDesk (east, through 2026-12-31)"; "Member" for none.</summary>
    public static async Task<string> Held(IServiceProvider hub, Guid memberId, CancellationToken stop)
    {
        await using var db = hub.GetRequiredService<HubDbFactory>().Open();
        var map = await hub.GetRequiredService<Catalogue>().Map(stop);
        var grants = await db.RoleGrants.AsNoTracking().InForce(hub.GetRequiredService<IClock>().GetCurrentInstant())
            .Where(grant => grant.MemberId == memberId).ToListAsync(stop);
        return grants.Count == 0
            ? "Member"
            : string.Join(", ", grants.OrderBy(grant => grant.Role).ThenBy(grant => grant.SiteId).Select(grant => Written(grant, map)));
    }

    private static string Written(RoleGrant grant, HubDirectory map)
    {
        string?[] limits =
        [
            grant.SiteId is { } siteId ? map.Place(siteId)?.Site.Slug : null,
            grant.Through is { } last ? "through " + LocalDatePattern.Iso.Format(last) : null,
        ];
        var said = string.Join(", ", limits.OfType<string>());
        return said.Length == 0 ? grant.Role.ToString() : string.Create(CultureInfo.InvariantCulture, $"{grant.Role} ({said})");
    }

    private static Refusal NoSite { get; } =
        new("no_site", new("There is no such site. Check the spelling.", "Diesen Standort gibt es nicht. Prüfen Sie die Schreibweise.",
            "Diesen Standort gibt es nicht. Prüf die Schreibweise."));
}
