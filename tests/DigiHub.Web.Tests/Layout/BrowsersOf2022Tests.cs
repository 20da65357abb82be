using System.Text.RegularExpressions;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Layout;

/// <summary>
/// A browser of spring 2022 (Safari 15.4, Firefox ESR 102, Chrome 100: the first that know cascade layers) shows every page: what it
/// does not know stands in <c>@supports</c>, or has a plain value before it, or is lost without harm. Words that fail here are either
/// younger than that (see the compatibility tables of MDN) or old and merely new to these lists.
/// </summary>
public sealed partial class BrowsersOf2022Tests
{
    private static readonly HashSet<string> properties = Words("""
        accent-color align-content align-items align-self animation appearance aspect-ratio background background-color background-image
        background-position background-repeat background-size border border-block border-block-end border-block-end-color border-block-start
        border-block-start-color border-bottom border-collapse border-color border-end-end-radius border-end-start-radius border-inline
        border-inline-end border-inline-start border-inline-start-color border-inline-start-width border-left border-radius border-right
        border-spacing border-start-end-radius border-start-start-radius border-style border-top border-width bottom box-shadow box-sizing
        break-after break-before break-inside caption-side clear clip-path color color-scheme column-gap columns content counter-increment
        counter-reset cursor display fill filter flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font
        font-display font-family font-feature-settings font-size font-style font-variant-numeric font-weight forced-color-adjust gap grid
        grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-row grid-template grid-template-areas
        grid-template-columns grid-template-rows height hyphens inset inset-block inset-block-end inset-block-start inset-inline
        inset-inline-end inset-inline-start isolation justify-content justify-items justify-self left letter-spacing line-height list-style
        list-style-type margin margin-block margin-block-end margin-block-start margin-bottom margin-inline margin-inline-end
        margin-inline-start margin-left margin-right margin-top max-block-size max-height max-inline-size max-width min-block-size
        min-height min-inline-size min-width mix-blend-mode object-fit object-position opacity order orphans outline outline-offset overflow
        overflow-wrap overflow-x overflow-y padding padding-block padding-block-end padding-block-start padding-bottom padding-inline
        padding-inline-end padding-inline-start padding-left padding-right padding-top page-break-after page-break-inside place-content
        place-items place-self pointer-events position resize right row-gap scroll-behavior scroll-margin scroll-margin-block
        scroll-margin-block-start scroll-padding scroll-padding-block scroll-padding-inline scroll-padding-inline-start scroll-snap-align
        scroll-snap-type size src stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width tab-size table-layout text-align
        text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style text-decoration-thickness text-indent
        text-overflow text-transform text-underline-offset top touch-action transform transform-origin transition unicode-range user-select
        vertical-align visibility white-space widows width will-change word-break word-spacing z-index
        """);

    // Fine print: a browser that skips it shows the same page, a little less fine.
    private static readonly HashSet<string> harmless = Words("""
        contain hyphenate-limit-chars navigation overscroll-behavior overscroll-behavior-x overscroll-behavior-y scrollbar-color
        scrollbar-gutter scrollbar-width text-size-adjust text-wrap
        """);

    private static readonly HashSet<string> functions = Words("""
        attr blur brightness calc clamp conic-gradient counter cubic-bezier env fit-content format hsl inset is linear-gradient local matrix
        max min minmax not nth-child nth-last-child nth-last-of-type nth-of-type polygon radial-gradient repeat repeating-linear-gradient rgb rgba
        rotate rotateX rotateY scale scaleX scaleY selector skew steps translate translateX translateY translateZ url var where
        """);

    private static readonly HashSet<string> pseudos = Words("""
        active after before checked default disabled empty enabled file-selector-button first-child first-letter first-line first-of-type
        focus focus-visible focus-within hover indeterminate invalid is lang last-child last-of-type link marker not nth-child nth-last-child nth-last-of-type
        nth-of-type only-child only-of-type optional out-of-range placeholder placeholder-shown read-only required root selection target valid
        visited where -webkit-details-marker -webkit-search-cancel-button
        """);

    private static readonly HashSet<string> atRules = Words("font-face layer media page supports");

