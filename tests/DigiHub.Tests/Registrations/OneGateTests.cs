using System.Text.RegularExpressions;

namespace DigiHub.Tests.Registrations;

/// <summary>Guards the one gate: seats are counted and given in one place, so no other code may add a registration.</summary>
public sealed class OneGateTests
{
    [Fact]
    public void Only_Register_adds_registrations()
    {
        var src = Path.Combine(Repository.Root, "src");
        var adding = from path in Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
                     let file = Path.GetRelativePath(src, path).Replace('\\', '/')
                     where !file.Contains("/obj/", StringComparison.Ordinal) && !file.StartsWith("DigiHub/Demo/", StringComparison.Ordinal) // lays down the past
                     where Regex.IsMatch(File.ReadAllText(path), @"Registrations\s*\.\s*Add(?:Range)?(?:Async)?\(|new Registration\b", RegexOptions.NonBacktracking)
                     select file;

        Assert.Equal(["DigiHub/Registrations/Register.cs"], adding);
    }
}
