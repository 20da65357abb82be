using System.Text;
using System.Text.Json;

namespace DigiHub.Imports;

/// <summary>A column that a kind of import knows.</summary>
/// <param name="Key">Also the field that a refusal names.</param>
/// <param name="Heading">As exports write it.</param>
public sealed record ImportColumn(string Key, Words Heading)
{
    /// <summary>What else it is called by other programs, in either language.</summary>
    internal string[] AlsoCalled { get; init; } = [];

    /// <summary>"-" empties it.</summary>
    internal bool MayBeCleared { get; init; }

    /// <summary>Read, never written.</summary>
    internal bool IsReadOnly { get; init; }

    /// <summary>Something that can't be imported, and what to do instead.</summary>
    internal Refusal? WhyNot { get; init; }

    /// <summary>It is called so in exports.</summary>
    public bool IsCalled(string heading) => heading == Heading.German || heading == Heading.English;

    internal bool Is(string heading) => NamesOf().Any(name => Plain(name) == Plain(heading));

    internal IEnumerable<string> NamesOf() => [Heading.German, Heading.English, .. AlsoCalled, Key];

    /// <summary>Letters and digits alone, folded: "E-Mail" and "email" are the same.</summary>
    internal static string Plain(string heading)
    {
        var plain = new StringBuilder(heading.Length);
        foreach (var rune in SearchText.Fold(heading).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                plain.Append(rune.ToString());
        }

        return plain.ToString();
    }
}

/// <summary>A column of a file, and what it is taken for.</summary>
/// <param name="Heading">Empty for a column in which nothing stands.</param>
/// <param name="Key">Of an <see cref="ImportColumn"/>; null: not known, or left out.</param>
/// <param name="IsLeftOut">Somebody wishes so, or nothing stands in it.</param>
public sealed record MappedColumn(string Heading, string? Key, bool IsLeftOut = false)
{
    public bool IsUnknown => Key is null && !IsLeftOut;
}

/// <summary>What the columns of a file are taken for, in their order.</summary>
public static class ColumnMap
{
    /// <summary>Stands for a column that is left out, where somebody chooses.</summary>
    public const string LeaveOut = "-";

    /// <summary>How many signs of a heading may be wrong.</summary>
    private const int LikelyMax = 2;

    internal static string Write(IReadOnlyList<MappedColumn> columns) => JsonSerializer.Serialize(columns);

    internal static IReadOnlyList<MappedColumn> Kept(string written) => JsonSerializer.Deserialize<List<MappedColumn>>(written)!;

    /// <summary>Guesses what the headings mean.</summary>
    /// <param name="chosen">By heading: a column's key or <see cref="LeaveOut"/>; it counts before any guess.</param>
    /// <param name="remembered">The same of earlier imports; it counts where nothing else is known.</param>
    internal static IReadOnlyList<MappedColumn> Of(
        IReadOnlyList<string> headings, IReadOnlyList<ImportColumn> known,
        IReadOnlyDictionary<string, string> chosen, IReadOnlyDictionary<string, string> remembered)
    {
        return [.. headings.Select(heading => heading.Length == 0
            ? new MappedColumn(heading, null, IsLeftOut: true)
            : Choice(chosen, heading)
                ?? (known.FirstOrDefault(column => column.Is(heading)) is { } column ? new MappedColumn(heading, column.Key) : null)
                ?? Choice(remembered, heading) ?? new(heading, null))];

        MappedColumn? Choice(IReadOnlyDictionary<string, string> choices, string heading) =>
            !choices.TryGetValue(heading, out var key) ? null
            : key == LeaveOut ? new(heading, null, IsLeftOut: true)
            : known.FirstOrDefault(column => column.Key == key) is { WhyNot: null } ? new(heading, key) : null;
    }

    /// <summary>What still is in the way of reading rows: every unknown column, one that can't be imported, one that comes twice.</summary>
    internal static Refusal? WhyNot(IReadOnlyList<MappedColumn> columns, IReadOnlyList<ImportColumn> known, IReadOnlyList<string[]> needed)
    {
        List<Refusal> wrong = [];
        foreach (var unknown in columns.Where(column => column.IsUnknown))
        {
            var nearest = Nearest(unknown.Heading, known);
            wrong.Add(new("unknown_column", new(
                $"The column “{unknown.Heading}” is not known. Did you mean “{nearest.Heading.English}”?",
                $"Die Spalte „{unknown.Heading}“ ist nicht bekannt. Meinen Sie „{nearest.Heading.German}“?",
                $"Die Spalte „{unknown.Heading}“ ist nicht bekannt. Meinst du „{nearest.Heading.Familiar}“?"))
            { Field = "columns" });
        }

        foreach (var column in columns.Where(column => column.Key is not null).Select(column => known.First(one => one.Key == column.Key)))
        {
            if (column.WhyNot is { } forbidden)
                wrong.Add(forbidden);
        }

        foreach (var twice in columns.Where(column => column.Key is not null).GroupBy(column => column.Key!)
            .Where(same => same.Count() > 1))
        {
            wrong.Add(new("column_twice", new(
                $"“{twice.First().Heading}” and “{twice.Last().Heading}” are taken for the same. Leave one of them out.",
                $"„{twice.First().Heading}“ und „{twice.Last().Heading}“ gelten als dasselbe. Lassen Sie eine der beiden weg.",
                $"„{twice.First().Heading}“ und „{twice.Last().Heading}“ gelten als dasselbe. Lass eine der beiden weg."))
            { Field = "columns" });
        }

        if (wrong.Count == 0 && !needed.Any(together => together.All(key => columns.Any(column => column.Key == key))))
        {
            var missing = needed[0].Select(key => known.First(one => one.Key == key).Heading).First();
            wrong.Add(new("column_missing", new(
                $"There is no column “{missing.English}”, without which no row can be read.",
                $"Es fehlt die Spalte „{missing.German}“; ohne sie ist keine Zeile lesbar."))
            { Field = "columns" });
        }

        return Refusal.AllOf(wrong);
    }

    /// <summary>The nearest column, if it is so near that it is likely to be meant.</summary>
    internal static ImportColumn? Likely(string heading, IReadOnlyList<ImportColumn> known) =>
        Nearest(heading, known) is var nearest && nearest.NamesOf().Any(name =>
            SearchText.Distance(ImportColumn.Plain(heading), ImportColumn.Plain(name)) <= LikelyMax) ? nearest : null;

    /// <summary>The column whose name is nearest to what stands there.</summary>
    internal static ImportColumn Nearest(string heading, IReadOnlyList<ImportColumn> known)
    {
        var plain = ImportColumn.Plain(heading);
        return known.Where(column => column.WhyNot is null)
            .MinBy(column => column.NamesOf().Min(name => SearchText.Distance(plain, ImportColumn.Plain(name))))!;
    }
}
