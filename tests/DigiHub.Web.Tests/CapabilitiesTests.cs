using DigiHub.Tests;

namespace DigiHub.Web.Tests;

/// <summary>
/// Dependencies between the folders of the web, as compiled: a type counts however it is named.
/// LayersTests does the same for the model.
/// </summary>
public sealed class CapabilitiesTests
{
    /// <summary>What every capability may use, in their order: each may use those before it. They know no capability themselves.</summary>
    private static readonly string[] OpenToAll = ["Reader", "Api", "Security", "Components", "Layout", "Account", "Notifications", "Mail",
        "Live"];

    [Fact]
    public void Capabilities_meet_only_in_what_is_open_to_all()
    {
        var shortcuts = Uses.Where(use => use.Folder is not ("" or "Cli") && use.Used != "" && !OpenToAll.Contains(use.Used));

        Assert.Empty(shortcuts.Select(use => $"{use.Type} uses {use.Used}").Distinct());
    }

    [Fact]
    public void What_is_open_to_all_uses_only_what_comes_before_it()
    {
        var upwards = Uses.Where(use =>
            Array.IndexOf(OpenToAll, use.Folder) >= 0 && Array.IndexOf(OpenToAll, use.Used) > Array.IndexOf(OpenToAll, use.Folder));

        Assert.Empty(upwards.Select(use => $"{use.Type} uses {use.Used}").Distinct());
    }

    private sealed record Use(string Type, string Folder, string Used);

    private static IEnumerable<Use> Uses =>
        from type in typeof(Setup).Assembly.GetTypes()
        let folder = FolderOf(Il.Written(type))
        from named in Il.TypesNamedBy(type)
        where named.Assembly == typeof(Setup).Assembly
        let used = FolderOf(Il.Written(named))
        where used != folder
        select new Use(Il.Written(type).FullName!, folder, used);

    private static string FolderOf(Type type) => type.Namespace?.Split('.') is ["DigiHub", "Web", var folder, ..] ? folder : "";
}
