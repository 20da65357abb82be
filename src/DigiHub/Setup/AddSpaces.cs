using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <param name="Spaces">In the order in which they were described.</param>
public sealed record SpacesAdded(Floor Floor, IReadOnlyList<Space> Spaces);

/// <summary>
/// Adds desks, rooms and phone booths to a floor of a site, all or none, and the floor itself where it is new. They can be booked from the
/// commit on, by the rules that were chosen, or else by those that most of their kind have (<see cref="UsualRules"/>). They are on no plan
/// until somebody places them there.
/// </summary>
public sealed class AddSpaces(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>More than the largest hub has; pages show all of a site.</summary>
    public const int SpacesOfSiteMax = 2_000;

    /// <summary>
    /// Refuses with not_found (also for who may not set up that site), level_out_of_range, desks_out_of_range, first_desk_without_number,
    /// room_unreadable, too_many_rooms, nothing_to_add, rules_unknown, space_name_taken and too_many_spaces.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    public async Task<Outcome<SpacesAdded>> Run(
        Guid? actorId, int siteId, SpacesDraft draft, CancellationToken stop, Alongside<SpacesAdded>? along = null)
    {
        var read = SpacesReading.Read(draft);
        if (!read.IsDone)
            return read.Refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // two who add to a site wait for each other: names and units
            var now = clock.GetCurrentInstant();
            if (actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSites, siteId) != true
                || await db.Sites.Include(one => one.Floors).SingleOrDefaultAsync(one => one.Id == siteId, stop) is not { } site)
                return Refusal.NotFound;

            var there = await db.Spaces.AsNoTracking().InUse().Where(space => space.SiteId == siteId)
                .Select(space => space.Name).ToListAsync(stop);
            var names = there.ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (read.Value.FirstOrDefault(space => names.Contains(space.Name)) is { } taken)
                return SpacesReading.NameTaken(taken.Name, taken.Kind);
            if (there.Count + read.Value.Count > SpacesOfSiteMax)
                return TooManySpaces;

            var floor = await FloorOf(db, site, draft.Level, stop);
            var chosen = await Chosen(db, draft, read.Value.Select(space => space.Kind).Distinct(), stop);
            if (!chosen.IsDone)
                return chosen.Refusal;

            var unit = await db.Set<SpaceUnit>().MaxAsync(one => (int?)one.UnitId, stop) ?? 0;
            Space[] spaces = [.. read.Value.Select((space, i) => New(space, floor, chosen.Value[space.Kind], unit + i + 1))];
            db.AddRange(spaces);
            await db.SaveChangesAsync(stop); // gives them their numbers
            foreach (var space in spaces)
                db.Record(now, actorId, SetupActs.SpaceCreated, space.Id, space.Name);
            return (Outcome<SpacesAdded>)new SpacesAdded(floor, spaces);
        }, stop, along);
    }

    private static async Task<Outcome<Dictionary<SpaceKind, RuleSet>>> Chosen(
        HubDb db, SpacesDraft draft, IEnumerable<SpaceKind> kinds, CancellationToken stop)
    {
        Dictionary<SpaceKind, RuleSet> chosen = [];
        foreach (var kind in kinds)
        {
            var id = kind == SpaceKind.Desk ? draft.DeskRulesId : kind == SpaceKind.Room ? draft.RoomRulesId : null;
            if (id is null)
                chosen[kind] = await UsualRules.Of(db, kind, stop);
            else if (await db.RuleSets.SingleOrDefaultAsync(rules => rules.Id == id, stop) is { } known)
                chosen[kind] = known;
            else
                return RuleSetRules.Unknown(kind == SpaceKind.Desk ? "deskRules" : "roomRules");
        }

        return chosen;
    }

    /// <summary>The floor of that level; a new one, with its number, where there is none. The site was loaded with its floors.</summary>
    internal static async Task<Floor> FloorOf(HubDb db, Site site, int level, CancellationToken stop)
    {
        if (site.Floors.Find(one => one.Level == level) is { } there)
            return there;
        var floor = new Floor { SiteId = site.Id, Level = level, Name = FloorName(level) };
        db.Add(floor);
        await db.SaveChangesAsync(stop); // gives it its number
        return floor;
    }

    internal static Refusal TooManySpaces { get; } = new("too_many_spaces", new(
        $"A site has at most {SpacesOfSiteMax} desks and rooms.",
        $"Ein Standort hat höchstens {SpacesOfSiteMax} Plätze und Räume."));

    private static LocalisedText FloorName(int level) => level switch
    {
        0 => new("Erdgeschoss", "Ground floor"),
        < 0 => Numbered("{0}. Untergeschoss", "Basement {0}", -level),
        _ => Numbered("{0}. Etage", "Floor {0}", level),
    };

    private static LocalisedText Numbered(string german, string english, int number) => new(
        string.Format(CultureInfo.InvariantCulture, german, number), string.Format(CultureInfo.InvariantCulture, english, number));

    /// <param name="units">That it takes: one of its own, or those of its parts.</param>
    internal static Space New(NewSpace draft, Floor floor, RuleSet rules, params IEnumerable<int> units) => new()
    {
        SiteId = floor.SiteId,
        FloorId = floor.Id,
        Kind = draft.Kind,
        Name = draft.Name,
        Zone = draft.Kind switch
        {
            SpaceKind.Desk => new("Plätze", "Desks"),
            SpaceKind.Booth => new("Telefonboxen", "Booths"),
            _ => new("Räume", "Rooms"),
        },
        Capacity = draft.Capacity,
        Rules = rules,
        Units = [.. units.Select(unit => new SpaceUnit { UnitId = unit })],
    };
}
