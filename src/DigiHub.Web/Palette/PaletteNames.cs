using DigiHub.Spaces;
using DigiHub.Text;

namespace DigiHub.Web.Palette;

/// <summary>Finds desks, rooms and sites by what is typed of their names.</summary>
internal static class PaletteNames
{
    /// <summary>Shorter words are not forgiven a wrong sign: too many would be near.</summary>
    private const int ForgivenMin = 4;

    /// <summary>3: the same, 2: it begins so, 1: nearly; 0: another.</summary>
    /// <param name="name">One word of a name, folded.</param>
    public static int Likeness(string name, string word)
    {
        if (name == word)
            return 3;
        if (word.Length >= 2 && name.StartsWith(word, StringComparison.Ordinal))
            return 2;
        return word.Length >= ForgivenMin && Math.Abs(name.Length - word.Length) <= 2
            && SearchText.Distance(name, word) <= (word.Length < 6 ? 1 : 2) ? 1 : 0;
    }

    /// <summary>
    /// A line that says the whole name of something on offer, which may hold what would else be read as a number or a kind ("Room 4"): it,
    /// and the line without it.
    /// </summary>
    public static (Space? Space, string Line) Take(HubDirectory map, string typed)
    {
        var line = $" {SearchText.Typed(typed) ?? ""} ";
        var found = map.Spaces.Where(space => space.IsOffered)
            .Select(space => (Space: space, Name: $" {SearchText.Fold(space.Name)} "))
            .Where(one => one.Name.Length > 3 && line.Contains(one.Name, StringComparison.Ordinal))
            .OrderByDescending(one => one.Name.Length).FirstOrDefault();
        return found.Space is null ? (null, typed) : (found.Space, line.Replace(found.Name, "  ", StringComparison.Ordinal));
    }

    /// <summary>The site whose name, short name or slug has one of the words; and the other words.</summary>
    public static (SiteContext? Place, IReadOnlyList<string> Others) TakeSite(HubDirectory map, IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            var meant = map.Places.Where(place => WordsOf(place).Any(name => Likeness(name, word) is 3 or 1)).ToList();
            // What all sites are called is the name of none.
            if (meant is [var only])
                return (only, [.. words.Where(one => one != word && !WordsOf(only).Contains(one))]);
        }

        return (null, words);
    }

    /// <summary>On offer, the likest first, then by name.</summary>
    public static IEnumerable<Space> Spaces(HubDirectory map, IReadOnlyList<string> words) => words.Count == 0 ? [] :
        map.Spaces.Where(space => space.IsOffered)
            .Select(space => (Space: space, Likeness: Likeness(space, words)))
            .Where(one => one.Likeness > 0)
            .OrderByDescending(one => one.Likeness).ThenBy(one => one.Space.Name, StringComparer.Ordinal)
            .Select(one => one.Space);

    private static int Likeness(Space space, IReadOnlyList<string> words)
    {
        var own = SearchText.Fold(space.Name).Split(' ');
        return words.Min(word => own.Max(one => Likeness(one, word)));
    }

    private static IEnumerable<string> WordsOf(SiteContext place) =>
        new[] { place.Site.Name, place.Site.Slug, place.Site.Short.English, place.Site.Short.German }
            .SelectMany(name => SearchText.Fold(name).Split(' '));
}
