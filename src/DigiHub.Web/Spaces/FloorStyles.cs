using System.Text;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using DigiHub.Web.Security;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Spaces;

/// <summary>Serves each floor's stylesheet, which puts what is on its published plan in its place.</summary>
public static class FloorStyles
{
    public static void MapFloorStyles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/floors/{id:int}.css",
            async (int id, string? v, HttpResponse response, Catalogue catalogue, CancellationToken stop) =>
            {
                if ((await catalogue.Map(stop)).Plan(id) is not { } plan)
                    return Results.NotFound();

                var version = FloorStylesheet.VersionOf(plan);
                // Under its own version the file never changes; asked for without one it is looked after each time.
                response.Headers.CacheControl = v == version ? "public, max-age=31536000, immutable" : "no-cache";
                var css = Encoding.UTF8.GetBytes(FloorStylesheet.Of(plan));
                // answers 304 by itself
                return Results.Bytes(css, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{version}\""));
            }).AllowAnonymous().WithMetadata(SameForEverybody.Mark);
}
