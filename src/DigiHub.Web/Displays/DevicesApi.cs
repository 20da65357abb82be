using DigiHub.Access;
using DigiHub.Displays;
using DigiHub.Spaces;
using DigiHub.Web.Api;
using DigiHub.Web.Reader;
using DigiHub.Web.Security;
using Problems = DigiHub.Web.Api.Problems;

namespace DigiHub.Web.Displays;

/// <summary>Screens at doors and in lobbies, for who looks after their sites.</summary>
internal static class DevicesApi
{
    public static void MapDevicesApi(this RouteGroupBuilder api)
    {
        var devices = api.MapGroup("/devices").WithTags("Devices").RequireAuthorization(nameof(Permission.ManageDevices));
        devices.MapGet("/", List).WithName("listDevices")
            .WithSummary("List the screens of the sites that I look after, by site and kind").Produces<Page<DeviceShape>>();
        devices.MapPost("/", Pair).WithName("pairDevice")
            .WithSummary("Pair a screen by the code that it shows. Ten wrong codes an hour may be tried")
            .Produces<DeviceShape>(StatusCodes.Status201Created);
        devices.MapDelete("/{deviceId:guid}", Revoke).WithMetadata(Unversioned.Mark).WithName("revokeDevice")
            .WithSummary("Take a screen its access; it counts at its next request").Produces<DeviceShape>();
    }

    // Bounded by each site (Device.PerSiteMax): one page is all there is.
    private static async Task<IResult> List(HttpContext http, KnownDevices devices, Catalogue catalogue, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var found = await devices.At(http.Viewer(), stop);
        return Results.Ok(new Page<DeviceShape>([.. found.Select(one => DeviceShape.Of(one, map))], Next: null));
    }

    private static async Task<IResult> Pair(
        PairDeviceInput input, HttpContext http, PairDevice pair, Limits limits, Catalogue catalogue, Idempotency once,
        CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Place(input.Site) is not { } place)
            return Problems.UnknownSite(input.Site);
        if (limits.TakeCodeGuess(http) is { } tooMany)
            return tooMany.ToProblem();
        var isWrong = false;
        try
        {
            return await once.Run<Device>(
                http,
                async along =>
                {
                    var paired = await pair.Run(new()
                    {
                        ActorId = http.User.MemberId()!.Value,
                        Code = input.Code,
                        Kind = input.Kind,
                        SiteId = place.Site.Id,
                        SpaceId = input.SpaceId,
                        Look = input.Look,
                    }, stop, along);
                    isWrong = paired.IsWrongCode();
                    return paired;
                },
                device => Answer.Of(StatusCodes.Status201Created, DeviceShape.Of(device, map), "v1/devices"));
        }
        finally
        {
            if (!isWrong)
                limits.GiveBackCodeGuess(http);
        }
    }

    private static async Task<IResult> Revoke(
        Guid deviceId, HttpContext http, RevokeDevice revoke, Catalogue catalogue, CancellationToken stop)
    {
        var revoked = await revoke.Run(http.User.MemberId()!.Value, deviceId, stop);
        return revoked.IsDone ? Results.Ok(DeviceShape.Of(revoked.Value, await catalogue.Map(stop))) : revoked.Refusal.ToProblem();
    }

    /// <summary>It counts as a guess.</summary>
    internal static bool IsWrongCode(this Outcome<Device> paired) => paired.Refusal?.Code == "pairing_code_unknown";
}

/// <param name="Code">Eight signs, as the screen shows them.</param>
/// <param name="Site">The site’s slug.</param>
/// <param name="SpaceId">Of a door: its room. Left out for a lobby.</param>
[FieldsMayBeLeftOut]
public sealed record PairDeviceInput(string Code, DeviceKind Kind, string Site, DeviceLook Look, int? SpaceId = null);

/// <param name="Kind">door: of one room. lobby: of a site.</param>
/// <param name="Look">colour for screens that light, ink for electronic paper.</param>
/// <param name="SpaceId">Null in a lobby.</param>
/// <param name="LastSeenAt">To the minute; null: it has not come by since it was paired.</param>
/// <param name="RevokedAt">Null: it stands.</param>
public sealed record DeviceShape(
    Guid Id, DeviceKind Kind, DeviceLook Look, string Site, int? SpaceId, Instant PairedAt, Instant? LastSeenAt, Instant? RevokedAt)
{
    internal static DeviceShape Of(Device device, HubDirectory map) => new(
        device.Id, device.Kind, device.Look, map.Place(device.SiteId)!.Site.Slug, device.SpaceId, device.PairedAt, device.LastSeenAt,
        device.RevokedAt);
}