    // Nothing on the page depends on the change of pages being animated.
    private static readonly HashSet<string> harmlessAtRules = Words("view-transition");

    // "scripting" is of 2023: what stands in it must be a nicety, and a browser that does not know it leaves it out.
    private static readonly HashSet<string> mediaFeatures = Words("""
        any-hover any-pointer aspect-ratio forced-colors height hover max-height max-width min-height min-width orientation pointer
        prefers-color-scheme prefers-contrast prefers-reduced-motion scripting width
        """);

    /// <summary>Of scripts: what a browser of 2022 answers with an error, and what to do instead.</summary>
    private static readonly string[] youngInScripts =
    [
        "requestSubmit", // Safari 16; click the form's button
        ":has(", "findLast", "toSorted", "toReversed", "toSpliced", "groupBy",
        "withResolvers", "fromAsync", "canParse", "AbortSignal.timeout",
        "AbortSignal.any", "startViewTransition", "showPopover", "togglePopover",
        "hidePopover", "isWellFormed", "CloseWatcher", "scheduler.",
        "moveBefore", "setHTMLUnsafe", "checkVisibility", "CSSStyleSheet()", "import defer",
        ".union(", ".intersection(", ".difference(", ".isSubsetOf(", "Iterator.", ".inert",
    ];

    [Fact]
    public void No_rule_stands_in_another() =>
        Assert.DoesNotContain(Stylesheets.All, rule => rule.Within.Any(outer => !outer.StartsWith('@'))
            || rule.Selector.Contains('&', StringComparison.Ordinal));

    [Fact]
    public void Selectors_that_a_browser_of_2022_does_not_know_are_asked_for_first()
    {
        var unasked = Stylesheets.All
            .Where(rule => !rule.Selector.StartsWith('@'))
            .SelectMany(rule => PseudoOf().Matches(rule.Selector).Select(found => (Rule: rule, Name: found.Groups["name"].Value)))
            .Where(found => !pseudos.Contains(found.Name) && !IsAsked(found.Rule, $":{found.Name}"));

        Assert.Empty(unasked);
    }

    [Fact]
    public void Properties_that_a_browser_of_2022_does_not_know_are_asked_for_or_lost_without_harm()
    {
        var unknown = Declarations()
            .Where(found => found.Property is not (['-', '-', ..] or ['-', 'w', 'e', 'b', 'k', 'i', 't', ..]))
            .Where(found => !properties.Contains(found.Property)
                && !harmless.Contains(found.Property) && !IsAsked(found.Rule, found.Property))
            .Select(found => $"{found.Rule} {{ {found.Property}: {found.Value} }}");

        Assert.Empty(unknown);
    }

    [Fact]
    public void Functions_that_a_browser_of_2022_does_not_know_are_asked_for()
    {
        // A plain value before them would not do: with a var() in it a declaration counts as read, and then as nothing.
        var unknown = Declarations()
            .SelectMany(found =>
                FunctionOf().Matches(found.Value).Select(function => (found.Rule, found.Property, Name: function.Groups["name"].Value)))
            .Where(found => !functions.Contains(found.Name) && !IsAsked(found.Rule, found.Name + "("))
            .Select(found => $"{found.Rule} {{ {found.Property}: {found.Name}() }}");

        Assert.Empty(unknown);
    }

    [Fact]
    public void Units_that_a_browser_of_2022_does_not_know_follow_a_plain_value()
    {
        var alone = Stylesheets.All.SelectMany(rule => rule.Declarations.Select((declared, at) => (Rule: rule, Declared: declared, At: at)))
            .Where(found => YoungUnit().IsMatch(found.Declared.Value))
            .Where(found => found.Declared.Value.Contains("var(", StringComparison.Ordinal) || !found.Rule.Declarations.Take(found.At)
                .Any(before => before.Property == found.Declared.Property && !YoungUnit().IsMatch(before.Value)))
            .Select(found => $"{found.Rule} {{ {found.Declared.Property}: {found.Declared.Value} }}");

        Assert.Empty(alone);
    }

