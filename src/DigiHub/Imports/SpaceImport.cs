using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Text;

namespace DigiHub.Imports;

/// <summary>Desks and rooms of one site, found by their names.</summary>
internal sealed class SpaceImport(Catalogue catalogue) : IImportKind
{
    public ImportKind Kind => ImportKind.Spaces;

    public IReadOnlyList<ImportColumn> Columns => SpaceColumns.All;

    public IReadOnlyList<string[]> Needed { get; } = [[SpaceColumns.Name]];

    public Permission Permission => Permission.ManageSites;

    public bool IsOfSite => true;

    public LockKey Lock => LockKey.OfCatalogue;

    public async Task<ImportRun> Open(HubDb db, int? siteId, CancellationToken stop)
    {
        var site = await db.Sites.AsNoTracking().Include(one => one.Floors).SingleAsync(one => one.Id == siteId, stop);
        var spaces = await db.Spaces.AsNoTracking().InUse().Include(space => space.Equipment).Include(space => space.Units).AsSplitQuery()
            .Where(space => space.SiteId == siteId).ToListAsync(stop);
        var things = await db.Equipment.AsNoTracking().OrderBy(thing => thing.Position).ToListAsync(stop);
        var rules = new SpaceImportRules(await db.RuleSets.AsNoTracking().OrderBy(set => set.Id).ToListAsync(stop), []);
        foreach (var kind in Enum.GetValues<SpaceKind>())
            if (await UsualRules.Find(db, kind, stop) is { } usual)
                rules.Usual[kind] = usual.Id;
        var pools = await db.Pools.AsNoTracking().Where(pool => pool.SiteId == siteId).OrderBy(pool => pool.Id).ToListAsync(stop);
        return new SpaceImportRun(Columns, site, spaces, things, rules, new(pools, catalogue));
    }
}

internal static class SpaceColumns
{
    public const string Name = "name", Kind = "kind", Level = "level", ZoneGerman = "zoneGerman", ZoneEnglish = "zoneEnglish",
        Capacity = "capacity", Equipment = "equipment", Parts = "parts", Rules = "rules", Pool = "pool", Offered = "offered";

    public static IReadOnlyList<ImportColumn> All { get; } =
    [
        new(Name, new("Name", "Name")) { AlsoCalled = ["Raumname", "Platzname", "Resource", "Space", "Room", "Bezeichnung"] },
        new(Kind, new("Kind", "Art")) { AlsoCalled = ["Typ", "Type"] },
        new(Level, new("Floor", "Etage")) { AlsoCalled = ["Stockwerk", "Geschoss", "Level"] },
        new(ZoneGerman, new("Part of the floor (German)", "Bereich (deutsch)")) { AlsoCalled = ["Bereich", "Zone"], MayBeCleared = true },
        new(ZoneEnglish, new("Part of the floor (English)", "Bereich (englisch)")) { MayBeCleared = true },
        new(Capacity, new("Seats", "Plätze")) { AlsoCalled = ["Kapazität", "Capacity", "Sitzplätze", "Personen", "People"] },
        new(Equipment, new("Equipment", "Ausstattung")) { AlsoCalled = ["Features", "Amenities"], MayBeCleared = true },
        new(Parts, new("Made of", "Besteht aus")),
        new(Rules, new("Rules for booking", "Buchungsregeln")) { AlsoCalled = ["Rules", "Regeln", "Rule set", "Regelsatz"] },
        new(Pool, new("Pool", "Pool")) { MayBeCleared = true },
        new(Offered, new("On offer", "Im Angebot")) { AlsoCalled = ["Bookable", "Buchbar"] },
    ];

    public static IReadOnlyList<ImportChoice> Kinds { get; } =
    [
        new(nameof(SpaceKind.Desk), new("Desk", "Arbeitsplatz"), "Platz", "Schreibtisch"),
        new(nameof(SpaceKind.Room), new("Room", "Raum"), "Zimmer", "Besprechungsraum", "Meeting room"),
        new(nameof(SpaceKind.Booth), new("Phone booth", "Telefonbox"), "Booth", "Telefonzelle"),
        new(nameof(SpaceKind.Lab), new("Lab", "Labor")),
    ];
}

