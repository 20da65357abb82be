using DigiHub.Access;
using DigiHub.Data;

namespace DigiHub.Displays;

/// <summary>Which screens there are, and which of them a request comes from.</summary>
public sealed class KnownDevices(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>When one was last seen is this coarse, so that its looks do not write each time.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(1);

    /// <summary>
    /// The screen with this secret, asked of the database each time: one that was revoked, by whichever process, is none. Notes that it was
    /// seen.
    /// </summary>
    /// <param name="secret">Null: it has none.</param>
    public async Task<Device?> Find(string? secret, CancellationToken stop)
    {
        if (secret is null)
            return null;
        Device? device;
        await using (var db = databases.Open())
            device = await db.StandingDevice(secret, stop);
        var now = clock.GetCurrentInstant();
        if (device is { } known && (known.LastSeenAt is not { } last || now - last >= SeenEvery))
        {
            await unitOfWork.Note(async (db, brief) => await db.Devices.Where(one => one.Id == known.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSeenAt, now), brief), stop);
        }

        return device;
    }

    /// <summary>
    /// Those that stand at the sites where the viewer looks after them, by site, kind and age; at most
    /// <see cref="Device.PerSiteMax"/> a site.
    /// </summary>
    public async Task<IReadOnlyList<Device>> At(Viewer viewer, CancellationToken stop)
    {
        var sites = viewer.Where(Permission.ManageDevices);
        await using var db = databases.Open();
        var standing = db.Devices.AsNoTracking().Where(one => one.RevokedAt == null);
        if (sites.Ids is { } ids)
            standing = standing.Where(one => EF.Parameter(ids).Contains(one.SiteId));
        return await standing.OrderBy(one => one.SiteId).ThenBy(one => one.Kind).ThenBy(one => one.PairedAt).ThenBy(one => one.Id)
            .ToListAsync(stop);
    }
}
