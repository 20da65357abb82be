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
        public async Task<Outcome<ImportRun>> Compare(Import import, IImportKind kind, CancellationToken stop)
        {
            var run = await kind.Open(db, import.SiteId, stop);
            var planned = Plan(import, run);
            if (!planned.IsDone)
                return planned.Refusal;
            var importId = import.Id;
            await db.ImportRows.Where(row => row.ImportId == importId).ExecuteDeleteAsync(stop);
            db.ImportRows.AddRange(planned.Value.Select(row => new ImportRow
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
            return run;
        }
    }

    /// <summary>What each row of the file does now.</summary>
    public static Outcome<IReadOnlyList<PlannedRow>> Plan(Import import, ImportRun run)
    {
        if (import.File is not { } file)
            return ImportRefusals.Forgotten;
        var table = CsvTable.Read(file);
        if (!table.IsDone)
            return table.Refusal;
        var columns = ColumnMap.Kept(import.Columns);
        return table.Value.Rows.Select(row => run.Plan(Given(row, columns))).Select(row =>
            row.Outcome == RowOutcome.Refused && import.LeavesOutRefused ? row with { Outcome = RowOutcome.Skipped } : row).ToList();
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
    private static LocalisedText? WordsOf(Refusal? why)
    {
        if (why is null)
            return null;
        var all = why.Also.Prepend(why).ToList();
        return new(
            German: string.Join("; ", all.Select(one => one.Message.German)),
            English: string.Join("; ", all.Select(one => one.Message.English)));
    }
}
