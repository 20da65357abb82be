using System.Text.RegularExpressions;
using DigiHub.Web.Components;

namespace DigiHub.Web.Tests.Components;

public sealed class ProseTests
{
    [Fact]
    public void Makes_headings_lists_and_links_of_Markdown()
    {
        var html = Prose.ToHtml("# Agenda\n\n- **Kredit** als Code\n- [Folien](https://example.org/f?a=1&b=2)");

        Assert.Contains("<h2>Agenda</h2>", html, StringComparison.Ordinal);
        Assert.Contains("<li><strong>Kredit</strong> als Code</li>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/f?a=1&amp;b=2\" rel=\"nofollow noopener noreferrer ugc\">Folien</a>",
            html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# A\n# B", 1, "h2 h2")]
    [InlineData("### A\n###### B\n# C", 1, "h2 h3 h2")]
    [InlineData("# A\n## B\n## C", 2, "h3 h4 h4")]
    [InlineData("# A\n## B\n### C\n#### D\n##### E\n###### F", 1, "h2 h3 h4 h5 h6 h6")]
    public void Leaves_no_level_of_headings_out(string markdown, int headingAbove, string levels)
    {
        var html = Prose.ToHtml(markdown, headingAbove);

        var found = Regex.Matches(html, "<(?<level>h[1-6])>", RegexOptions.NonBacktracking);
        Assert.Equal(levels, string.Join(' ', found.Select(match => match.Groups["level"].Value)));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java&#115;cript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](vbscript:msgbox)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://tracker.example/p.gif)")]
    [InlineData("![x](x \"onerror=alert(1)\")")]
    [InlineData("[x](https://example.org \"\" onmouseover=\"alert(1)\")")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]")]
    [InlineData("```html\n<script>alert(1)</script>\n```")]
    [InlineData("`<iframe src=//evil.example>`")]
    [InlineData("<a href=\"https://example.org\" style=\"position:fixed\">x</a>")]
    [InlineData("<math><mtext></mtext><mglyph><style><!--</style><img title=\"--><img src onerror=alert(1)>\"></mglyph></math>")]
    [InlineData("> <form action=//evil.example><button>x</button></form>")]
    public async Task Can_do_no_harm(string markdown)
    {
        var html = Prose.ToHtml(markdown);

        var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
        Assert.Empty(page.QuerySelectorAll("script, img, svg, iframe, form, button, style, math, object, input"));
        var attributes = page.Body!.QuerySelectorAll("*").SelectMany(element => element.Attributes).ToList();
        Assert.All(attributes, attribute => Assert.True(attribute.Name is "href" or "rel" or "start", attribute.Name));
        Assert.All(attributes.Where(attribute => attribute.Name == "href"), attribute =>
            Assert.Matches("^(https?|mailto):", attribute.Value));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("# Agenda\n\nWir **zeigen** [es](https://example.org).", "Agenda Wir zeigen es.")]
    [InlineData("eins zwei drei vier fünf sechs sieben", "eins zwei drei vier…")]
    public void Sums_up_in_plain_words(string markdown, string summary) =>
        Assert.Equal(summary, Prose.Summary(markdown, lengthMax: 24));

    [Fact]
    public void Cuts_no_character_in_two()
    {
        var summary = Prose.Summary(string.Concat(Enumerable.Repeat("🎟", 60)), lengthMax: 20);

        Assert.True(summary.Length <= 20);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(summary)));
    }
}
