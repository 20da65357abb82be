using DigiHub.Data;
using DigiHub.Spaces;
using Microsoft.Extensions.Logging;

namespace DigiHub.Claims;

/// <param name="Kept">How many things kept their local time.</param>
/// <param name="Collided">How many of them lost their space, or some of it, to another; /admin lists them.</param>
public sealed record Recomputed(int Kept, int Collided);

/// <summary>
/// What was agreed is the local time at the site. When a newer time zone database changes its offset
/// (summer time abolished, say), the instants of everything to come, its claims and its reminders follow: all of
/// a site in one transaction, since one may need the hour that another leaves. If two then overlap, the one that was booked
/// by the new rules already keeps it, else the older one; the other has no claim until somebody moves it.
/// </summary>
public sealed class RecomputeInstants(
    UnitOfWork unitOfWork, HubDbFactory databases, IEnumerable<IZoneFollower> followers, Catalogue catalogue, IClock clock,
    ILogger<RecomputeInstants> log)
{
    public async Task<Recomputed> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var (kept, collided) = (0, 0);
        foreach (var place in map.Places)
        {
            await using (var db = databases.Open())
            {
                if ((await OutOfDate(db, map, place, stop)).Count == 0)
                    continue;
            }

            var outcome = await unitOfWork.Run<Recomputed>(async db => await Recompute(db, map, place, stop), stop);
            if (outcome.Refusal is { } refusal)
            {
                log.LogError("The instants of site {Site} could not be recomputed: {Code}", place.Site.Id, refusal.Code);
                continue;
            }

            (kept, collided) = (kept + outcome.Value.Kept, collided + outcome.Value.Collided);
        }

        if (kept > 0)
            log.LogWarning("The zone's rules have changed: {Count} bookings, events and closures were recomputed", kept);
        if (collided > 0)
            log.LogError("{Count} of them lost their space to another; /admin lists them", collided);
        return new Recomputed(kept, collided);
    }

    private async Task<Recomputed> Recompute(HubDb db, HubDirectory map, SiteContext place, CancellationToken stop)
    {
        // Exclusive: nobody books at any site meanwhile. It is rare and short.
        await db.AcquireLocks([LockKey.OfCatalogue, .. ClaimSpace.Locks(map.Spaces)], stop);
        var found = await OutOfDate(db, map, place, stop);
        await db.AcquireLocks([.. found.Select(one => one.Lock).OfType<LockKey>()], stop);

        var holders = found.Where(one => one.Space is not null).OrderBy(one => one.Space!.PromisedAt).ToList();
        foreach (var holder in holders)
            await ClaimSpace.Release(db, holder.Thing, stop);

        foreach (var one in found)
            await one.SetRight();

        var collided = 0;
        foreach (var space in holders.Select(one => one.Space!))
        {
            if (await space.Take() is not null)
            {
                space.Lost();
                collided++;
            }

            await db.SaveChangesAsync(stop); // the next one checks for free space in the database
        }

        return new Recomputed(found.Count, collided);
    }

    private async Task<List<OutOfDate>> OutOfDate(HubDb db, HubDirectory map, SiteContext place, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<OutOfDate> found = [];
        foreach (var follower in followers)
            found.AddRange(await follower.OutOfDate(db, map, place, now, stop));
        return found;
    }
}
