using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace DigiHub.Web.Tests.Opening;

/// <summary>Where a German text says "Sie" to its reader, with some words around.</summary>
internal static partial class FormalWords
{
    public static IReadOnlyList<string> In(string text) => [.. Formal().Matches(text).Select(match => match.Value)];

    /// <summary>The text says "du".</summary>
    public static bool IsAnswered(string text) => Familiar().IsMatch(text);

    /// <summary>In the text and the attributes of a page, but for the choice of the form of address itself.</summary>
    public static IReadOnlyList<string> In(IHtmlDocument page)
    {
        foreach (var choice in page.QuerySelectorAll(".setting-choices").ToList())
            choice.Remove();
        var written = page.All.SelectMany(element => element.Attributes)
            .Where(attribute => attribute.Name is not ("href" or "src" or "action" or "id"))
            .Select(attribute => attribute.Value)
            .Append(page.DocumentElement.TextContent);
        return [.. written.SelectMany(In)];
    }

    [GeneratedRegex(@".{0,40}\b(Sie|Ihr|Ihre|Ihnen|Ihrem|Ihren|Ihrer|Ihres)\b.{0,40}", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Formal();

    [GeneratedRegex(@"\b(du|dir|dich|dein\w*)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Familiar();
}
