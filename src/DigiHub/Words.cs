using System.Globalization;

namespace DigiHub;

/// <summary>The languages the hub speaks; everything a person reads exists in both.</summary>
public enum Language { German, English }

/// <summary>One sentence in both languages of the hub, written side by side so that none can be forgotten.</summary>
public readonly record struct Words(string English, string German)
{
    public string In(Language language) => language == Language.German ? German : English;

    /// <summary>In the language of the request or notification that is being written (the thread's UI culture).</summary>
    public string Here => In(Languages.Here);

    public override string ToString() => Here;
}

/// <summary>Counts as people read them: "1,234" and "1.234". Not for years, ids and codes.</summary>
public static class Figures
{
    public static Words Of(long number) => new(number.ToString("N0", Languages.English), number.ToString("N0", Languages.German));
}

public static class Languages
{
    public static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The language in which a page or notification is being written just now.</summary>
    public static Language Here => Of(CultureInfo.CurrentUICulture);

    /// <summary>German for every German culture, English for every other.</summary>
    public static Language Of(CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "de" ? Language.German : Language.English;

    public static CultureInfo Culture(this Language language) => language == Language.German ? German : English;

    /// <summary>The IETF tag: "de" or "en".</summary>
    public static string Tag(this Language language) => language == Language.German ? "de" : "en";

    /// <summary>Null for any tag but "de" and "en" (region ignored).</summary>
    public static Language? Parse(string? tag) => tag?.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "de" => Language.German,
        "en" => Language.English,
        _ => null,
    };
}
