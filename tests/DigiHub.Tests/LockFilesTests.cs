using System.Text.Json;

namespace DigiHub.Tests;

/// <summary>
/// A hub that is published for one kind of machine is restored from a lock of its own, which a new package must reach, too.
/// </summary>
public sealed class LockFilesTests
{
    [Theory]
    [InlineData("DigiHub")]
    [InlineData("DigiHub.Web")]
    public void The_locks_of_all_machines_name_the_same_packages(string project)
    {
        var folder = Path.Combine(Repository.Root, "src", project);
        var usual = Direct(Path.Combine(folder, "packages.lock.json"));

        var others = Directory.GetFiles(folder, "packages.linux-*.lock.json");

        Assert.Equal(2, others.Length);
        Assert.All(others, file => Assert.Equal(usual, Direct(file)));
    }

    /// <summary>Those that the project itself asks for, with their versions.</summary>
    private static string[] Direct(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() == "Direct"
                && !package.Name.Contains("ILCompiler", StringComparison.OrdinalIgnoreCase))
            .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}").Order(StringComparer.Ordinal)];
    }
}
