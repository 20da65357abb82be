using System.Security.Claims;

namespace DigiHub.Web.Layout;

/// <summary>A way only some take, by their role: shown to nobody else, and guarded again where it leads.</summary>
public sealed record NavItem(string Href, string Icon, string Role, Words Name)
{
    private static readonly NavItem[] All =
    [
        new("/organise", "organise", "Organiser", new("Organise", "Organisieren")),
        new("/front-desk", "front-desk", "FrontDesk", new("Front desk", "Empfang")),
        new("/admin", "admin", "Administrator", new("Administration", "Verwaltung")),
    ];

    public static IEnumerable<NavItem> Of(ClaimsPrincipal user) => All.Where(way => user.IsInRole(way.Role));

    public string? CurrentAt(string path) => Current(Href, path);

    /// <summary>"page" on the page itself, "true" below it, null elsewhere: the values of aria-current.</summary>
    public static string? Current(string href, string path) =>
        path == href ? "page"
        : href != "/" && path.StartsWith(href, StringComparison.Ordinal) && path[href.Length] == '/' ? "true"
        : null;
}
