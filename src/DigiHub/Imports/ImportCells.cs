using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace DigiHub.Imports;

/// <summary>
/// Values by column, in the one form in which they are compared and kept, which no language changes: "Desk", "monitor,window", "true".
/// An empty one is none.
/// </summary>
internal sealed class ImportCells : SortedDictionary<string, string>
{
    private static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public ImportCells()
        : base(StringComparer.Ordinal)
    {
    }

    public ImportCells(IEnumerable<KeyValuePair<string, string>> cells)
        : this()
    {
        foreach (var (column, value) in cells)
            this[column] = value;
    }

    /// <summary>Empty where nothing is known.</summary>
    public string Of(string column) => TryGetValue(column, out var value) ? value : "";

    public string Written => JsonSerializer.Serialize(this, json);

    public static ImportCells Kept(string written) => JsonSerializer.Deserialize<ImportCells>(written, json)!;
}
