using System.Reflection;
using System.Text.RegularExpressions;
using DigiHub.Activity;

namespace DigiHub.Tests.Activity;

/// <summary>Acts are declared by the capabilities, without a central list; this checks them together.</summary>
public sealed class DeclaredActsTests
{
    private static readonly IReadOnlyList<(Type Place, Act Act)> declared =
    [
        .. from type in typeof(Act).Assembly.GetTypes()
           from field in type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where field.FieldType.IsAssignableTo(typeof(Act))
           select (type, (Act)field.GetValue(null)!),
    ];

    [Fact]
    public void Every_act_is_named_thing_and_verb_and_no_two_alike()
    {
        var names = declared.Select(one => one.Act.Name).ToList();

        Assert.True(names.Count > 50, "The acts were not found.");
        Assert.All(names, name => Assert.Matches(new Regex("^[a-z_]+[.][a-z_]+$", RegexOptions.NonBacktracking), name));
        Assert.All(names, name => Assert.InRange(name.Length, 1, Act.NameMax));
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Acts_are_declared_in_classes_that_say_so_by_their_name() =>
        Assert.All(declared, one => Assert.EndsWith("Acts", one.Place.Name, StringComparison.Ordinal));

    [Fact]
    public void Every_kind_of_subject_has_a_name_of_its_own_that_fits_its_column()
    {
        Assert.True(SubjectsExist.Kinds.Count > 10, "The kinds were not found."); // and the dictionary has refused two of one name
        Assert.All(SubjectsExist.Kinds.Keys, name => Assert.Matches(new Regex("^[a-z_]+$", RegexOptions.NonBacktracking), name));
        Assert.All(SubjectsExist.Kinds.Keys, name => Assert.InRange(name.Length, 1, SubjectKind.NameMax));
    }
}
