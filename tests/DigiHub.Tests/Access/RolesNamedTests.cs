using System.Text.RegularExpressions;

namespace DigiHub.Tests.Access;

/// <summary>Decisions check permissions; only Access/Permissions.cs knows roles.</summary>
public sealed class RolesNamedTests
{
    [Fact]
    public void No_file_outside_access_demo_and_command_line_names_a_role()
    {
        var naming = from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
                     where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
                     let folders = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), path).Split(Path.DirectorySeparatorChar)
                     where !folders.Intersect(["bin", "obj", "Migrations", "Demo", "Cli"]).Any() && folders[1] != "Access"
                     from line in File.ReadLines(path)
                     where Regex.IsMatch(line, @"\bRole\.[A-Z]|IsInRole|RequireRole|\bRoles\s*=\s*""", RegexOptions.NonBacktracking)
                     select $"{folders[^1]}: {line.Trim()}";

        Assert.Empty(naming);
    }
}
