using DigiHub.Access;

namespace DigiHub.Web.Layout;

/// <summary>A way only some take, by what they may: shown to nobody else, and guarded again where it leads.</summary>
public sealed record NavItem(string Href, string Icon, Permission Permission, Words Name)
{
    private static readonly NavItem[] All =
    [
        new(Paths.Organise, "organise", Permission.HostEvents, new("Organise", "Organisieren")),
        new(Paths.FrontDesk, "front-desk", Permission.RunFrontDesk, new("Front desk", "Empfang")),
        new(Paths.Admin, "admin", Permission.SeeAdministration, new("Administration", "Verwaltung")),
    ];

    public static IEnumerable<NavItem> Of(Viewer viewer) => All.Where(way => viewer.MayAnywhere(way.Permission));

    public string? CurrentAt(string path) => Current(Href, path);

    /// <summary>"page" on the page itself, "true" below it, null elsewhere: the values of aria-current.</summary>
    public static string? Current(string href, string path) =>
        path == href ? "page"
        : href != Paths.Home && path.StartsWith(href, StringComparison.Ordinal) && path[href.Length] == '/' ? "true"
        : null;
}
