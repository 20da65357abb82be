using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Displays;

/// <summary>
/// Takes a screen its access, whether it has ever come by or not: its next request, in whichever process, gets the page to pair it again.
/// </summary>
public sealed class RevokeDevice(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>A second time it changes nothing. Refuses with not_found, also for who may not, and busy.</summary>
    public Task<Outcome<Device>> Run(Guid actorId, Guid deviceId, CancellationToken stop) => unitOfWork.Run<Device>(async db =>
    {
        // What a screen does waits for this lock as well (DeviceAtRoom), so nothing is done by one after it was revoked.
        await db.AcquireLocks([LockKey.OfDevice(deviceId)], stop);
        var now = clock.GetCurrentInstant();
        var device = await db.Devices.SingleOrDefaultAsync(one => one.Id == deviceId, stop);
        if (device is null || await db.Viewer(actorId, now, stop) is not { } actor
            || !actor.May(Permission.ManageDevices, device.SiteId))
            return Refusal.NotFound;
        if (device.RevokedAt is null)
        {
            device.Revoke(now);
            db.Record(now, actorId, DeviceActs.Revoked, device.Id);
        }

        return device;
    }, stop);
}
