using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Setup;

/// <summary>A room that is made of others, as somebody describes it.</summary>
public sealed record HallDraft
{
    public string? Name { get; init; }

    public int Capacity { get; init; }

    /// <summary>Of the same site; at least two.</summary>
    public IReadOnlyCollection<int> PartIds { get; init; } = [];

    /// <summary>Null: those that most rooms have.</summary>
    public int? RulesId { get; init; }
}

/// <summary>
/// Rooms that are made of others: booking one books its parts, and the other way round, since it takes their units. What stands in a room
/// whose parts change takes the new ones in the same transaction; if that collides with anything, nothing changes and all of it is listed.
/// </summary>
public sealed class EditParts(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public const int PartsMax = 20;

    /// <summary>
    /// Refuses with not_found (also for who may not), name_missing, name_too_long, number_out_of_range, parts_missing, part_unknown,
    /// rules_unknown, space_name_taken and too_many_spaces.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    public async Task<Outcome<Space>> Add(Guid? actorId, int siteId, HallDraft draft, CancellationToken stop)
    {
        if (Refusal.AllOf([.. Wrong(draft)]) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if (await db.SiteToManage(actorId, siteId, Permission.ManageSites, now, stop) is null)
                return Refusal.NotFound;
            var there = await Of(db, siteId, stop);
            var name = TypedText.Line(draft.Name)!;
            if (there.Exists(space => string.Equals(space.Name, name, StringComparison.OrdinalIgnoreCase)))
                return SpacesReading.NameTaken(name, SpaceKind.Room) with { Field = "hallName" };
            if (there.Count >= AddSpaces.SpacesOfSiteMax)
                return AddSpaces.TooManySpaces;
            var parts = there.FindAll(space => draft.PartIds.Contains(space.Id) && CanBePart(space));
            if (parts.Count != draft.PartIds.Distinct().Count())
                return PartRefusals.Unknown;
            var rules = draft.RulesId is not { } rulesId ? await UsualRules.Of(db, SpaceKind.Room, stop)
                : await db.RuleSets.SingleOrDefaultAsync(one => one.Id == rulesId, stop);
            if (rules is null)
                return RuleSetRules.Unknown("hallRules");

            var floorId = parts[0].FloorId;
            var floor = await db.Floors.AsNoTracking().SingleAsync(one => one.Id == floorId, stop);
            var hall = AddSpaces.New(new(SpaceKind.Room, name, draft.Capacity), floor, rules, UnitsOf(parts));
            db.Add(hall);
            await db.SaveChangesAsync(stop); // gives it its number
            db.Record(now, actorId, SetupActs.SpaceCreated, hall.Id, $"{name} = {string.Join(" + ", parts.Select(part => part.Name))}");
            return (Outcome<Space>)hall;
        }, stop);
    }

    /// <summary>
    /// False if it is made of these already. Refuses with not_found (also for who may not), part_unknown, parts_missing (of one alone),
    /// is_part_itself and parts_collide, with a refusal for each collision beside it.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <param name="partIds">None: it is a room of its own.</param>
    public Task<Outcome<bool>> Change(Guid? actorId, int spaceId, IReadOnlyCollection<int> partIds, CancellationToken stop) =>
        unitOfWork.Run<bool>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // nobody books by the parts before, or gives out the same unit
            var map = await catalogue.InForce(db, stop);
            var now = clock.GetCurrentInstant();
            if (map.Space(spaceId) is not { IsGone: false, Kind: SpaceKind.Room or SpaceKind.Lab } seen
                || actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, seen.SiteId) != true)
                return Refusal.NotFound;
            var there = await Of(db, seen.SiteId, stop);
            var hall = there.Single(space => space.Id == spaceId);
            var parts = there.FindAll(space => partIds.Contains(space.Id) && space.Id != spaceId && CanBePart(space));
            if (parts.Count != partIds.Distinct().Count())
                return PartRefusals.Unknown;
            if (parts.Count is 1 or > PartsMax)
                return PartRefusals.TooFew;
            if (there.Find(space => space.Id != spaceId && map.PartsOf(space).Any(part => part.Id == spaceId)) is { } whole)
                return PartRefusals.IsPart(hall, whole);

            HashSet<int> before = [.. hall.Units.Select(unit => unit.UnitId)];
            if (parts.Count == 0 && before.Count == 1)
                return false;
            int[] after = parts.Count > 0 ? UnitsOf(parts) : [(await db.Set<SpaceUnit>().MaxAsync(one => (int?)one.UnitId, stop) ?? 0) + 1];
            if (before.SetEquals(after))
                return false;

            await db.AcquireLocks(before.Union(after).Select(LockKey.OfUnit), stop); // who frees space holds no other
            if (await Retake(db, map, hall, [.. before], after, now, stop) is { } collide)
                return collide;
            hall.Units.RemoveAll(unit => !after.Contains(unit.UnitId));
            hall.Units.AddRange(after.Where(unit => !before.Contains(unit))
                .Select(unit => new SpaceUnit { SpaceId = spaceId, UnitId = unit }));
            db.Record(now, actorId, SetupActs.PartsChanged, spaceId,
                $"{hall.Name} = {(parts.Count == 0 ? "-" : string.Join(" + ", parts.Select(part => part.Name)))}");
            return true;
        }, stop);

    /// <summary>What can be part of a room.</summary>
    public static bool CanBePart(Space space) => space.Kind != SpaceKind.Desk && !space.IsGone;

    /// <summary>Gives what stands in the hall the new units instead of the old ones, for the same times.</summary>
    private static async Task<Refusal?> Retake(
        HubDb db, HubDirectory map, Space hall, int[] before, int[] after, Instant now, CancellationToken stop)
    {
        int[] gone = [.. before.Except(after)], come = [.. after.Except(before)];
        var spaceId = hall.Id;
        List<Guid> holders =
        [
            .. await db.Bookings.Where(one => one.SpaceId == spaceId && one.Status == BookingStatus.Confirmed && one.End > now)
                .Select(one => one.Id).ToListAsync(stop),
            .. await db.Events.Where(one => one.SpaceId == spaceId && one.Status == EventStatus.Published && one.End > now)
                .Select(one => one.Id).ToListAsync(stop),
            .. await db.Set<SpaceClosure>().Where(one => one.SpaceId == spaceId && one.End > now).Select(one => one.Id).ToListAsync(stop),
        ];
        Guid[] theirs = [.. holders];
        var held = await db.Claims.AsNoTracking().Where(claim => theirs.Contains(claim.HolderId)).ToListAsync(stop);
        if (held.Count == 0)
            return null;

        var pattern = held.Where(claim => claim.UnitId == before[0]).ToList(); // each holder has the same times on each unit
        var window = new Span(pattern.Min(claim => claim.Start), pattern.Max(claim => claim.End));
        var others = (await db.Claims.AsNoTracking().Overlapping(come, window).ToListAsync(stop))
            .Where(claim => !holders.Contains(claim.HolderId)).ToList();
        var clashes = (from mine in pattern
                       from other in others
                       where new Span(mine.Start, mine.End).Overlaps(new Span(other.Start, other.End))
                       select other).DistinctBy(other => other.Holder).OrderBy(other => other.Start).ToList();
        if (clashes.Count > 0)
            return await PartRefusals.Collide(db, map, hall, clashes, stop);

        await ClaimSpace.Release(db, theirs, gone, stop);
        ClaimSpace.Copy(db, pattern, come);
        return null;
    }

    private static Task<List<Space>> Of(HubDb db, int siteId, CancellationToken stop) => db.Spaces.InUse().Include(space => space.Units)
        .Where(space => space.SiteId == siteId).OrderBy(space => space.Id).ToListAsync(stop);

    private static int[] UnitsOf(IEnumerable<Space> parts) =>
        [.. parts.SelectMany(part => part.Units).Select(unit => unit.UnitId).Distinct().Order()];

    private static IEnumerable<Refusal> Wrong(HallDraft draft)
    {
        var name = TypedText.Line(draft.Name);
        if (name is null)
            yield return new("name_missing", new("Enter a name.", "Geben Sie einen Namen ein.",
                "Gib einen Namen ein."))
            { Field = "hallName" };
        if (name?.Length > Space.NameMax)
            yield return new("name_too_long", new(
                $"Use at most {Space.NameMax} characters.", $"Höchstens {Space.NameMax} Zeichen sind möglich."))
            { Field = "hallName" };
        if (draft.Capacity is < 1 or > Space.PeopleMax)
            yield return RuleSetRules.OutOfRange("hallSeats", 1, Space.PeopleMax);
        if (draft.PartIds.Distinct().Count() is < 2 or > PartsMax)
            yield return PartRefusals.TooFew;
    }
}

