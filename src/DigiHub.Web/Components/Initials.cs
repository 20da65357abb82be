using System.Globalization;

namespace DigiHub.Web.Components;

/// <summary>"AL" for Ada Lovelace: the first letters of the first and the last word of a name.</summary>
public static class Initials
{
    /// <summary>One or two letters, "?" for a name without any.</summary>
    public static string Of(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => char.IsLetter(word, 0))
            .ToArray();
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    // By text element, so that an e-mail outside the basic plane or with combining marks stays whole.
    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
