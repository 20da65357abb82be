using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <param name="Moved">Bookings of pools that went to another desk or room of theirs.</param>
/// <param name="Stayed">Bookings that stay, as bookings of that very desk or room: nothing else of their pool was free.</param>
public sealed record PoolMembersChanged(Pool Pool, int Added, int TakenOut, int Moved, int Stayed);

/// <summary>
/// Adds, renames and deletes the pools of a site and says which desks or rooms belong to them. It counts from the next booking on; what
/// becomes of bookings where one leaves a pool, <see cref="PoolMembership"/> says.
/// </summary>
public sealed class EditPools(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    private static readonly string[] derived = [nameof(Pool.Revision)];

    /// <summary>
    /// Refuses with not_found (also for who may not set up that site), name_missing, name_too_long, pool_name_taken and too_many_pools.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Pool>> Add(
        Guid? actorId, int siteId, LocalisedText name, SpaceKind kind, CancellationToken stop, Alongside<Pool>? along = null)
    {
        name = name.Each(TypedText.Line);
        if (PoolRules.WhyNot(name) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // two who add one of the same name wait for each other
            var now = clock.GetCurrentInstant();
            if (!await May(db, actorId, siteId, now, stop) || !await db.Set<Sites.Site>().AnyAsync(site => site.Id == siteId, stop))
                return Refusal.NotFound;
            var others = await db.Pools.AsNoTracking().Where(pool => pool.SiteId == siteId).ToListAsync(stop);
            if (others.Exists(other => RuleSetRules.SameName(other.Name, name)))
                return PoolRules.NameTaken;
            if (others.Count >= Pool.PoolsOfSiteMax)
                return PoolRules.TooManyPools;

            var pool = new Pool { SiteId = siteId, Name = name, Kind = kind };
            db.Add(pool);
            await db.SaveChangesAsync(stop); // gives it its number
            db.Record(now, actorId, SetupActs.PoolCreated, pool.Id, name.Words.German);
            return (Outcome<Pool>)pool;
        }, stop, along);
    }

    /// <summary>Refuses with not_found (also for who may not), name_missing, name_too_long, pool_name_taken and stale.</summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    public async Task<Outcome<Pool>> Rename(Guid? actorId, int id, LocalisedText name, int? ifRevision, CancellationToken stop)
    {
        name = name.Each(TypedText.Line);
        if (PoolRules.WhyNot(name) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            var found = await ToChange(db, actorId, id, ifRevision, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var pool = found.Value;
            var others = await db.Pools.AsNoTracking().Where(other => other.SiteId == pool.SiteId && other.Id != id).ToListAsync(stop);
            if (others.Exists(other => RuleSetRules.SameName(other.Name, name)))
                return PoolRules.NameTaken;
            pool.Name = name;
            if (FieldChanges.Of(db, pool, derived) is { } changes)
            {
                pool.Revision++;
                db.Record(now, actorId, SetupActs.PoolEdited, pool.Id, name.Words.German, changes);
            }

            return (Outcome<Pool>)pool;
        }, stop);
    }

    /// <summary>
    /// Exactly these belong to it from now on; who belonged to another pool leaves that one. Refuses with not_found (also for who may not),
    /// stale, not_of_pool, too_many_spaces and too_many_standing.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    public async Task<Outcome<PoolMembersChanged>> SetMembers(
        Guid? actorId, int id, IReadOnlyCollection<int> spaceIds, int? ifRevision, CancellationToken stop)
    {
        if (spaceIds.Count > Pool.MembersMax)
            return PoolRules.TooManyMembers;
        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // bookings in progress are committed and seen here
            var map = await catalogue.InForce(db, stop);
            var now = clock.GetCurrentInstant();
            var found = await ToChange(db, actorId, id, ifRevision, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var pool = found.Value;
            var spaces = await db.Spaces.Include(space => space.Equipment)
                .Where(space => space.PoolId == id || spaceIds.Contains(space.Id)).OrderBy(space => space.Id).ToListAsync(stop);
            if (spaceIds.Except(spaces.Select(space => space.Id)).Any())
                return Refusal.NotFound;
            List<Space> coming = [.. spaces.Where(space => space.PoolId != id)];
            List<Space> leaving = [.. spaces.Where(space => space.PoolId == id && !space.IsGone && !spaceIds.Contains(space.Id))];
            if (PoolRules.WhyNotIn(pool, coming, "spaceIds") is { } other)
                return other;

            var left = await PoolMembership.Prepare(
                db, map, [.. leaving.Select(space => (space, (int?)null)), .. coming.Select(space => (space, (int?)id))],
                actorId, now, stop);
            if (!left.IsDone)
                return left.Refusal;
            foreach (var space in leaving)
                EditSpaces.Change(db, space, new() { Pool = PoolWish.None }, actorId, now);
            foreach (var space in coming)
                EditSpaces.Change(db, space, new() { Pool = new(id) }, actorId, now);
            return (Outcome<PoolMembersChanged>)new PoolMembersChanged(
                pool, coming.Count, leaving.Count, left.Value.Moved, left.Value.Stayed);
        }, stop);
    }

    /// <summary>
    /// What belonged to it belongs to none from then on, and past bookings keep their desk or room. Refuses with not_found (also for who
    /// may not), stale and pool_in_use: while a booking ahead was made through it, it stays.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="ifRevision">The one the actor has seen; null: whichever it is.</param>
    public Task<Outcome<Pool>> Delete(Guid? actorId, int id, int? ifRevision, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue], stop); // nobody books through it meanwhile
        var now = clock.GetCurrentInstant();
        var found = await ToChange(db, actorId, id, ifRevision, now, stop);
        if (!found.IsDone)
            return found.Refusal;
        if (await db.Bookings.CountAsync(booking => booking.PoolId == id && booking.Status == BookingStatus.Confirmed
            && booking.Start > now, stop) is > 0 and var ahead)
            return PoolRules.InUse(ahead);
        var members = await db.Spaces.Include(space => space.Equipment).Where(space => space.PoolId == id).ToListAsync(stop);
        foreach (var space in members)
            EditSpaces.Change(db, space, new() { Pool = PoolWish.None }, actorId, now);
        db.Remove(found.Value);
        db.Record(now, actorId, SetupActs.PoolDeleted, id, found.Value.Name.Words.German);
        return found;
    }, stop);

    private static async Task<Outcome<Pool>> ToChange(
        HubDb db, Guid? actorId, int id, int? ifRevision, Instant now, CancellationToken stop)
    {
        if (await db.Pools.SingleOrDefaultAsync(one => one.Id == id, stop) is not { } pool
            || !await May(db, actorId, pool.SiteId, now, stop))
            return Refusal.NotFound;
        return ifRevision is { } seen && seen != pool.Revision ? Refusal.Stale : pool;
    }

    private static async Task<bool> May(HubDb db, Guid? actorId, int siteId, Instant now, CancellationToken stop) =>
        actorId is null || (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, siteId) == true;
}
