using DigiHub.Displays;
using DigiHub.Spaces;

namespace DigiHub.Web.Displays;

/// <summary>Where a screen belongs.</summary>
internal static class DevicePaths
{
    extension(HubDirectory map)
    {
        /// <summary>The one page that this screen shows.</summary>
        public string PageOf(Device device) => device is { Kind: DeviceKind.Door, SpaceId: { } spaceId }
            ? Paths.Door(spaceId)
            : Paths.Lobby(map.Place(device.SiteId)!.Site.Slug);
    }
}
