using System.Text.RegularExpressions;
using DigiHub.Tests;
using Microsoft.Extensions.Configuration;

namespace DigiHub.Web.Tests;

/// <summary>README.md and docs/: short, with links that lead somewhere and settings that exist.</summary>
public sealed partial class DocsTests
{
    private const int ReadmeLinesMax = 80;
    private const int LineLengthMax = 140;

    private static readonly string[] Files =
    [
        Path.Combine(Repository.Root, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void The_README_is_read_in_a_few_minutes() =>
        Assert.InRange(File.ReadAllLines(Files[0]).Length, 1, ReadmeLinesMax);

    [Fact]
    public void Lines_fit_a_screen() =>
        Assert.Empty(Lines().Where(line => line.Text.Length > LineLengthMax).Select(line => $"{line.File}: {line.Text}"));

    [Fact]
    public void Links_and_pictures_lead_to_files_that_exist()
    {
        var broken = from line in Lines()
                     from Match match in Link().Matches(line.Text)
                     let path = match.Groups["path"].Value.Split('#')[0]
                     where path.Length > 0 && !path.Contains(':', StringComparison.Ordinal) && !path.StartsWith('/')
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(line.File)!, path))
                     select $"{line.File}: {path}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Settings_they_name_are_settings()
    {
        var keys = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.example.json")).Build()
            .AsEnumerable().Select(pair => $":{pair.Key}").ToList();

        var unknown = from line in Lines()
                      from Match match in Setting().Matches(line.Text)
                      let key = match.Groups["key"].Value
                      where !keys.Exists(known => known.EndsWith($":{key}", StringComparison.Ordinal))
                      select $"{line.File}: {key}";

        Assert.Empty(unknown);
    }

    private static IEnumerable<(string File, string Text)> Lines() =>
        Files.SelectMany(file => File.ReadLines(file).Select(line => (file, line)));

    [GeneratedRegex("""(\]\(|src=")(?<path>[^)"]+)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    // `Mail:KeepDays`, `DigiHub:Jobs:Workers=0`: in code spans, with a colon inside.
    [GeneratedRegex("`(?<key>[A-Z][A-Za-z]+(:[A-Z][A-Za-z]+)+)(=[^`]*)?`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