/// <summary>The sets of rules that rows may name.</summary>
/// <param name="Usual">By kind, those that a new space gets where its row names none; a kind without one gets the hub's first.</param>
internal sealed record SpaceImportRules(IReadOnlyList<RuleSet> All, Dictionary<SpaceKind, int> Usual)
{
    public RuleSet? Of(ImportCells cells) =>
        int.TryParse(cells.Of(SpaceColumns.Rules), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Of(id) : null;

    public RuleSet? Of(int id) => All.FirstOrDefault(rules => rules.Id == id);

    public RuleSet? Named(string typed) => All.FirstOrDefault(rules =>
        SearchText.Fold(typed) is var name
        && (SearchText.Fold(rules.Name.Words.German) == name || SearchText.Fold(rules.Name.Words.English) == name));

    public string Show(string value, Func<Words, string> of) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Of(id) is { } rules ? of(rules.Name) : value;
}

/// <summary>The pools of the site that rows may name.</summary>
internal sealed record SpaceImportPools(IReadOnlyList<Pool> All, Catalogue Catalogue)
{
    public Pool? Of(ImportCells cells) =>
        int.TryParse(cells.Of(SpaceColumns.Pool), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Of(id) : null;

    public Pool? Named(string typed) => All.FirstOrDefault(pool =>
        SearchText.Fold(typed) is var name
        && (SearchText.Fold(pool.Name.Words.German) == name || SearchText.Fold(pool.Name.Words.English) == name));

    public string Show(string value, Func<Words, string> of) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Of(id) is { } pool ? of(pool.Name) : value;

    private Pool? Of(int id) => All.FirstOrDefault(pool => pool.Id == id);
}

internal sealed class SpaceImportRun : KeyedImportRun
{
    private const char Between = ',', BetweenParts = '|';

    private static readonly string[] fixedColumns = [SpaceColumns.Kind, SpaceColumns.Parts];

    private readonly Site site;
    private readonly IReadOnlyList<DigiHub.Spaces.Equipment> things;
    private readonly IReadOnlyList<ImportChoice> equipment;
    private readonly SpaceImportRules rules;
    private readonly SpaceImportPools pools;
    private readonly Dictionary<int, int> levels;
    private readonly List<Space> spaces;
    private readonly Dictionary<string, (Guid Id, ImportCells Cells)> there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<Guid, Space> now = [];
    private HashSet<int> inUse = [];
    private HubDirectory map = null!;
    private int count;

    public SpaceImportRun(
        IReadOnlyList<ImportColumn> columns, Site site, List<Space> spaces, IReadOnlyList<DigiHub.Spaces.Equipment> things,
        SpaceImportRules rules, SpaceImportPools pools)
        : base(columns)
    {
        (this.site, this.things, this.rules, this.pools, count) = (site, things, rules, pools, spaces.Count);
        equipment = [.. things.Select(thing => new ImportChoice(thing.Key, thing.Name.Words))];
        levels = site.Floors.ToDictionary(floor => floor.Id, floor => floor.Level);
        // Those that are made of others come last, so that the others are there when they are read.
        this.spaces = [.. spaces.OrderBy(space => space.Units.Count).ThenBy(space => levels[space.FloorId])
            .ThenBy(space => space.Name, StringComparer.Ordinal)];
        foreach (var space in this.spaces)
        {
            there.TryAdd(KeyOf(space.Name), (Subject.Numbered(space.Id), CellsOf(space)));
            names.TryAdd(space.Name, space.Name);
        }
    }

    protected override string KeyColumn => SpaceColumns.Name;

    public override IEnumerable<(Guid Id, ImportCells Cells)> All() => spaces.Select(space => there[KeyOf(space.Name)]);