    [Fact]
    public void Lines_under_words_are_written_in_full()
    {
        // Safari reads the short form with colour and thickness only with a prefix.
        var shortened = Declarations().Where(found => found.Property == "text-decoration"
            && found.Value.Contains(' ', StringComparison.Ordinal));

        Assert.Empty(shortened.Select(found => $"{found.Rule} {found.Value}"));
    }

    [Fact]
    public void At_rules_and_media_are_known_to_a_browser_of_2022()
    {
        var heads = Stylesheets.All.SelectMany(rule => rule.Within.Append(rule.Selector))
            .Where(head => head.StartsWith('@')).ToHashSet(StringComparer.Ordinal);

        var media = heads.Where(head => head.StartsWith("@media", StringComparison.Ordinal)).ToList();

        Assert.DoesNotContain(heads.Select(head => AtRuleOf().Match(head).Groups["name"].Value), name => !atRules.Contains(name)
            && !harmlessAtRules.Contains(name));
        Assert.DoesNotContain(media.SelectMany(head => FeatureOf().Matches(head).Select(feature => feature.Groups["name"].Value)),
            name => !mediaFeatures.Contains(name));
        Assert.DoesNotContain(media, head => head.AsSpan().ContainsAny("<>="));
    }

    [Fact]
    public void Scripts_use_nothing_that_a_browser_of_2022_does_not_know()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/DigiHub.Web/wwwroot/js"), "*.js")
            .SelectMany(file => youngInScripts.Where(word => Code(file).Contains(word, StringComparison.Ordinal))
                .Select(word => $"{Path.GetFileName(file)}: {word}"));

        Assert.Empty(found);
    }

    [Fact]
    public void Pages_use_no_element_that_a_browser_of_2022_would_leave_standing_open_or_dead()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/DigiHub.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file =>
                YoungMarkup().Matches(File.ReadAllText(file)).Select(markup => $"{Path.GetFileName(file)}: {markup.Value}"));

        Assert.Empty(found);
        // The account menu is a popover: it has its plain form, and its button steps aside where it could open nothing.
        Assert.Contains(Stylesheets.All, rule => rule.Selector == "[popovertarget]"
            && rule.Within.Contains("@supports not selector(:popover-open)"));
    }

    [Theory]
    [InlineData(".a { color: red; &:hover { color: blue; } }")]
    [InlineData(".a { .b { color: blue; } }")]
    public void Sees_a_rule_in_a_rule(string css) =>
        Assert.Contains(Stylesheets.Read("a.css", css), rule => rule.Within.Any(outer => !outer.StartsWith('@')));

    private static IEnumerable<(StyleRule Rule, string Property, string Value)> Declarations() =>
        Stylesheets.All.SelectMany(rule => rule.Declarations.Select(declared => (rule, declared.Property, declared.Value)));

    private static bool IsAsked(StyleRule rule, string word) =>
        rule.Within.Any(outer => outer.StartsWith("@supports", StringComparison.Ordinal) && outer.Contains(word, StringComparison.Ordinal));

    private static HashSet<string> Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Without its comments, which may name what the code does not use.</summary>
    private static string Code(string file) => string.Join('\n', File.ReadAllLines(file).Select(line => line.Split("// ")[0]));

    [GeneratedRegex("::?(?<name>-?[a-z][a-z-]*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PseudoOf();

    [GeneratedRegex(@"(?<name>[A-Za-z][A-Za-z-]*)\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FunctionOf();

    [GeneratedRegex(@"\d(?:dvh|dvw|svh|svw|lvh|lvw|dvi|dvb|cqw|cqh|cqi|cqb|cqmin|cqmax|lh|rlh|cap|rcap|ic)\b",
        RegexOptions.NonBacktracking)]
    private static partial Regex YoungUnit();

    [GeneratedRegex("^@(?<name>[a-z-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AtRuleOf();

    [GeneratedRegex(@"\((?<name>[a-z-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FeatureOf();

    [GeneratedRegex(
        "<(?:search|selectedcontent|fencedframe)\\b|\\s(?:inert|commandfor|closedby"
            + "|interestfor|popovertargetaction|shadowrootmode)[\\s=>]|until-found",
        RegexOptions.NonBacktracking)]
    private static partial Regex YoungMarkup();
}
