using DigiHub.Data;
using DigiHub.Organisations;
using DigiHub.Settings;
using DigiHub.Sites;

namespace DigiHub.Spaces;

/// <summary>
/// The sites and their spaces, cached in memory because every request needs them and they hardly change. The database stamps
/// every change (<see cref="CatalogueStamp"/>), and the stamp is looked at again after each change by this process and twice a second: a
/// change shows at once where it was made and within half a second elsewhere. Decisions use <see cref="InForce"/>.
/// </summary>
public sealed class Catalogue(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock, ISettingsFollower follower) : IDisposable
{
    private static readonly Duration unaskedFor = Duration.FromMilliseconds(500);

    private readonly SemaphoreSlim asking = new(1);
    private volatile Known? known;

    private sealed record Known(HubDirectory Map, long AsOfWrite, Instant AskedAt);

    /// <summary>For reading; bookings check again in their own transaction.</summary>
    public async ValueTask<HubDirectory> Map(CancellationToken stop = default)
    {
        if (Fresh() is { } map)
            return map;

        await asking.WaitAsync(stop);
        try
        {
            if (Fresh() is { } asked)
                return asked;
            await using var db = databases.Open();
            return await Ask(db, stop);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>
    /// In a transaction, before any other lock: the catalogue as it will be until the transaction ends, since changes
    /// wait. Costs a query of the stamp, and a reload only if that has changed.
    /// </summary>
    public async Task<HubDirectory> InForce(HubDb db, CancellationToken stop)
    {
        await db.AcquireSharedLock(LockKey.OfCatalogue, stop);
        return await Ask(db, stop);
    }

    public void Dispose() => asking.Dispose();

    private HubDirectory? Fresh()
    {
        if (known is not { } then || then.AsOfWrite != unitOfWork.CatalogueWrites)
            return null;
        var age = clock.GetCurrentInstant() - then.AskedAt;
        return age >= Duration.Zero && age < unaskedFor ? then.Map : null;
    }

    private async Task<HubDirectory> Ask(HubDb db, CancellationToken stop)
    {
        // All read before the rows: what changes in between makes the next look find another stamp.
        var (writes, now) = (unitOfWork.CatalogueWrites, clock.GetCurrentInstant());
        var stamp = await db.Set<CatalogueStamp>().Where(one => one.Id == CatalogueStamp.OnlyId)
            .Select(one => one.Stamp).SingleOrDefaultAsync(stop);
        var map = known is { } then && then.Map.Stamp == stamp ? then.Map : await Load(db, stamp, now, stop);
        known = new Known(map, writes, now);
        return map;
    }

    private async Task<HubDirectory> Load(HubDb db, string? stamp, Instant now, CancellationToken stop)
    {
        var sites = await db.Sites.AsNoTracking().AsSplitQuery()
            .Include(site => site.Floors).Include(site => site.Week).Include(site => site.Special)
            .Include(site => site.Closures)
            .OrderBy(site => site.Id).ToListAsync(stop);
        // All that share rules share the one object that says them.
        var spaces = await db.Spaces.AsNoTrackingWithIdentityResolution().AsSplitQuery()
            .Include(space => space.Units).Include(space => space.Equipment)
            .ThenInclude(one => one.Thing).OrderBy(space => space.Name).ToListAsync(stop);
        int[] published = [.. sites.SelectMany(site => site.Floors).Select(floor => floor.PlanId).OfType<int>()];
        var plans = await db.FloorPlans.AsNoTracking().AsSplitQuery()
            .Include(plan => plan.Places).Include(plan => plan.Shapes.OrderBy(shape => shape.Position))
            .Where(plan => published.Contains(plan.Id)).OrderBy(plan => plan.Id).ToListAsync(stop);
        var topics = await db.Topics.AsNoTracking().OrderBy(topic => topic.Position).ThenBy(topic => topic.Key).ToListAsync(stop);
        var equipment = await db.Equipment.AsNoTracking().OrderBy(thing => thing.Position).ThenBy(thing => thing.Key).ToListAsync(stop);
        var settings = await db.StoredSettings.ToDictionaryAsync(setting => setting.Key, setting => setting.Value, stop);
        var rules = await db.RuleSets.AsNoTracking().OrderBy(set => set.Id).ToListAsync(stop);
        var pools = await db.Pools.AsNoTracking().OrderBy(pool => pool.Id).ToListAsync(stop);
        return new HubDirectory(now, sites, spaces, follower.Follow(settings))
        {
            Stamp = stamp,
            Plans = plans,
            Topics = topics,
            Equipment = equipment,
            RuleSets = rules,
            Pools = pools,
            OpenedAt = await db.Set<HubState>().Select(hub => hub.OpenedAt).SingleOrDefaultAsync(stop),
            Settings = settings,
        };
    }
}
