using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Spaces;

namespace DigiHub.Displays;

/// <summary>Which screen somebody pairs, and as what.</summary>
public sealed record PairDeviceRequest
{
    public required Guid ActorId { get; init; }

    /// <summary>As it was typed.</summary>
    public required string? Code { get; init; }

    public required DeviceKind Kind { get; init; }

    /// <summary>Where it hangs.</summary>
    public required int SiteId { get; init; }

    /// <summary>The room at whose door it hangs; null for a lobby.</summary>
    public int? SpaceId { get; init; }

    public required DeviceLook Look { get; init; }
}

/// <summary>
/// Makes a screen of what shows a code, for who looks after the site. Its secret becomes its token, which nobody but the screen knows; it
/// may be revoked before it has come by once.
/// </summary>
public sealed class PairDevice(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (for who may not, or no such site), device_space, pairing_code_unknown (also for one that is used or
    /// expired), too_many_devices and busy.
    /// </summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Device>> Run(PairDeviceRequest request, CancellationToken stop, Alongside<Device>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run<Device>(
            async db =>
            {
                // Of two who type the same code one gets it: the other waits here, and finds it used.
                await db.AcquireLocks([LockKey.OfPairings], stop);
                var now = clock.GetCurrentInstant();
                if (await db.Viewer(request.ActorId, now, stop) is not { } actor
                    || !actor.May(Permission.ManageDevices, request.SiteId)
                    || map.Places.All(place => place.Site.Id != request.SiteId))
                    return Refusal.NotFound;
                if (!HasPlace(request, map))
                    return DeviceRefusals.NoSuchRoom;
                if (await Waiting(db, request.Code, now, stop) is not { } pairing)
                    return DeviceRefusals.CodeUnknown;
                if (await db.Devices.CountAsync(one => one.SiteId == request.SiteId && one.RevokedAt == null, stop) >= Device.PerSiteMax)
                    return DeviceRefusals.TooMany;
                return Record(db, request, pairing, now);
            },
            stop, along);
    }

    private static bool HasPlace(PairDeviceRequest request, HubDirectory map) => request.Kind == DeviceKind.Lobby
        ? request.SpaceId is null
        : request.SpaceId is { } id && map.Space(id) is { Kind: not SpaceKind.Desk, IsGone: false } space
            && space.SiteId == request.SiteId;

    private static async Task<Pairing?> Waiting(HubDb db, string? typed, Instant now, CancellationToken stop)
    {
        if (PairingCode.Parse(typed) is not { } code)
            return null;
        var hash = RandomToken.Hash(code);
        return await db.Pairings.SingleOrDefaultAsync(one => one.CodeHash == hash && one.ExpiresAt > now, stop);
    }

    private static Device Record(HubDb db, PairDeviceRequest request, Pairing pairing, Instant now)
    {
        var device = new Device
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            SiteId = request.SiteId,
            Kind = request.Kind,
            SpaceId = request.SpaceId,
            Look = request.Look,
            TokenHash = pairing.SecretHash,
            PairedById = request.ActorId,
            PairedAt = now,
        };
        db.Devices.Add(device);
        db.Pairings.Remove(pairing);
        db.Record(now, request.ActorId, DeviceActs.Paired, device.Id);
        return device;
    }
}
