using System.Collections.Frozen;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Web.Palette;

/// <summary>The words the palette knows, of both languages at once, in the form of <see cref="SearchText"/>.</summary>
internal static class PaletteVocabulary
{
    public static readonly FrozenDictionary<string, SpaceKind> Kinds = Each(
        (SpaceKind.Desk, "desk desks workplace workplaces seat platz plätze plaetze arbeitsplatz arbeitsplätze arbeitsplaetze tisch"),
        (SpaceKind.Room, "room rooms meeting raum räume raeume besprechung besprechungsraum konferenzraum sitzung"),
        (SpaceKind.Booth, "booth booths phone telefonbox telefonboxen telefon box"),
        (SpaceKind.Lab, "lab labs labor labore"));

    public static readonly FrozenDictionary<string, DayPart> Parts = Each(
        (DayPart.Morning, "morning vormittag vormittags"),
        (DayPart.Afternoon, "afternoon nachmittag nachmittags"),
        (DayPart.Day, "ganztags ganztägig ganztaegig"));

    public static readonly FrozenDictionary<string, int> DaysAhead = Each(
        (0, "today heute"), (1, "tomorrow morgen"), (2, "übermorgen uebermorgen"));

    public static readonly FrozenDictionary<string, IsoDayOfWeek> Weekdays = Each(
        (IsoDayOfWeek.Monday, "mon mo montag montags"), (IsoDayOfWeek.Tuesday, "tue tues di dienstag dienstags"),
        (IsoDayOfWeek.Wednesday, "wed mi mittwoch mittwochs"), (IsoDayOfWeek.Thursday, "thu thur thurs do donnerstag donnerstags"),
        (IsoDayOfWeek.Friday, "fri fr freitag freitags"), (IsoDayOfWeek.Saturday, "sat sa samstag samstags sonnabend"),
        (IsoDayOfWeek.Sunday, "sun so sonntag sonntags"))
        .Concat(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)
            .Select(day => KeyValuePair.Create(SearchText.Fold(TimeWords.DayName(day).English), day)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By their names and the first three letters of these.</summary>
    public static readonly FrozenDictionary<string, int> Months = Enumerable.Range(1, 12)
        .SelectMany(month => new[] { TimeWords.MonthName(month).English, TimeWords.MonthName(month).German }
            .Select(SearchText.Fold).SelectMany(name => new[] { name, name[..3] }).Select(name => (name, month)))
        .Append(("maerz", 3)).Append(("sept", 9)).DistinctBy(one => one.Item1)
        .ToFrozenDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);

    public static readonly FrozenSet<string> Next =
        Set("next nächste nächsten nächster nächstes naechste naechsten kommende kommenden kommender");

    public static readonly FrozenSet<string> People = Set("people person persons personen leute pers p");

    public static readonly FrozenSet<string> Hours = Set("h hour hours std stunde stunden");

    public static readonly FrozenSet<string> MinuteWords = Set("min mins minute minutes minuten");

    public static readonly FrozenSet<string> Until = Set("until till to bis -");

    /// <summary>What follows is a number of people.</summary>
    public static readonly FrozenSet<string> For = Set("for für fuer");

    /// <summary>What follows is a time.</summary>
    public static readonly FrozenSet<string> At = Set("at um ab from von");

    /// <summary>They say nothing here. "Book" and the like: a line is a wish anyway.</summary>
    public static readonly FrozenSet<string> Fillers = Set("""
        a an the in on im am of with mit ein eine einen einem der die das den dem book buche buchen need find finde suche free frei
        freier freien please bitte uhr
        """);

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(SearchText.Fold).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, T> Each<T>(params ReadOnlySpan<(T Value, string Words)> all)
    {
        Dictionary<string, T> byWord = new(StringComparer.Ordinal);
        foreach (var (value, words) in all)
            foreach (var word in words.Split(' '))
                byWord[SearchText.Fold(word)] = value;
        return byWord.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
