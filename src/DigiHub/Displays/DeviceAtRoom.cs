using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Displays;

/// <summary>
/// A screen at the door of a room, where what is done on it is decided: under the locks of the room and of the screen itself, so that
/// nothing is done on one that was revoked meanwhile.
/// </summary>
internal sealed record DeviceAtRoom(Device Device, Space Space, SiteContext Place)
{
    /// <summary>With the catalogue in force, which is kept from changing until the transaction ends.</summary>
    /// <param name="secret">Of the screen's cookie.</param>
    /// <param name="memberId">Whose lock is needed, too.</param>
    /// <returns>Refuses with not_found: no such screen at a room, or it was revoked.</returns>
    public static async Task<Outcome<DeviceAtRoom>> Take(
        HubDb db, Catalogue catalogue, string secret, Guid memberId, CancellationToken stop)
    {
        var map = await catalogue.InForce(db, stop);
        if (await db.StandingDevice(secret, stop) is not { SpaceId: { } spaceId } seen || map.Space(spaceId) is not { } space)
            return Refusal.NotFound;
        await db.AcquireLocks([.. ClaimSpace.Locks(space), LockKey.OfSubject(memberId), LockKey.OfDevice(seen.Id)], stop);
        // Once more, behind the lock that revoking takes as well.
        return await db.StandingDevice(secret, stop) is { } device
            ? new DeviceAtRoom(device, space, map.PlaceOf(space))
            : Refusal.NotFound;
    }
}
