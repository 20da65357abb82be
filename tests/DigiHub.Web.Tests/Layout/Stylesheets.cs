using DigiHub.Tests;

namespace DigiHub.Web.Tests.Layout;

/// <summary>
/// One rule of a stylesheet: what it stands in, outermost first ("@layer parts", "@supports
/// selector(:has(*))", or a rule), and what it says.
/// </summary>
public sealed record StyleRule(
    string File, IReadOnlyList<string> Within, string Selector, IReadOnlyList<(string Property, string Value)> Declarations)
{
    public override string ToString() => $"{File}: {string.Join(" > ", [.. Within, Selector])}";
}

/// <summary>Reads the hub's own stylesheets: rules, at-rules and declarations, no more of CSS than they use.</summary>
public static class Stylesheets
{
    public static IReadOnlyList<StyleRule> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/DigiHub.Web/wwwroot/css"), "*.css").Order(StringComparer.Ordinal)
            .SelectMany(file => Read(Path.GetFileName(file), File.ReadAllText(file))),
    ];

    public static IReadOnlyList<StyleRule> Read(string file, string css)
    {
        var rules = new List<StyleRule>();
        var open = new Stack<(string Head, List<(string, string)> Declarations)>();
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < css.Length; i++)
        {
            if (css[i] == '/' && i + 1 < css.Length && css[i + 1] == '*')
            {
                i = css.IndexOf("*/", i, StringComparison.Ordinal) + 1;
                continue;
            }

            switch (css[i])
            {
                case '{':
                    open.Push((Taken(text), []));
                    break;
                case ';':
                    Declare(open, Taken(text));
                    break;
                case '}':
                    Declare(open, Taken(text));
                    var (head, declarations) = open.Pop();
                    rules.Add(new StyleRule(file, [.. open.Select(outer => outer.Head).Reverse()], head, declarations));
                    break;
                default:
                    text.Append(css[i]);
                    break;
            }
        }

        return rules;
    }

    private static void Declare(Stack<(string Head, List<(string, string)> Declarations)> open, string text)
    {
        if (open.Count > 0 && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            open.Peek().Declarations.Add((text[..colon].Trim(), text[(colon + 1)..].Trim()));
    }

    private static string Taken(System.Text.StringBuilder text)
    {
        var taken = string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        text.Clear();
        return taken;
    }
}
