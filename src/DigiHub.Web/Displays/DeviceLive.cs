using DigiHub.Web.Live;
using DigiHub.Web.Security;

namespace DigiHub.Web.Displays;

/// <summary>
/// GET /device/live: the screen at a door or in a lobby hears when its site looks different. It is asked who it is each time it connects,
/// and a stream ends after some minutes, so one that was revoked hears no more; and what it then asks for it is refused at once.
/// </summary>
internal static class DeviceLive
{
    public static void MapDeviceLive(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Paths.DeviceLive, Stream).AllowAnonymous().DisableRequestTimeout();

    private static async Task<IResult> Stream(HttpContext http, DeviceCookie cookie) => await cookie.Find(http) is { } device
        ? LiveEndpoints.Answer(http, device.SiteId, day: null, device.Id)
        : Results.NotFound();
}
