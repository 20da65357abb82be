using System.Globalization;

namespace DigiHub;

/// <summary>The languages the hub speaks; everything a person reads exists in both.</summary>
public enum Language { German, English }

/// <summary>How German texts address their readers, which each hub chooses: as "Sie" or as "du".</summary>
public enum FormOfAddress { Formal, Familiar }

/// <summary>One sentence in both languages of the hub, written side by side so that none can be forgotten.</summary>
public readonly record struct Words(string English, string German)
{
    private readonly string? familiar;

    /// <param name="familiar">The German of a hub that says "du"; null where the same text serves.</param>
    public Words(string english, string german, string? familiar) : this(english, german) => this.familiar = familiar;

    /// <summary>The German of a hub that says "du". What is made of several parts is made of those of one form.</summary>
    public string Familiar => familiar ?? German;

    /// <summary>As the request or notification that is being written speaks (the thread's UI culture).</summary>
    public string Here => In(CultureInfo.CurrentUICulture);

    /// <summary>In the form of address of what is being written, whatever its own language.</summary>
    public string In(Language language) => In(language.Culture(Languages.Address));

    public string In(CultureInfo culture) =>
        Languages.Of(culture) == Language.English ? English : Languages.AddressOf(culture) == FormOfAddress.Familiar ? Familiar : German;

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

    private static readonly CultureInfo familiarGerman = CultureInfo.ReadOnly(new FamiliarCulture(German.Name));
    private static readonly CultureInfo familiarEnglish = CultureInfo.ReadOnly(new FamiliarCulture(English.Name));

    /// <summary>The language in which a page or notification is being written just now.</summary>
    public static Language Here => Of(CultureInfo.CurrentUICulture);

    /// <summary>German for every German culture, English for every other.</summary>
    public static Language Of(CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "de" ? Language.German : Language.English;

    /// <summary>Of the page or notification that is being written just now, in English too: it may quote German.</summary>
    public static FormOfAddress Address => AddressOf(CultureInfo.CurrentUICulture);

    public static FormOfAddress AddressOf(CultureInfo culture) =>
        culture is FamiliarCulture ? FormOfAddress.Familiar : FormOfAddress.Formal;

    public static CultureInfo Culture(this Language language, FormOfAddress address = FormOfAddress.Formal) => (language, address) switch
    {
        (Language.German, FormOfAddress.Familiar) => familiarGerman,
        (_, FormOfAddress.Familiar) => familiarEnglish,
        (Language.German, _) => German,
        _ => English,
    };

    /// <summary>The IETF tag: "de" or "en".</summary>
    public static string Tag(this Language language) => language == Language.German ? "de" : "en";

    /// <summary>Null for any tag but "de" and "en" (region ignored).</summary>
    public static Language? Parse(string? tag) => tag?.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "de" => Language.German,
        "en" => Language.English,
        _ => null,
    };

    /// <summary>Has the name of another and formats as it does; its type alone says that the hub says "du".</summary>
    private sealed class FamiliarCulture(string name) : CultureInfo(name, useUserOverride: false);
}
