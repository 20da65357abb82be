using System.Text;
using DigiHub.Spaces;
using DigiHub.Web.Security;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Layout;

/// <summary>Serves the stylesheet of the sites' colours and signs.</summary>
public static class SiteStyles
{
    public static void MapSiteStyles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sites.css", async (string? v, HttpResponse response, Catalogue catalogue, CancellationToken stop) =>
        {
            var sites = (await catalogue.Map(stop)).Places.Select(place => place.Site).ToList();
            var version = SiteStylesheet.VersionOf(sites);
            // Under its own version the file never changes; asked for without one it is looked after each time.
            response.Headers.CacheControl = v == version ? "public, max-age=31536000, immutable" : "no-cache";
            var css = Encoding.UTF8.GetBytes(SiteStylesheet.Of(sites));
            // answers 304 by itself
            return Results.Bytes(css, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{version}\""));
        }).AllowAnonymous().WithMetadata(SameForEverybody.Mark);
}
