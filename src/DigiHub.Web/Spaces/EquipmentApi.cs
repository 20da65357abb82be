using DigiHub.Spaces;
using DigiHub.Web.Api;

namespace DigiHub.Web.Spaces;

/// <summary>GET /equipment: what may stand in a desk’s or room’s place. Few and small: no paging.</summary>
internal static class EquipmentApi
{
    public static void MapEquipmentApi(this RouteGroupBuilder api) =>
        api.MapGet("/equipment", async (Catalogue catalogue, CancellationToken stop) => Results.Ok(new Page<EquipmentShape>(
                [.. (await catalogue.Map(stop)).Equipment.OrderBy(thing => thing.Position)
                    .Select(thing => new EquipmentShape(thing.Key, thing.Name.Here))], Next: null)))
            .WithTags("Spaces").WithName("listEquipment").WithSummary("List what desks and rooms may have, by the word for it")
            .Produces<Page<EquipmentShape>>();
}

/// <param name="Key">As in a desk’s or room’s equipment: “step_free”.</param>
public sealed record EquipmentShape(string Key, string Name);
