using System.Text.RegularExpressions;
using DigiHub.Tests;
using Microsoft.Extensions.Configuration;

namespace DigiHub.Web.Tests;

/// <summary>
/// README.md, docs/ and src/ARCHITECTURE.md: short, with links that lead somewhere; settings, files and types they name exist.
/// </summary>
public sealed partial class DocsTests
{
    private const int ReadmeLinesMax = 80;
    private const int LineLengthMax = 140;

    private static readonly string[] Files =
    [
        Path.Combine(Repository.Root, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    private static readonly string[] CodeFolders = [Path.Combine(Repository.Root, "src"), Path.Combine(Repository.Root, "tests")];

    /// <summary>Names that are said to be missing, to come, or the framework's.</summary>
    private static readonly string[] Absent =
        ["Helpers", "Common", "Shared", "Utils", "Services", "Managers", "RenderTreeFrame", "ConserveMemory", "ArrayPool"];

    [Fact]
    public void The_README_is_read_in_a_few_minutes() =>
        Assert.InRange(File.ReadAllLines(Files[0]).Length, 1, ReadmeLinesMax);

    [Fact]
    public void Lines_fit_a_screen()
    {
        // The bench's own table is as wide as its figures need.
        var measured = File.ReadAllText(Path.Combine(Repository.Root, "docs", "performance.md"))
            .Split("<!-- measured")[1].Split("<!-- /measured")[0];
        var tooLong = Lines().Where(line => line.Text.Length > LineLengthMax && !measured.Contains(line.Text, StringComparison.Ordinal));

        Assert.Empty(tooLong.Select(line => $"{line.File}: {line.Text}"));
    }

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

    [Fact]
    public void Files_and_folders_that_ARCHITECTURE_names_exist()
    {
        var paths = CodeFolders.SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "appsettings.example.json"))
            .Select(path => "/" + Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).ToList();

        var missing = from Match match in CodePath().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "ARCHITECTURE.md")))
                      let name = match.Groups["path"].Value.TrimEnd('/')
                      where !paths.Exists(path => path.EndsWith("/" + name, StringComparison.Ordinal))
                          && !Path.Exists(Path.Combine(Repository.Root, name))
                      select name;

        Assert.Empty(missing);
    }

    [Fact]
    public void Tests_and_types_that_ARCHITECTURE_names_exist()
    {
        var sources = string.Concat(CodeFolders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText));

        var missing = from Match match in CodeName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "ARCHITECTURE.md")))
                      let name = match.Groups["name"].Value
                      where !Absent.Contains(name) && !Directory.Exists(Path.Combine(Repository.Root, "src", "DigiHub", name))
                      where !Regex.IsMatch(sources, $@"\b{name}\b", RegexOptions.NonBacktracking)
                      select name;

        Assert.Empty(missing.Distinct());
    }

    private static IEnumerable<(string File, string Text)> Lines() =>
        Files.SelectMany(file => File.ReadLines(file).Select(line => (file, line)));

    [GeneratedRegex("""(\]\(|src=")(?<path>[^)"]+)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    // `Bookings/BookSpace.cs`, `Cli/`, `tests/run`: in code spans, with a slash or an ending.
    [GeneratedRegex(@"`(?<path>[A-Za-z.]*[A-Za-z]/[\w./]*|\w[\w.]*\.(cs|razor|json))`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodePath();

    // `BookSpace`, `Booking.Subject`: the first name of a code span without a slash.
    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z]+)(\.[A-Z][A-Za-z]+)*(\(…?\))?`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeName();

    // `Mail:KeepDays`, `DigiHub:Jobs:Workers=0`: in code spans, with a colon inside.
    [GeneratedRegex("`(?<key>[A-Z][A-Za-z]+(:[A-Z][A-Za-z]+)+)(=[^`]*)?`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