    public override Words Show(string column, string value) => column switch
    {
        SpaceColumns.Kind => ShowChoice(value, SpaceColumns.Kinds),
        SpaceColumns.Rules => new(rules.Show(value, name => name.English), rules.Show(value, name => name.German)),
        SpaceColumns.Pool => new(pools.Show(value, name => name.English), pools.Show(value, name => name.German)),
        SpaceColumns.Offered => ShowChoice(value, ImportChoice.YesNo),
        SpaceColumns.Equipment => ShowEquipment(value),
        SpaceColumns.Parts => new(value.Replace("|", " | ", StringComparison.Ordinal), value.Replace("|", " | ", StringComparison.Ordinal)),
        _ => new(value, value),
    };

    protected override string KeyOf(string value) => value.ToUpperInvariant();

    protected override (Guid Id, ImportCells Cells)? Find(string key) => there.TryGetValue(key, out var found) ? found : null;

    protected override Outcome<string> Read(ImportColumn column, string typed) => column.Key switch
    {
        SpaceColumns.Name => typed,
        SpaceColumns.ZoneGerman or SpaceColumns.ZoneEnglish => typed,
        SpaceColumns.Kind => ReadChoice(column, typed, SpaceColumns.Kinds),
        SpaceColumns.Rules => ReadRules(column, typed),
        SpaceColumns.Pool => ReadPool(column, typed),
        SpaceColumns.Offered => ReadChoice(column, typed, ImportChoice.YesNo),
        SpaceColumns.Equipment => ReadEquipment(column, typed),
        SpaceColumns.Parts => ReadParts(column, typed),
        _ => ReadNumber(column, typed),
    };

    protected override IEnumerable<string> NeededOfNew(ImportCells given)
    {
        yield return SpaceColumns.Kind;
        yield return SpaceColumns.Level;
        if (given.Of(SpaceColumns.Kind) is nameof(SpaceKind.Room) or nameof(SpaceKind.Lab))
            yield return SpaceColumns.Capacity;
    }

    protected override ImportCells Filled(ImportCells given)
    {
        // What can't be read as a floor or a number of seats is refused right after; until then anything will do.
        var kind = KindOf(given);
        var floor = new Floor { SiteId = site.Id, Level = Number(given, SpaceColumns.Level) ?? 0, Name = default };
        var space = NewSpace(given, floor, UsualRules.New(kind), [0]);
        space.RulesId = rules.Of(given)?.Id ?? rules.Usual.GetValueOrDefault(kind);
        Change(space, given, things);
        var full = CellsOf(space);
        foreach (var column in new[] { SpaceColumns.Level, SpaceColumns.Parts })
            full[column] = given.Of(column);
        if (given.Of(SpaceColumns.ZoneGerman).Length + given.Of(SpaceColumns.ZoneEnglish).Length > 0)
        {
            foreach (var half in new[] { SpaceColumns.ZoneGerman, SpaceColumns.ZoneEnglish })
                full[half] = given.Of(half); // the usual one of the other language would be another part of the floor
        }

        return full;
    }

    protected override Refusal? WhyNot(Guid? id, ImportCells before, ImportCells after)
    {
        if (id is null && count >= AddSpaces.SpacesOfSiteMax)
            return AddSpaces.TooManySpaces;
        if (id is not null
            && fixedColumns.Where(column => before.Of(column) != after.Of(column)).Select(Column).FirstOrDefault() is { } changed)
            return ImportRefusals.Fixed(changed);
        if (id is not null && after.Of(SpaceColumns.ZoneGerman).Length + after.Of(SpaceColumns.ZoneEnglish).Length == 0)
            return ImportRefusals.CannotBeCleared(Column(SpaceColumns.ZoneGerman));
        if (Number(after, SpaceColumns.Level) is { } level and (< SpacesDraft.LevelMin or > SpacesDraft.LevelMax))
            return SpacesReading.LevelOutOfRange;
        if (pools.Of(after) is { } pool && pool.Kind != KindOf(after))
            return PoolRules.NotOfKind(pool, after.Of(SpaceColumns.Name));
        return SpaceChangeRules.WhyNot(ChangeOf(after), 1);
    }

