using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigiHub.Text;

/// <summary>
/// A text that people of the hub wrote in German, in English or in both. Who reads the language that is missing reads the other one. What
/// the hub itself says is <see cref="Words"/>, of which no half can be missing.
/// </summary>
[StructLayout(LayoutKind.Auto)]
[JsonConverter(typeof(LocalisedTextAsJson))]
public readonly record struct LocalisedText(string? German = null, string? English = null)
{
    /// <summary>Kept in the form of address of the moment.</summary>
    public static LocalisedText Of(Words words) => new(words.In(Language.German), words.English);

    /// <summary>Nothing, or nothing but blanks, in both languages.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(German) && string.IsNullOrWhiteSpace(English);

    /// <summary>Each half falls back to the other; both are empty where there is nothing.</summary>
    public Words Words => new(First(English, German), First(German, English));

    /// <summary>In the language of the request or notification that is being written.</summary>
    public string Here => In(Languages.Here);

    public string In(Language language) => Words.In(language);

    /// <summary>What was written in this language itself; null if nothing was.</summary>
    public string? Own(Language language) => language == Language.German ? German : English;

    /// <summary>Each half as <paramref name="clean"/> leaves it.</summary>
    public LocalisedText Each(Func<string?, string?> clean) => new(clean(German), clean(English));

    public override string ToString() => Here;

    public static implicit operator Words(LocalisedText text) => text.Words;

    public Words ToWords() => Words;

    /// <summary>As it stands in its column: {"de":"…","en":"…"}, a missing half left out.</summary>
    public string Written => JsonSerializer.Serialize(this, LocalisedTextAsJson.Plain);

    /// <exception cref="JsonException">The text is not what <see cref="Written"/> wrote.</exception>
    public static LocalisedText Kept(string written) => JsonSerializer.Deserialize<LocalisedText>(written, LocalisedTextAsJson.Plain);

    private static string First(string? wanted, string? other) =>
        !string.IsNullOrWhiteSpace(wanted) ? wanted : string.IsNullOrWhiteSpace(other) ? "" : other;
}
