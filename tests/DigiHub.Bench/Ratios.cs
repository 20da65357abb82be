using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DigiHub.Bench;

/// <summary>
/// What each recorded measurement reached, in tests/bench.json: shares of ceilings that were measured in the same run, so that machines of
/// different speed can be compared. The newest record is the last; a change of a hot path adds one.
/// </summary>
/// <param name="file">Made by the first record.</param>
internal sealed class Ratios(string file)
{
    /// <summary>What fell by more than this is named: less is the noise of a machine that is shared.</summary>
    private const double FallMax = 0.2;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names are read by people
    };

    /// <param name="Commit">What was measured.</param>
    /// <param name="Shares">By what was measured; 1 is the ceiling.</param>
    private sealed record Entry(string Date, string Commit, IReadOnlyDictionary<string, double> Shares);

    public void Add(string date, string commit, IReadOnlyDictionary<string, double> shares)
    {
        var rounded = shares.ToDictionary(share => share.Key, share => Math.Round(share.Value, 4), StringComparer.Ordinal);
        File.WriteAllText(file, JsonSerializer.Serialize(Read().Append(new Entry(date, commit, rounded)), Format) + "\n");
    }

    /// <summary>
    /// What fell since the newest record, and what it measured and this run did not; empty if nothing.
    /// </summary>
    public IReadOnlyList<string> Fallen(IReadOnlyDictionary<string, double> shares)
    {
        if (Read() is not [.., var last])
            return [];
        return
        [
            .. from before in last.Shares
               let now = shares.GetValueOrDefault(before.Key)
               where now < before.Value * (1 - FallMax)
               select string.Create(CultureInfo.InvariantCulture,
                   $"{before.Key}: {now:P1} of its ceiling; {before.Value:P1} on {last.Date} ({last.Commit})"),
        ];
    }

    private IReadOnlyList<Entry> Read() =>
        File.Exists(file) ? JsonSerializer.Deserialize<IReadOnlyList<Entry>>(File.ReadAllText(file), Format)! : [];
}