/// <summary>Why a room cannot be made of these.</summary>
internal static class PartRefusals
{
    private const int ShownMax = 10;

    public static Refusal TooFew { get; } = new("parts_missing", new(
        $"Tick 2 to {EditParts.PartsMax} rooms.", $"Kreuzen Sie 2 bis {EditParts.PartsMax} Räume an.",
        $"Kreuze 2 bis {EditParts.PartsMax} Räume an."))
    { Field = "parts" };

    public static Refusal Unknown { get; } = new("part_unknown", new(
        "One of these rooms is no longer there. Choose from the list.",
        "Einen dieser Räume gibt es nicht mehr. Wählen Sie aus der Liste.",
        "Einen dieser Räume gibt es nicht mehr. Wähle aus der Liste."))
    { Field = "parts" };

    public static Refusal IsPart(Space space, Space whole) => new("is_part_itself", new(
        $"{space.Name} is part of {whole.Name}. Change the parts of {whole.Name} first.",
        $"{space.Name} ist Teil von {whole.Name}. Ändern Sie zuerst die Teile von {whole.Name}.",
        $"{space.Name} ist Teil von {whole.Name}. Ändere zuerst die Teile von {whole.Name}."))
    { Field = "parts" };

    /// <summary>The first says how many, and one follows for each.</summary>
    public static async Task<Refusal> Collide(
        HubDb db, HubDirectory map, Space hall, List<Claim> clashes, CancellationToken stop)
    {
        Guid[] ids = [.. clashes.Take(ShownMax).Select(claim => claim.HolderId)];
        var spaces = await db.Bookings.AsNoTracking().Where(one => ids.Contains(one.Id))
            .ToDictionaryAsync(one => one.Id, one => one.SpaceId, stop);
        var titles = await db.Events.AsNoTracking().Where(one => ids.Contains(one.Id))
            .ToDictionaryAsync(one => one.Id, one => one.Title.Words, stop);
        var time = map.PlaceOf(hall).Time;
        return new("parts_collide", clashes.Count == 1
            ? new($"1 booking of a part is in the way of what stands in {hall.Name}. Move or cancel it first.",
                $"1 Buchung eines Teils steht dem im Weg, was in {hall.Name} gebucht ist. Verschieben oder stornieren Sie sie zuerst.",
                $"1 Buchung eines Teils steht dem im Weg, was in {hall.Name} gebucht ist. Verschiebe oder storniere sie zuerst.")
            : new($"{clashes.Count} bookings of parts are in the way of what stands in {hall.Name}. Move or cancel them first.",
                $"{clashes.Count} Buchungen von Teilen stehen dem im Weg, was in {hall.Name} gebucht ist. "
                    + "Verschieben oder stornieren Sie sie zuerst.",
                $"{clashes.Count} Buchungen von Teilen stehen dem im Weg, was in {hall.Name} gebucht ist. Verschiebe oder storniere sie "
                    + "zuerst."))
        {
            Field = "parts",
            Also = [.. clashes.Take(ShownMax).Select(Clash)],
        };

        Refusal Clash(Claim claim)
        {
            var when = TimeWords.Span(new LocalSpan(time.Local(claim.Start), time.Local(claim.End)));
            var what = titles.TryGetValue(claim.HolderId, out var title) ? title
                : spaces.TryGetValue(claim.HolderId, out var id) && map.Space(id) is { } space ? new(space.Name, space.Name)
                : new Words("out of service", "außer Betrieb");
            return new("parts_collide", new($"{what.English}: {when.English}", $"{what.German}: {when.German}"));
        }
    }
}
