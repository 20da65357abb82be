using System.Text;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using DigiHub.Web.Security;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Spaces;

/// <summary>Serves each floor's stylesheet, which puts the desks of the plan in their places.</summary>
public static class FloorStyles
{
    public static void MapFloorStyles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/floors/{id:int}.css",
            async (int id, string? v, HttpResponse response, Catalogue catalogue, CancellationToken stop) =>
            {
                var map = await catalogue.Map(stop);
                var places = PlacesOf(map, id);
                if (places.Count == 0)
                    return Results.NotFound();

                var version = FloorStylesheet.VersionOf(places);
                // Under its own version the file never changes; asked for without one it is looked after each time.
                response.Headers.CacheControl = v == version ? "public, max-age=31536000, immutable" : "no-cache";
                var css = Encoding.UTF8.GetBytes(FloorStylesheet.Of(places));
                // answers 304 by itself
                return Results.Bytes(css, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{version}\""));
            }).AllowAnonymous().WithMetadata(SameForEverybody.Mark);

    /// <summary>The desks of a floor that are on offer, with their places on the plan.</summary>
    public static IReadOnlyList<(int SpaceId, double X, double Y)> PlacesOf(HubDirectory map, int floorId) =>
        [.. map.Spaces.Where(space => space.FloorId == floorId && space is { Kind: SpaceKind.Desk, IsOffered: true })
            .Select(space => (space.Id, space.PlanX, space.PlanY))];
}
