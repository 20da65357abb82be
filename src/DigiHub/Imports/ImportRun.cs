using System.Globalization;
using DigiHub.Data;

namespace DigiHub.Imports;

/// <summary>Compares the rows of a file with what the hub has at one moment, one after the other.</summary>
internal abstract class ImportRun(IReadOnlyList<ImportColumn> columns)
{
    /// <summary>Reads what is needed to plan these rows; before <see cref="Plan"/>.</summary>
    public virtual Task Load(HubDb db, IReadOnlyList<GivenRow> rows, CancellationToken stop) => Task.CompletedTask;

    /// <summary>What this row does now; in the order of the file.</summary>
    public abstract PlannedRow Plan(GivenRow row);

    /// <summary>A value as people read it.</summary>
    public abstract Words Show(string column, string value);

    protected ImportColumn Column(string key) => columns.First(column => column.Key == key);

    protected static Outcome<string> ReadNumber(ImportColumn column, string typed) =>
        int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : ImportRefusals.NoNumber(column, typed);

    protected static Outcome<string> ReadChoice(ImportColumn column, string typed, IReadOnlyCollection<ImportChoice> choices)
    {
        var plain = ImportColumn.Plain(typed);
        return choices.FirstOrDefault(choice => choice.Value == typed || choice.NamesOf().Any(name => ImportColumn.Plain(name) == plain))
            is { } found ? found.Value : ImportRefusals.NoChoice(column, typed, [.. choices.Select(choice => choice.Name)]);
    }

    protected static Words ShowChoice(string value, IEnumerable<ImportChoice> choices) =>
        choices.FirstOrDefault(choice => choice.Value == value)?.Name ?? new(value, value);
}

/// <summary>Writes rows one by one, each in a commit of its own, and takes them back so.</summary>
internal abstract class RowByRowImportRun(IReadOnlyList<ImportColumn> columns) : ImportRun(columns)
{
    /// <summary>
    /// Decides again, and writes the row and that it is done in the caller's transaction; or says in the row why not. Does nothing if
    /// somebody else has done it. Refuses, with nothing written, when the database is too busy.
    /// </summary>
    public abstract Task<Outcome<ImportRow>> Write(Guid importId, int line, WritingContext context);

    /// <summary>The same of taking it back.</summary>
    public abstract Task<Outcome<ImportRow>> TakeBack(Guid importId, int line, WritingContext context);

    /// <summary>All rows are done: tells people, each once.</summary>
    public abstract Task Tell(Guid importId, WritingContext context);
}

