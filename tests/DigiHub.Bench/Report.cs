using System.Globalization;

namespace DigiHub.Bench;

/// <summary>The measurements as a table, and each goal, met or missed.</summary>
internal sealed class Report
{
    private static readonly string[] Heads =
        ["what", "connections", "requests/s", "p50 ms", "p99 ms", "errors", "CPU ms each", "bytes each", "memory MB", "ceiling/s", "share"];

    private readonly List<string[]> rows = [];
    private readonly List<(string Text, bool IsMet)> goals = [];
    private readonly Dictionary<string, double> shares = new(StringComparer.Ordinal);

    /// <summary>Of ceilings measured in the same run, by what was measured and with how many connections.</summary>
    public IReadOnlyDictionary<string, double> Shares => shares;

    public int Missed => goals.Count(goal => !goal.IsMet);

    /// <summary>What is missed however fast the machine is: double bookings, answers that nobody expects.</summary>
    public int Wrong { get; private set; }

    /// <param name="expected">The statuses that are no errors.</param>
    public void Add(Measured measured, params int[] expected)
    {
        var load = measured.Load;
        Must(load.Count > 0 && Errors(load, expected) == "0",
            $"{measured.What} at {measured.Connections} connections: errors {Errors(load, expected)}; goal 0");
        rows.Add(
        [
            measured.What, Text(measured.Connections), Text(load.PerSecond), Text(load.Percentile(50)), Text(load.Percentile(99)),
            Errors(load, expected), Text(measured.CpuMilliseconds), Text(load.BytesEach), Text(measured.MemoryMb), Text(measured.Ceiling),
            measured.Share is { } share ? share.ToString("P1", CultureInfo.InvariantCulture) : "",
        ]);
        if (measured.Share is { } reached)
            shares[string.Create(CultureInfo.InvariantCulture, $"{measured.What}, {measured.Connections} connections")] = reached;
        Console.Error.WriteLine("  " + string.Join("  ", rows[^1]));
    }

    public void AddCeiling(string what, int connections, double? perSecond, LoadResult? load = null) => rows.Add(
    [
        what, Text(connections), Text(perSecond), load is null ? "" : Text(load.Percentile(50)),
        load is null ? "" : Text(load.Percentile(99)),
        "", "", "", "", "", "",
    ]);

    public void Goal(bool isMet, params FormattableString[] parts) =>
        goals.Add((string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))), isMet));

    /// <summary>A goal that no machine is too slow for.</summary>
    public void Must(bool isMet, params FormattableString[] parts)
    {
        Wrong += isMet ? 0 : 1;
        Goal(isMet, parts);
    }

    public void Print()
    {
        Console.WriteLine();
        foreach (var line in Table())
            Console.WriteLine(line);
        PrintGoals();
    }

    public void PrintGoals()
    {
        Console.WriteLine();
        foreach (var line in Goals())
            Console.WriteLine(line);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{goals.Count - Missed} goals met, {Missed} missed"));
    }

    /// <summary>As Markdown.</summary>
    public IEnumerable<string> Table()
    {
        var widths = Heads.Select((head, column) => rows.Append(Heads).Max(row => row[column].Length)).ToArray();
        yield return Row(Heads, widths);
        yield return "|" + string.Join('|',
            widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":")) + "|";
        foreach (var row in rows)
            yield return Row(row, widths);
    }

    public IEnumerable<string> Goals() => goals.Select(goal => $"{(goal.IsMet ? "met   " : "MISSED")}  {goal.Text}");

    private static string Row(string[] cells, int[] widths) =>
        "| " + string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])))
            + " |";

    private static string Errors(LoadResult load, int[] expected)
    {
        var others = load.Statuses.Where(status => !expected.Contains(status.Key)).OrderBy(status => status.Key)
            .Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value} × {status.Key}"));
        return string.Join(", ", others) is { Length: > 0 } errors ? errors : "0";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? figure) => figure switch
    {
        null => "",
        >= 100 => figure.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => figure.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => figure.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
