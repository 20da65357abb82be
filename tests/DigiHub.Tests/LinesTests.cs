using System.Text.RegularExpressions;

namespace DigiHub.Tests;

/// <summary>Guards the width of the sources: two of them side by side still fit on a screen.</summary>
public sealed partial class LinesTests
{
    private const int WidthMax = 140;

    private static readonly string[] tops = ["src", "tests"];

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var tooLong = from path in Sources()
                      from line in Lines(path)
                      where line.Text.Length > WidthMax
                      select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Number}";

        Assert.Empty(tooLong);
    }

    private static IEnumerable<string> Sources() =>
        from top in tops
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.*", SearchOption.AllDirectories)
        where Path.GetExtension(path) is ".cs" or ".razor"
        where !Path.GetRelativePath(Repository.Root, path).Split(Path.DirectorySeparatorChar)
            .Any(folder => folder is "bin" or "obj" or "Migrations")
        select path;

    /// <summary>The lines but for those within a raw string: they are text of another language, whose lines mean something.</summary>
    private static IEnumerable<(int Number, string Text)> Lines(string path)
    {
        var isRaw = false;
        foreach (var (index, text) in File.ReadLines(path).Index())
        {
            var wasRaw = isRaw;
            if (RawQuotes().Count(text) % 2 == 1)
                isRaw = !isRaw;
            if (!wasRaw)
                yield return (index + 1, text);
        }
    }

    [GeneratedRegex("(?<!\\\\)\"{3,}", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex RawQuotes();
}