/// <summary>
/// Finds things by a key, and writes what the rows change of them, all or nothing: one run sees the hub at one moment, under the kind's
/// lock.
/// </summary>
internal abstract class KeyedImportRun(IReadOnlyList<ImportColumn> columns) : ImportRun(columns)
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    /// <summary>By which a row finds its thing.</summary>
    protected abstract string KeyColumn { get; }

    /// <summary>All there is, each with its id and all its cells, in the order in which it can be imported again.</summary>
    public abstract IEnumerable<(Guid Id, ImportCells Cells)> All();

    /// <summary>Writes what was planned, in the caller's transaction, and fills in the ids of what is new.</summary>
    public abstract Task<Refusal?> Write(IReadOnlyList<ImportRow> rows, WritingContext context);

    /// <summary>Loads what these rows are about, as it is now; before <see cref="TakeBack"/>.</summary>
    public abstract Task OpenForUndo(IReadOnlyList<ImportRow> rows, WritingContext context);

    /// <summary>Takes one row back; null when that is done, else why it is left as it is.</summary>
    public abstract Task<Refusal?> TakeBack(ImportRow row, WritingContext context);

    public override PlannedRow Plan(GivenRow row)
    {
        row = Prepare(row);
        var keyColumn = Column(KeyColumn);
        if (!row.Cells.TryGetValue(KeyColumn, out var typedKey) || typedKey is null)
            return Refused(row, ImportRefusals.Missing(keyColumn));

        List<Refusal> wrong = [];
        ImportCells given = [];
        foreach (var (column, typed) in row.Cells)
        {
            var read = typed is not null ? Read(Column(column), typed)
                : Column(column).MayBeCleared ? "" : ImportRefusals.CannotBeCleared(Column(column));
            if (read.IsDone)
                given[column] = read.Value;
            else
                wrong.Add(read.Refusal);
        }

        if (Refusal.AllOf(wrong) is { } unreadable)
            return Refused(row, unreadable);
        var key = KeyOf(given[KeyColumn]);
        if (!lines.TryAdd(key, row.Line))
            return Refused(row, ImportRefusals.Twice(keyColumn, lines[key]));
        return Plan(row, key, given);
    }

    private PlannedRow Plan(GivenRow row, string key, ImportCells given)
    {
        if (Find(key) is not { } there)
        {
            if (Refusal.AllOf([.. NeededOfNew(given)
                .Where(column => given.Of(column).Length == 0).Select(column => ImportRefusals.Missing(Column(column)))]) is { } missing)
                return Refused(row, missing);
            var full = Filled(given);
            if (WhyNot(id: null, before: [], after: full) is { } refusal)
                return Refused(row, refusal);
            Added(key, full);
            return new(row.Line, RowOutcome.New, LabelOf(row), Why: null, [], full, OurId: null);
        }

        given[KeyColumn] = there.Cells.Of(KeyColumn); // found by it, however it is written
        var after = new ImportCells(there.Cells.Concat(given));
        var changed = after.Keys.Where(column => after.Of(column) != there.Cells.Of(column)).ToList();
        if (changed.Count == 0)
            return new(row.Line, RowOutcome.Same, LabelOf(row), Why: null, [], [], there.Id);
        return WhyNot(there.Id, there.Cells, after) is { } why
            ? Refused(row, why) with { OurId = there.Id }
            : new(row.Line, RowOutcome.Change, LabelOf(row), Why: null,
                Only(there.Cells, changed), Only(after, changed), there.Id);
    }

    /// <summary>Puts together what stands in several columns.</summary>
    protected virtual GivenRow Prepare(GivenRow row) => row;

    /// <summary>The form in which keys are equal.</summary>
    protected abstract string KeyOf(string value);

    /// <summary>Null: there is none of that key yet.</summary>
    protected abstract (Guid Id, ImportCells Cells)? Find(string key);

    /// <summary>What was typed, in the form in which values are kept; or why it is none.</summary>
    protected abstract Outcome<string> Read(ImportColumn column, string typed);

    /// <summary>The columns without which nothing new can be added.</summary>
    protected abstract IEnumerable<string> NeededOfNew(ImportCells given);

    /// <summary>The cells of something new, with what the hub fills in.</summary>
    protected virtual ImportCells Filled(ImportCells given) => given;

    /// <summary>Why it can't be as it would be.</summary>
    /// <param name="id">Null: it is new.</param>
    protected abstract Refusal? WhyNot(Guid? id, ImportCells before, ImportCells after);

    /// <summary>Rows to come may refer to it.</summary>
    protected virtual void Added(string key, ImportCells cells)
    {
    }

    protected virtual string LabelOf(GivenRow row) => row.Cells.GetValueOrDefault(KeyColumn) ?? "";

    private PlannedRow Refused(GivenRow row, Refusal why) => new(row.Line, RowOutcome.Refused, LabelOf(row), why, [], [], OurId: null);

    private static ImportCells Only(ImportCells cells, IReadOnlyCollection<string> columns) =>
        new(columns.Select(column => KeyValuePair.Create(column, cells.Of(column))));
}

/// <summary>One of a few values of a column.</summary>
/// <param name="Value">As it is kept.</param>
internal sealed record ImportChoice(string Value, Words Name, params string[] AlsoCalled)
{
    public static IReadOnlyList<ImportChoice> YesNo { get; } =
        [new("true", new("yes", "ja"), "wahr", "x", "1"), new("false", new("no", "nein"), "falsch", "0")];

    public IEnumerable<string> NamesOf() => [Name.German, Name.English, Value, .. AlsoCalled];
}

/// <summary>Who writes, when, and in which transaction.</summary>
/// <param name="ActorId">Null: the operator, by a command.</param>
/// <param name="SendsEmails">New people get an e-mail each.</param>
internal sealed record WritingContext(
    HubDb Db, int? SiteId, Guid? ActorId, Instant Now, bool SendsEmails, CancellationToken Stop);