    protected override void Added(string key, ImportCells cells)
    {
        count++;
        names.TryAdd(cells.Of(SpaceColumns.Name), cells.Of(SpaceColumns.Name));
    }

    public override async Task<Refusal?> Write(IReadOnlyList<ImportRow> rows, WritingContext context)
    {
        var (db, siteId, stop) = (context.Db, context.SiteId!.Value, context.Stop);
        map = await pools.Catalogue.InForce(db, stop); // before anything is written
        var tracked = await db.Sites.Include(one => one.Floors).SingleAsync(one => one.Id == siteId, stop);
        var all = await db.Spaces.InUse().Include(space => space.Equipment).Include(space => space.Units).AsSplitQuery()
            .Where(space => space.SiteId == siteId).ToListAsync(stop);
        var byId = all.ToDictionary(space => Subject.Numbered(space.Id));
        var byName = all.DistinctBy(space => KeyOf(space.Name)).ToDictionary(space => KeyOf(space.Name), StringComparer.Ordinal);
        var unit = await db.Set<SpaceUnit>().MaxAsync(one => (int?)one.UnitId, stop) ?? 0;
        List<(ImportRow Row, Space Space)> added = [];
        var pooled = rows.Where(row => row.OurId is { } id && byId.ContainsKey(id) && row.CellsAfter.ContainsKey(SpaceColumns.Pool))
            .Select(row => (byId[row.OurId!.Value], pools.Of(row.CellsAfter)?.Id)).ToList();
        if ((await PoolMembership.Prepare(db, map, pooled, context.ActorId, context.Now, stop)).Refusal is { } refusal)
            return refusal;
        foreach (var row in rows)
        {
            var cells = row.CellsAfter;
            if (row.OurId is { } id)
            {
                if (!byId.TryGetValue(id, out var space))
                    return ImportRefusals.Gone;
                await Change(space, cells, tracked, context);
                continue;
            }

            var floor = await AddSpaces.FloorOf(db, tracked, Number(cells, SpaceColumns.Level)!.Value, stop);
            if (!tracked.Floors.Contains(floor))
                tracked.Floors.Add(floor);
            int[] units = [.. PartsOf(cells).SelectMany(part => byName[KeyOf(part)].Units).Select(one => one.UnitId).Distinct().Order()];
            var by = rules.Of(cells) is { } named
                ? await db.RuleSets.SingleAsync(set => set.Id == named.Id, stop) : await UsualRules.Of(db, KindOf(cells), stop);
            var made = NewSpace(cells, floor, by, units.Length > 0 ? units : [++unit]);
            Change(made, cells, things);
            db.Add(made);
            byName.Add(KeyOf(made.Name), made);
            added.Add((row, made));
        }

        await db.SaveChangesAsync(stop); // gives them their numbers
        foreach (var (row, space) in added)
        {
            row.OurId = Subject.Numbered(space.Id);
            db.Record(context.Now, context.ActorId, SetupActs.SpaceCreated, space.Id, space.Name);
        }

        return null;
    }

    public override async Task OpenForUndo(IReadOnlyList<ImportRow> rows, WritingContext context)
    {
        map = await pools.Catalogue.InForce(context.Db, context.Stop);
        now = (await context.Db.Spaces.Include(one => one.Equipment).Include(one => one.Units).AsSplitQuery()
            .Where(one => one.SiteId == context.SiteId).ToListAsync(context.Stop)).ToDictionary(one => Subject.Numbered(one.Id));
        inUse = await context.Db.ReferredTo<int>(typeof(Space), [typeof(SpaceUnit), typeof(SpaceEquipment)], context.Stop);
    }

