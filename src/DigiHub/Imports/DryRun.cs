using DigiHub.Data;
using DigiHub.Text;

namespace DigiHub.Imports;

/// <summary>Compares a file with what the hub has, and keeps what it would do as rows.</summary>
internal static class DryRun
{
    extension(HubDb db)
    {
        /// <summary>
        /// Compares again and keeps the rows in place of those of before. Refuses with import_forgotten, and as
        /// <see cref="CsvTable.Read"/> does.
        /// </summary>
        public async Task<Outcome<IReadOnlyList<PlannedRow>>> Compare(Import import, IImportKind kind, CancellationToken stop)
        {
            var planned = await db.Plan(import, await kind.Open(db, import.SiteId, stop), stop);
            if (planned.IsDone)
                await db.Keep(import, planned.Value, stop);
            return planned;
        }

        /// <summary>What each row of the file does now.</summary>
        public async Task<Outcome<IReadOnlyList<PlannedRow>>> Plan(Import import, ImportRun run, CancellationToken stop)
        {
            if (import.File is not { } file)
                return ImportRefusals.Forgotten;
            var table = CsvTable.Read(file);
            if (!table.IsDone)
                return table.Refusal;
            var columns = ColumnMap.Kept(import.Columns);
            var given = table.Value.Rows.Select(row => Given(row, columns)).ToList();
            await run.Load(db, given, stop);
            return given.Select(run.Plan).Select(row =>
                row.Outcome == RowOutcome.Refused && import.LeavesOutRefused ? row with { Outcome = RowOutcome.Skipped } : row).ToList();
        }

        public async Task Keep(Import import, IReadOnlyList<PlannedRow> planned, CancellationToken stop)
        {
            var importId = import.Id;
            await db.ImportRows.Where(row => row.ImportId == importId).ExecuteDeleteAsync(stop);
            db.ImportRows.AddRange(planned.Select(row => new ImportRow
            {
                ImportId = importId,
                Line = row.Line,
                Outcome = row.Outcome,
                Label = row.Label,
                Code = row.Why?.Code,
                Field = row.Why?.Field,
                Why = WordsOf(row.Why),
                Before = row.Before.Written,
                After = row.After.Written,
                OurId = row.OurId,
            }));
            import.State = ImportState.Checked;
        }
    }

    /// <summary>The same as when it was looked at.</summary>
    public static bool IsSame(IReadOnlyList<ImportRow> kept, IReadOnlyList<PlannedRow> planned) =>
        kept.Count == planned.Count && kept.Zip(planned).All(pair =>
            pair.First.Line == pair.Second.Line && pair.First.Outcome == pair.Second.Outcome && pair.First.Code == pair.Second.Why?.Code
            && pair.First.OurId == pair.Second.OurId
            && pair.First.Before == pair.Second.Before.Written && pair.First.After == pair.Second.After.Written);

    private static GivenRow Given(CsvRow row, IReadOnlyList<MappedColumn> columns)
    {
        Dictionary<string, string?> cells = new(StringComparer.Ordinal);
        foreach (var (column, cell) in columns.Zip(row.Cells))
        {
            if (column.Key is not { } key)
                continue;
            if (cell.Trim() == "-")
                cells[key] = null;
            else if (TypedText.Line(CsvText.Meant(cell)) is { } value)
                cells[key] = value;
        }

        return new(row.Number, cells);
    }

    /// <summary>All that is wrong with a row, in one sentence.</summary>
    internal static LocalisedText? WordsOf(Refusal? why)
    {
        if (why is null)
            return null;
        var all = why.Also.Prepend(why).ToList();
        return new(
            German: string.Join("; ", all.Select(one => one.Message.In(Language.German))),
            English: string.Join("; ", all.Select(one => one.Message.English)));
    }
}
