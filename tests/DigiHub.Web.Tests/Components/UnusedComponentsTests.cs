using System.Reflection;
using System.Text.RegularExpressions;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Tests.Components;

/// <summary>A part that no page, part or e-mail uses any more is dead code, which nobody would notice otherwise.</summary>
public sealed class UnusedComponentsTests
{
    [Fact]
    public void Every_component_is_used_by_another_file_or_is_a_page()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/DigiHub.Web"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .ToList();
        var parts = typeof(Program).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IComponent)) && !type.IsAbstract && type is { IsNested: false, Name: not "_Imports" })
            .Where(type => !type.GetCustomAttributes<RouteAttribute>().Any());

        var unused = parts.Where(type => !sources.Any(source =>
            !source.Name.StartsWith(type.Name + ".", StringComparison.Ordinal) && Uses(source.Text, type.Name)));

        Assert.Empty(unused.Select(type => type.FullName));
    }

    [Theory]
    [InlineData("<EventCard Id=\"1\" />", true)]
    [InlineData("<EventCard/>", true)]
    [InlineData("<EventCards Cards=\"cards\" />", false)]
    [InlineData("EmailBody.Of<EventCard>(facts)", true)]
    [InlineData("typeof(EventCard)", true)]
    [InlineData("@layout EventCard", true)]
    [InlineData("@* EventCard shows it. *@", false)]
    public void Knows_a_use_when_it_sees_one(string source, bool isUse) => Assert.Equal(isUse, Uses(source, "EventCard"));

    /// <summary>As an element of markup, as a type argument, by typeof and nameof, or as the layout of a page.</summary>
    private static bool Uses(string source, string name) =>
        Regex.IsMatch(source, $@"<(?:[\w.]+\.)?{name}(?:[\s/>,]|$)|(?:typeof|nameof)\((?:[\w.]+\.)?{name}[.)]|^@layout {name}\b",
            RegexOptions.Multiline, TimeSpan.FromSeconds(5));
}