    public override async Task<Refusal?> TakeBack(ImportRow row, WritingContext context)
    {
        if (!now.TryGetValue(row.OurId!.Value, out var space))
            return ImportRefusals.Gone;
        var (cells, after) = (CellsOf(space), row.CellsAfter);
        if (after.Keys.Where(column => column != SpaceColumns.Parts && !(column == SpaceColumns.Rules && after.Of(column).Length == 0))
            .Any(column => cells.Of(column) != after.Of(column)))
            return ImportRefusals.ChangedSince;
        if (row.Outcome == RowOutcome.Change)
        {
            if (row.CellsBefore.Of(SpaceColumns.Rules).Length > 0 && rules.Of(row.CellsBefore) is null)
                return ImportRefusals.ChangedSince; // the rules it had are gone
            if (row.CellsBefore.Of(SpaceColumns.Pool).Length > 0 && pools.Of(row.CellsBefore) is null)
                return ImportRefusals.ChangedSince; // so is its pool
            var wish = ChangeOf(row.CellsBefore).Pool?.Id;
            var left = await PoolMembership.Prepare(context.Db, map, row.CellsBefore.ContainsKey(SpaceColumns.Pool) ? [(space, wish)] : [],
                context.ActorId, context.Now, context.Stop);
            if (!left.IsDone)
                return left.Refusal;
            if (left.Value.Moved > 0)
                await context.Db.SaveChangesAsync(context.Stop); // the next row finds them where they are now
            await Change(space, row.CellsBefore, site, context);
            return null;
        }

        if (inUse.Contains(space.Id))
            return ImportRefusals.InUse;
        context.Db.Remove(space);
        context.Db.Record(context.Now, context.ActorId, SetupActs.SpaceDeleted, space.Id, space.Name);
        return null;
    }

    private static async Task Change(Space space, ImportCells cells, Site site, WritingContext context)
    {
        if (Number(cells, SpaceColumns.Level) is { } level)
            space.FloorId = (await AddSpaces.FloorOf(context.Db, site, level, context.Stop)).Id;
        var zone = ZoneOf(space, cells);
        EditSpaces.Change(context.Db, space, ChangeOf(cells) with { Zone = zone }, context.ActorId, context.Now);
    }

    /// <summary>The same of a space that is in no database.</summary>
    private static void Change(Space space, ImportCells cells, IReadOnlyList<DigiHub.Spaces.Equipment> things)
    {
        var change = ChangeOf(cells) with { Zone = ZoneOf(space, cells) };
        EditSpaces.Apply(space, change);
        EditSpaces.ApplyEquipment(space, change.Equipment?.Where(key => things.Any(thing => thing.Key == key)).ToList());
    }

    private static SpaceKind KindOf(ImportCells cells) =>
        Enum.TryParse<SpaceKind>(cells.Of(SpaceColumns.Kind), out var known) ? known : SpaceKind.Room;

    private static Space NewSpace(ImportCells cells, Floor floor, RuleSet rules, int[] units) => AddSpaces.New(
        new(KindOf(cells), cells.Of(SpaceColumns.Name), Number(cells, SpaceColumns.Capacity) ?? 1), floor, rules, units);

    /// <summary>Halves that are not named stay; without both nothing stays to be read, so then they stay, too.</summary>
    private static LocalisedText ZoneOf(Space space, ImportCells cells) => new(
        cells.TryGetValue(SpaceColumns.ZoneGerman, out var german) ? Filled(german) : space.Zone.German,
        cells.TryGetValue(SpaceColumns.ZoneEnglish, out var english) ? Filled(english) : space.Zone.English);

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    private static SpacesChange ChangeOf(ImportCells cells) => new()
    {
        Name = cells.TryGetValue(SpaceColumns.Name, out var name) ? name : null,
        Zone = new(Filled(cells.Of(SpaceColumns.ZoneGerman)), Filled(cells.Of(SpaceColumns.ZoneEnglish))),
        Capacity = Number(cells, SpaceColumns.Capacity),
        Equipment = cells.TryGetValue(SpaceColumns.Equipment, out var listed)
            ? listed.Split(Between, StringSplitOptions.RemoveEmptyEntries) : null,
        RulesId = Number(cells, SpaceColumns.Rules),
        Pool = cells.ContainsKey(SpaceColumns.Pool) ? new(Number(cells, SpaceColumns.Pool)) : null,
        IsOffered = cells.Of(SpaceColumns.Offered) is { Length: > 0 } offered ? offered == "true" : null,
    };

