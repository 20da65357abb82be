using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <param name="Id">Null: none.</param>
public sealed record PoolWish(int? Id)
{
    public static PoolWish None { get; } = new((int?)null);
}

/// <summary>What desks and rooms are to be from now on. Null: each stays as it is.</summary>
public sealed record SpacesChange
{
    /// <summary>Of one space only: names are unique at a site.</summary>
    public string? Name { get; init; }

    /// <summary>Part of the floor, as people call it; a blank half falls back to the other language.</summary>
    public LocalisedText? Zone { get; init; }

    /// <summary>Seats.</summary>
    public int? Capacity { get; init; }

    /// <summary>Keys of all that stands in them.</summary>
    public IReadOnlyCollection<string>? Equipment { get; init; }

    /// <summary>The set of rules by which they are booked.</summary>
    public int? RulesId { get; init; }

    /// <summary>False takes them off the offer.</summary>
    public bool? IsOffered { get; init; }

    /// <summary>The pool to which they belong, or none.</summary>
    public PoolWish? Pool { get; init; }
}

/// <summary>
/// Changes desks and rooms of one site, many at once, all or none. Rules count for bookings that are made or moved from the commit on; what
/// is booked stays, with its set-up and tear-down, and what would be refused now is listed (<see cref="OutsideHours"/>). What becomes of
/// the bookings of a pool that a desk leaves, <see cref="PoolMembership"/> says.
/// </summary>
public sealed class EditSpaces(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public const int SpacesMax = 200;

    /// <summary>
    /// Says how many of them changed. Refuses with not_found (also for who may not set up their site, and where they are of several sites),
    /// too_many_spaces, name_missing, name_too_long, space_name_taken, number_out_of_range, rules_unknown, unknown_equipment,
    /// zone_too_long, space_retired, pool_unknown, not_of_pool and too_many_standing.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    public async Task<Outcome<int>> Run(Guid? actorId, IReadOnlyCollection<int> spaceIds, SpacesChange change, CancellationToken stop)
    {
        if (spaceIds.Count is 0 or > SpacesMax)
            return SpaceChangeRules.TooMany;
        if (SpaceChangeRules.WhyNot(change, spaceIds.Count) is { } refusal)
            return refusal;

        return await unitOfWork.Run<int>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var map = await catalogue.InForce(db, stop);
            var now = clock.GetCurrentInstant();
            var spaces = await db.Spaces.Include(space => space.Equipment).Where(space => spaceIds.Contains(space.Id))
                .OrderBy(space => space.Id).ToListAsync(stop);
            if (spaces.Count != spaceIds.Distinct().Count() || spaces.Select(space => space.SiteId).Distinct().Count() != 1
                || actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, spaces[0].SiteId) != true)
                return Refusal.NotFound;
            if (spaces.Find(space => space.IsGone) is { } gone)
                return SpaceChangeRules.IsRetired(gone);
            if (await WhyNot(db, spaces, change, stop) is { } clash)
                return clash;
            if (change.Pool is { } wish
                && (await PoolMembership.Prepare(
                    db, map, [.. spaces.Select(space => (space, wish.Id))], actorId, now, stop)).Refusal is { } unpooled)
                return unpooled;

            var changed = 0;
            foreach (var space in spaces)
                changed += Change(db, space, change, actorId, now) ? 1 : 0;

            return changed;
        }, stop);
    }

    /// <summary>
    /// Changes a space that was loaded with its equipment, in the caller's transaction, and records it. Says whether anything changed.
    /// </summary>
    internal static bool Change(HubDb db, Space space, SpacesChange change, Guid? actorId, Instant now)
    {
        Apply(space, change);
        var things = ApplyEquipment(space, change.Equipment);
        if (FieldChanges.Of(db, space, except: [], things ? ["equipment"] : []) is not { } changes)
            return false;
        db.Record(now, actorId, SetupActs.SpaceEdited, space.Id, space.Name, changes);
        return true;
    }

    private static async Task<Refusal?> WhyNot(HubDb db, List<Space> spaces, SpacesChange change, CancellationToken stop)
    {
        if (change.Equipment is { Count: > 0 } wanted
            && await db.Equipment.CountAsync(thing => wanted.Contains(thing.Key), stop) != wanted.Distinct(StringComparer.Ordinal).Count())
            return SpaceChangeRules.UnknownEquipment;
        if (change.RulesId is { } rulesId && !await db.RuleSets.AnyAsync(rules => rules.Id == rulesId, stop))
            return RuleSetRules.Unknown("rules");
        if (TypedText.Line(change.Name) is not { } name)
            return null;
        var (siteId, id) = (spaces[0].SiteId, spaces[0].Id);
        var others = await db.Spaces.InUse().Where(space => space.SiteId == siteId && space.Id != id)
            .Select(space => space.Name).ToListAsync(stop);
        return others.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? SpacesReading.NameTaken(name, spaces[0].Kind) with { Field = "name" }
            : null;
    }

    internal static void Apply(Space space, SpacesChange change)
    {
        space.Name = TypedText.Line(change.Name) ?? space.Name;
        space.Zone = change.Zone is { IsEmpty: false } zone ? zone.Each(TypedText.Line) : space.Zone;
        space.Capacity = change.Capacity ?? space.Capacity;
        space.RulesId = change.RulesId ?? space.RulesId;
        space.IsOffered = change.IsOffered ?? space.IsOffered;
        space.PoolId = change.Pool is { } pool ? pool.Id : space.PoolId;
    }

    /// <summary>Whether anything came or went.</summary>
    internal static bool ApplyEquipment(Space space, IReadOnlyCollection<string>? wanted)
    {
        if (wanted is null)
            return false;
        var gone = space.Equipment.RemoveAll(one => !wanted.Contains(one.Key));
        string[] come = [.. wanted.Distinct(StringComparer.Ordinal).Where(key => !space.Equipment.Exists(one => one.Key == key))];
        space.Equipment.AddRange(come.Select(key => new SpaceEquipment { SpaceId = space.Id, Key = key }));
        return gone + come.Length > 0;
    }
}
