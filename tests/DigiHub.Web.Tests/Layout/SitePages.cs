using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Tests.Layout;

/// <summary>A page of the web with one of its addresses.</summary>
/// <param name="Route">As the page says it: "/events/{Slug}".</param>
public sealed record SitePage(Type Component, string Route)
{
    /// <summary>Its address needs no id, slug or key.</summary>
    public bool IsPlain => !Route.Contains('{', StringComparison.Ordinal);

    public bool IsPublic => Component.GetCustomAttribute<AllowAnonymousAttribute>() is not null;
}

/// <summary>
/// Every page there is, found by reflection: a new page is looked at by the tests of all pages without being named in them.
/// </summary>
public static class SitePages
{
    public static IReadOnlyList<SitePage> All { get; } =
    [
        .. typeof(Program).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => new SitePage(type, route.Template)))
            .OrderBy(page => page.Route, StringComparer.Ordinal),
    ];
}
