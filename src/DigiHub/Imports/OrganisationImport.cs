using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Memberships;
using DigiHub.Organisations;

namespace DigiHub.Imports;

/// <summary>Organisations, found by their names, however they are spelled.</summary>
internal sealed class OrganisationImport : IImportKind
{
    public const string NameColumn = "name", KindColumn = "kind";

    public ImportKind Kind => ImportKind.Organisations;

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        new(NameColumn, new("Name", "Name")) { AlsoCalled = ["Organisation", "Organization", "Firma", "Company", "Unternehmen"] },
        new(KindColumn, new("Kind", "Art")) { AlsoCalled = ["Typ", "Type"] },
    ];

    public IReadOnlyList<string[]> Needed { get; } = [[NameColumn]];

    public Permission Permission => Permission.ManageOrganisations;

    public bool IsOfSite => false;

    public LockKey Lock => LockKey.OfAccess;

    public async Task<ImportRun> Open(HubDb db, int? siteId, CancellationToken stop) => new OrganisationImportRun(
        Columns,
        await db.Organisations.AsNoTracking().OrderBy(one => one.NameKey).ThenBy(one => one.Id).ToListAsync(stop),
        await db.OrganisationKinds.AsNoTracking().OrderBy(kind => kind.Position).ToListAsync(stop));
}

internal sealed class OrganisationImportRun : KeyedImportRun
{
    private readonly List<Organisation> organisations;
    private readonly Dictionary<string, Organisation> byKey = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ImportChoice> kinds;
    private Dictionary<Guid, Organisation> now = [];
    private HashSet<int> inUse = [];
    private int count;

    public OrganisationImportRun(
        IReadOnlyList<ImportColumn> columns, List<Organisation> organisations, IReadOnlyList<OrganisationKind> kinds)
        : base(columns)
    {
        (this.organisations, count) = (organisations, organisations.Count);
        this.kinds = [.. kinds.Select(kind => new ImportChoice(kind.Key, kind.Name.Words))];
        foreach (var organisation in organisations)
            byKey.TryAdd(organisation.NameKey, organisation);
    }

    protected override string KeyColumn => OrganisationImport.NameColumn;

    public override IEnumerable<(Guid Id, ImportCells Cells)> All() => organisations.Where(one => one.RetiredAt is null)
        .Select(one => (Subject.Numbered(one.Id), CellsOf(one)));

    public override Words Show(string column, string value) =>
        column == OrganisationImport.KindColumn ? ShowChoice(value, kinds) : new(value, value);

    protected override string KeyOf(string value) => SearchText.Fold(value);

    protected override (Guid Id, ImportCells Cells)? Find(string key) =>
        byKey.TryGetValue(key, out var found) ? (Subject.Numbered(found.Id), CellsOf(found)) : null;

    protected override Outcome<string> Read(ImportColumn column, string typed) =>
        column.Key == OrganisationImport.KindColumn ? ReadChoice(column, typed, kinds)
        : typed.Length > Organisation.NameMax ? OrganisationRules.NameTooLong
        : typed;

    protected override IEnumerable<string> NeededOfNew(ImportCells given) => [OrganisationImport.KindColumn];

    protected override Refusal? WhyNot(Guid? id, ImportCells before, ImportCells after) =>
        id is null && count >= OrganisationRules.OrganisationsMax ? OrganisationRules.TooMany
        : byKey.TryGetValue(KeyOf(after.Of(KeyColumn)), out var found) && found.RetiredAt is not null ? OrganisationRules.Retired
        : null;

    protected override void Added(string key, ImportCells cells) => count++;

    public override async Task<Refusal?> Write(IReadOnlyList<ImportRow> rows, WritingContext context)
    {
        var (db, stop) = (context.Db, context.Stop);
        var tracked = await db.Organisations.ToDictionaryAsync(one => Subject.Numbered(one.Id), stop);
        var slugs = tracked.Values.Select(one => one.Slug).ToHashSet(StringComparer.Ordinal);
        List<(ImportRow Row, Organisation Organisation)> added = [];
        foreach (var row in rows)
        {
            var cells = row.CellsAfter;
            if (row.OurId is { } id)
            {
                if (!tracked.TryGetValue(id, out var there))
                    return ImportRefusals.Gone;
                Change(there, cells, context);
                continue;
            }

            var name = cells.Of(OrganisationImport.NameColumn);
            var slug = OrganisationRules.FreeSlug(name, slugs);
            slugs.Add(slug);
            var organisation = new Organisation { Slug = slug, Name = name, Kind = cells.Of(OrganisationImport.KindColumn) };
            db.Add(organisation);
            added.Add((row, organisation));
        }

        await db.SaveChangesAsync(stop); // gives them their numbers
        foreach (var (row, organisation) in added)
        {
            row.OurId = Subject.Numbered(organisation.Id);
            db.Record(context.Now, context.ActorId, OrganisationActs.Created, organisation.Id, organisation.Name);
        }

        return null;
    }

    public override async Task OpenForUndo(IReadOnlyList<ImportRow> rows, WritingContext context)
    {
        now = await context.Db.Organisations.ToDictionaryAsync(one => Subject.Numbered(one.Id), context.Stop);
        inUse = await context.Db.ReferredTo<int>(typeof(Organisation), parts: [], context.Stop);
    }

    public override Task<Refusal?> TakeBack(ImportRow row, WritingContext context) => Task.FromResult(TakenBack(row, context));

    private Refusal? TakenBack(ImportRow row, WritingContext context)
    {
        if (!now.TryGetValue(row.OurId!.Value, out var organisation))
            return ImportRefusals.Gone;
        var (cells, after) = (CellsOf(organisation), row.CellsAfter);
        if (organisation.RetiredAt is not null || after.Keys.Any(column => cells.Of(column) != after.Of(column)))
            return ImportRefusals.ChangedSince;
        if (row.Outcome == RowOutcome.Change)
        {
            Change(organisation, row.CellsBefore, context);
            return null;
        }

        if (inUse.Contains(organisation.Id))
            return ImportRefusals.InUse;
        context.Db.Remove(organisation);
        context.Db.Record(context.Now, context.ActorId, OrganisationActs.Deleted, organisation.Id, organisation.Name);
        return null;
    }

    private static void Change(Organisation organisation, ImportCells cells, WritingContext context)
    {
        organisation.Kind = cells.Of(OrganisationImport.KindColumn);
        if (FieldChanges.Of(context.Db, organisation, except: [nameof(Organisation.NameKey)]) is { } changes)
            context.Db.Record(context.Now, context.ActorId, OrganisationActs.Edited, organisation.Id, changes: changes);
    }

    private static ImportCells CellsOf(Organisation organisation) => new()
    {
        [OrganisationImport.NameColumn] = organisation.Name,
        [OrganisationImport.KindColumn] = organisation.Kind,
    };
}