    private ImportCells CellsOf(Space space) => new()
    {
        [SpaceColumns.Name] = space.Name,
        [SpaceColumns.Kind] = space.Kind.ToString(),
        [SpaceColumns.Level] = levels.TryGetValue(space.FloorId, out var level) ? Write(level) : "",
        [SpaceColumns.ZoneGerman] = space.Zone.German ?? "",
        [SpaceColumns.ZoneEnglish] = space.Zone.English ?? "",
        [SpaceColumns.Capacity] = Write(space.Capacity),
        [SpaceColumns.Equipment] = InOrder(space.Equipment.Select(one => one.Key)),
        [SpaceColumns.Parts] = string.Join(BetweenParts, spaces.Where(part => IsPart(part, space)).Select(part => part.Name)
            .Order(StringComparer.Ordinal)),
        [SpaceColumns.Rules] = space.RulesId == 0 ? "" : Write(space.RulesId),
        [SpaceColumns.Pool] = space.PoolId is { } pool ? Write(pool) : "",
        [SpaceColumns.Offered] = space.IsOffered ? "true" : "false",
    };

    /// <summary>A hall takes all units of its parts, and more.</summary>
    private static bool IsPart(Space part, Space hall) => hall.Units.Count > 1 && part.Units.Count < hall.Units.Count
        && part.Units.TrueForAll(unit => hall.Units.Exists(one => one.UnitId == unit.UnitId));

    private string InOrder(IEnumerable<string> keys)
    {
        var wanted = keys.ToHashSet(StringComparer.Ordinal);
        return string.Join(Between, things.Select(thing => thing.Key).Where(wanted.Contains));
    }

    private Outcome<string> ReadEquipment(ImportColumn column, string typed)
    {
        List<string> keys = [];
        foreach (var part in typed.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var read = ReadChoice(column, part, equipment);
            if (!read.IsDone)
                return read.Refusal;
            keys.Add(read.Value);
        }

        return InOrder(keys);
    }

    private Outcome<string> ReadRules(ImportColumn column, string typed) => rules.Named(typed) is { } named
        ? Write(named.Id)
        : ImportRefusals.NoChoice(column, typed, [.. rules.All.Select(set => set.Name.Words)]);

    private Outcome<string> ReadPool(ImportColumn column, string typed) => pools.Named(typed) is { } named
        ? Write(named.Id)
        : pools.All.Count == 0 ? ImportRefusals.NoSuch(column, typed, nearest: null)
        : ImportRefusals.NoChoice(column, typed, [.. pools.All.Select(pool => pool.Name.Words)]);

    private Outcome<string> ReadParts(ImportColumn column, string typed)
    {
        List<string> parts = [];
        foreach (var part in typed.Split(BetweenParts, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!names.TryGetValue(part, out var name))
                return ImportRefusals.NoSuch(column, part, NearestName(part));
            parts.Add(name);
        }

        return string.Join(BetweenParts, parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private string? NearestName(string typed) => names.Keys
        .Select(name => (Name: name, Distance: SearchText.Distance(name.ToUpperInvariant(), typed.ToUpperInvariant())))
        .Where(one => one.Distance <= 1 + one.Name.Length / 4).OrderBy(one => one.Distance).Select(one => one.Name).FirstOrDefault();

    // Names of the hub's own may hold a comma, which parts them from each other: then the key stands there.
    private Words ShowEquipment(string value)
    {
        var shown = value.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(key => ShowChoice(key, equipment) is var name
            && (name.German + name.English).Contains(Between, StringComparison.Ordinal) ? new(key, key) : name).ToList();
        return new(string.Join(", ", shown.Select(one => one.English)), string.Join(", ", shown.Select(one => one.German)));
    }

    private static string[] PartsOf(ImportCells cells) =>
        cells.Of(SpaceColumns.Parts).Split(BetweenParts, StringSplitOptions.RemoveEmptyEntries);

    private static int? Number(ImportCells cells, string column) =>
        int.TryParse(cells.Of(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}
