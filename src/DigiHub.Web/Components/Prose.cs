using Ganss.Xss;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Syntax;

namespace DigiHub.Web.Components;

/// <summary>
/// Markdown by people as safe HTML: HTML in it is shown as text, and the result passes a strict
/// allowlist. No images (they would load from other servers), no classes, no styles.
/// </summary>
public static class Prose
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseSoftlineBreakAsHardlineBreak() // Enter in a text field means a new line
        .UseAutoLinks(new AutoLinkOptions { ValidPreviousCharacters = "*_~(" })
        .Build();

    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    /// <param name="headingAbove">
    /// The level of the heading the text stands under, 1 to 5; its own begin one below and leave none out.
    /// </param>
    public static string ToHtml(string? markdown, int headingAbove = 1)
    {
        if (string.IsNullOrWhiteSpace(markdown))
            return "";

        var document = Markdig.Markdown.Parse(markdown, Markdown);
        PutHeadingsInOrder(document, headingAbove);
        return Sanitizer.Sanitize(document.ToHtml(Markdown));
    }

    /// <summary>
    /// The first words of the text without its marks, for search engines and link previews; at most
    /// <paramref name="lengthMax"/> characters.
    /// </summary>
    public static string Summary(string? markdown, int lengthMax = 200)
    {
        if (string.IsNullOrWhiteSpace(markdown))
            return "";

        var words = Markdig.Markdown.ToPlainText(markdown, Markdown).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        if (text.Length <= lengthMax)
            return text;

        var end = text.LastIndexOf(' ', lengthMax - 1);
        // One word longer than all of it is cut between characters, but never inside a surrogate pair.
        if (end <= 0)
            end = char.IsHighSurrogate(text[lengthMax - 2]) ? lengthMax - 2 : lengthMax - 1;
        return text[..end].TrimEnd('.', ',', ';', ':') + "…";
    }

    /// <summary>Heading levels have no gaps, for screen readers: "###" right below the page's title becomes h2.</summary>
    private static void PutHeadingsInOrder(MarkdownDocument document, int headingAbove)
    {
        var previous = headingAbove;
        foreach (var heading in document.Descendants<HeadingBlock>())
            previous = heading.Level = Math.Clamp(heading.Level + headingAbove, headingAbove + 1, Math.Min(previous + 1, 6));
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "hr",
            },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "start" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https", "http", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        sanitizer.PostProcessNode += (_, step) =>
        {
            // Links by members are untrusted: nofollow, noopener, noreferrer.
            if (step.Node is AngleSharp.Html.Dom.IHtmlAnchorElement link)
                link.SetAttribute("rel", "nofollow noopener noreferrer ugc");
        };
        return sanitizer;
    }
}
