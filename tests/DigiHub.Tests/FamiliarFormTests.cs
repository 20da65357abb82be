using System.Text.RegularExpressions;

namespace DigiHub.Tests;

/// <summary>
/// A German text that says "Sie" to its reader has a third one beside it, which says "du": <c>T("Choose a day.", "Wählen Sie einen
/// Tag.", "Wähle einen Tag.")</c>. Where a sentence only begins with a "Sie" that means somebody else, it is worded without.
/// </summary>
public sealed partial class FamiliarFormTests
{
    /// <summary>Show administrators what the formal one is like.</summary>
    private static readonly string[] allowed = ["Förmlich: Sie", "Ihr Platz ist gebucht. Wir freuen uns auf Sie."];

    [Fact]
    public void Every_German_text_that_says_Sie_has_one_that_says_du() => Assert.Empty(
        from path in Sources()
        from found in Formal(File.ReadAllText(path))
        select $"{Path.GetFileName(path)}:{found}");

    [Theory]
    [InlineData("""T("Choose.", "Wählen Sie.")""", 1)]
    [InlineData("""T("Choose.", "Wählen Sie.", "Wähle.")""", 0)]
    [InlineData("""T("Choose.", "Wählen Sie.", "Wählen Sie es.")""", 1)]
    [InlineData("""new Words($"Yours: {of("a, b")}", $"Ihr: {of("a, b")}" + " ist da.", $"Dein: {of("a, b")}")""", 0)]
    [InlineData("""On("start", "late", "Choose.", "Wählen " + $"Sie {(late ? "jetzt" : $"{day}")}.")""", 1)]
    [InlineData("""<p title="@T("Your name", "Ihr Name", "Dein Name")">@T("They are there.", "sind sie da")</p>""", 0)]
    [InlineData("// Sie", 0)]
    public void Is_found_where_it_stands(string source, int found) => Assert.Equal(found, Formal(source).Count());

    private static IEnumerable<string> Sources() =>
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        where !Between(path, "bin") && !Between(path, "obj") && !Between(path, "Migrations")
        select path;

    private static bool Between(string path, string folder) =>
        path.Contains($"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    /// <summary>"12: Wählen Sie." for each that lacks the other form, or is that form and says "Sie" itself.</summary>
    private static IEnumerable<string> Formal(string source)
    {
        var answered = Answered(source).ToList();
        return from Match match in Pronoun().Matches(source)
               where !answered.Any(text => text.Start <= match.Index && match.Index < text.End)
               let line = Line(source, match.Index)
               where !Comment().IsMatch(line) && !allowed.Any(text => line.Contains(text, StringComparison.Ordinal))
               select $"{source.AsSpan(0, match.Index).Count('\n') + 1}: {line.Trim()}";
    }

    private static string Line(string source, int at)
    {
        var start = source.LastIndexOf('\n', at) + 1;
        var end = source.IndexOf('\n', at);
        return source[start..(end < 0 ? source.Length : end)];
    }

    /// <summary>Arguments that say "Sie" and stand between two other texts: the English one and the familiar one.</summary>
    private static IEnumerable<(int Start, int End)> Answered(string source)
    {
        foreach (Match call in Call().Matches(source))
        {
            if (new Reading(source).Arguments(call.Index + call.Length) is not { } arguments)
                continue;
            for (var i = 1; i < arguments.Count - 1; i++)
            {
                if (IsText(source, arguments[i - 1]) && IsText(source, arguments[i]) && IsText(source, arguments[i + 1]))
                    yield return arguments[i];
            }
        }
    }

    private static bool IsText(string source, (int Start, int End) argument) => Text().IsMatch(source[argument.Start..argument.End]);

    [GeneratedRegex(@"\b(Sie|Ihr|Ihre|Ihnen|Ihrem|Ihren|Ihrer|Ihres)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pronoun();

    [GeneratedRegex(@"\b([A-Z]\w*|new( Words)?)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Call();

    [GeneratedRegex(@"^\s*(//|@\*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*[$@]*""", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Text();

    /// <summary>Reads as much of C# as it takes to tell the arguments of a call apart.</summary>
    private sealed class Reading(string source)
    {
        /// <summary>Null where that is no call that can be read, such as words in brackets.</summary>
        public List<(int Start, int End)>? Arguments(int at)
        {
            List<(int Start, int End)> all = [];
            while (true)
            {
                var end = Code(at, ",)");
                if (end < 0)
                    return null;
                all.Add((at, end));
                if (source[end] == ')')
                    return all;
                at = end + 1;
            }
        }

        /// <summary>Where the first of these signs stands that is in no string and no brackets; -1 if there is none.</summary>
        private int Code(int at, string ends)
        {
            for (var depth = 0; at >= 0 && at < source.Length; at++)
            {
                var sign = source[at];
                if (Literal().Match(source, at) is { Success: true } literal)
                    at = AfterText(literal) - 1;
                else if (depth == 0 && ends.Contains(sign, StringComparison.Ordinal))
                    return at;
                else if (sign is '(' or '[' or '{')
                    depth++;
                else if (sign is ')' or ']' or '}' && --depth < 0)
                    return -1;
            }

            return -1;
        }

        /// <summary>Behind the string that begins there; below 0 if it does not end.</summary>
        private int AfterText(Match begin)
        {
            if (begin.Value[0] == '\'')
                return begin.Index + begin.Length;
            var (quotes, holes) = (begin.Value.TrimStart('$', '@'), begin.Value.Contains('$', StringComparison.Ordinal));
            var at = begin.Index + begin.Length;
            if (quotes.Length == 2)
                return at;
            if (quotes.Length > 2)
                return source.IndexOf(quotes, at, StringComparison.Ordinal) is >= 0 and var end ? end + quotes.Length : -1;
            for (; at < source.Length && source[at] != '\n'; at++)
            {
                switch (source[at])
                {
                    case '"': return at + 1;
                    case '\\' when !begin.Value.Contains('@', StringComparison.Ordinal):
                        at++;
                        break;
                    case '{' when holes && source[at + 1] == '{':
                        at++;
                        break;
                    case '{' when holes:
                        at = Code(at + 1, "}");
                        if (at < 0)
                            return at;
                        break;
                }
            }

            return -1;
        }
    }

    [GeneratedRegex("""\G([$@]*"+|'(\\.|[^'\\])')""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();
}
