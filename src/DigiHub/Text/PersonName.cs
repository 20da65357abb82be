using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DigiHub.Text;

/// <summary>
/// What somebody is called: one line with a visible letter in it, in composed Unicode, single spaces, nothing invisible and nothing that a
/// mail program would make a link of, because strangers' names go out in our mail.
/// </summary>
public sealed partial class PersonName : IEquatable<PersonName>
{
    /// <summary>UTF-16 units.</summary>
    public const int LengthMax = 100;

    private PersonName(string text) => Text = text;

    public string Text { get; }

    /// <summary>By which it is found: <see cref="SearchText.Fold"/> of it.</summary>
    public string SearchKey => SearchText.Fold(Text);

    /// <summary>
    /// To stand inside a sentence: a name in letters that run from right to left is isolated, or the words around it would change places
    /// (UAX 9, 2.4.2). Where it stands alone in a page, the element bdi does the same.
    /// </summary>
    public string Isolated => Text.EnumerateRunes().Any(RunsToTheLeft) ? $"\u2068{Text}\u2069" : Text;

    /// <summary>
    /// What somebody typed, trimmed, with runs of white space (line ends among it) as one space. Refuses with name_missing, name_too_long,
    /// name_invisible, name_letters and name_link, all of the field "name".
    /// </summary>
    public static Outcome<PersonName> Parse(string? typed)
    {
        if (typed is null || Signs.Trim(typed) is not { Length: > 0 } trimmed)
            return Missing;
        if (trimmed.Length > LengthMax * 4)
            return TooLong; // before any work that grows with it
        if (Signs.Composed(trimmed) is not { } composed)
            return NoNotification;
        var name = Tight().Replace(InSingleSpaces(composed), "$& ");
        if (name.EnumerateRunes().Any(Signs.IsInvisible))
            return Invisible;
        if (name.Length > LengthMax)
            return TooLong;
        if (!name.EnumerateRunes().Any(Rune.IsLetter))
            return NoNotification;
        return NameAddresses.AreIn(name) ? Link : new PersonName(name);
    }

    public static bool TryParse(string? typed, [NotNullWhen(true)] out PersonName? name)
    {
        var outcome = Parse(typed);
        name = outcome.IsDone ? outcome.Value : null;
        return outcome.IsDone;
    }

    /// <summary>One that is known to be good: the constants of code.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static PersonName Of(string text) =>
        TryParse(text, out var name) ? name : throw new ArgumentException($"'{text}' is no name of a person.", nameof(text));

    /// <summary>From our own tables, where only such values are written: read without judging again.</summary>
    internal static PersonName Kept(string text) => new(text);

    /// <summary>A name may go wherever a text may, never the other way round.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator string?(PersonName? name) => name?.Text;

    public static bool operator ==(PersonName? one, PersonName? other) => Equals(one, other);

    public static bool operator !=(PersonName? one, PersonName? other) => !Equals(one, other);

    public bool Equals(PersonName? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as PersonName);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    // The blocks that UAX 9 gives to scripts that run to the left.
    private static bool RunsToTheLeft(Rune sign) =>
        sign.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    private static string InSingleSpaces(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var sign in text.EnumerateRunes())
        {
            if (!Signs.IsSpace(sign))
                line.Append(sign);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString();
    }

    /// <summary>A title without the space that belongs after its dot, "Dr.Müller": the space is put in, and it is no host.</summary>
    [GeneratedRegex(@"\b(?:Dr|Prof|Mag|Ing|Dipl|Hr|Fr|St)\.(?=\p{L})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Tight();

    public static Refusal Missing { get; } = Of("name_missing", "Enter your name.", "Geben Sie Ihren Namen ein.", "Gib deinen Namen ein.");

    private static Refusal TooLong { get; } = Of("name_too_long",
        $"A name can have at most {LengthMax} characters.", $"Ein Name darf höchstens {LengthMax} Zeichen haben.");

    private static Refusal Invisible { get; } = Of("name_invisible",
        "This name contains an invisible character. Type it by hand instead of copying it.",
        "In diesem Namen steckt ein unsichtbares Zeichen. Tippen Sie ihn ein, statt ihn zu kopieren.",
        "In diesem Namen steckt ein unsichtbares Zeichen. Tipp ihn ein, statt ihn zu kopieren.");

    private static Refusal NoNotification { get; } = Of("name_letters",
        "A name needs at least one letter.", "Ein Name braucht mindestens einen Buchstaben.");

    private static Refusal Link { get; } = Of("name_link",
        "A name can’t contain a web address. Put a space after each full stop.",
        "Ein Name darf keine Webadresse enthalten. Setzen Sie nach jedem Punkt ein Leerzeichen.",
        "Ein Name darf keine Webadresse enthalten. Setz nach jedem Punkt ein Leerzeichen.");

    private static Refusal Of(string code, string english, string german, string? familiar = null) =>
        new(code, new(english, german, familiar)) { Field = "name" };
}
