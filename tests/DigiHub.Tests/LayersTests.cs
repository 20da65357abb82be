using System.Text.RegularExpressions;
using DigiHub.Data;
using DigiHub.Mail;
using Unnamed = DigiHub.Events.Event;

namespace DigiHub.Tests;

/// <summary>
/// Guards the layers of src/ARCHITECTURE.md: a folder may use those on the layers below and on its own, never one above, and those of a
/// layer not in circles. Checks the compiled code, where names are complete; and the sources, since the compiler copies constants.
/// </summary>
public sealed class LayersTests
{
    /// <summary>From the bottom up. Files directly in src/DigiHub (Outcome, Words, UseCases) belong to no layer.</summary>
    private static readonly string[][] Layers =
    [
        ["Text"],
        ["Time"],
        ["Data"],
        ["Activity", "Keys", "Organisations", "Settings", "Sites"],
        ["Notifications"],
        ["Mail"],
        ["Members", "Spaces"],
        ["Access", "Claims"],
        ["Bookings"],
        ["Events", "Registrations", "Reminders"],
        [
            "Calendars", "Closures", "Displays", "FloorPlans", "Imports", "Memberships", "Opening", "Operations", "Privacy", "Reports",
            "Setup", "Webhooks",
        ],
        ["Demo"],
    ];

    /// <summary>Folders of the web that any other may use: how things look, who reads, security, accounts, e-mails and the API.</summary>
    private static readonly string[] OpenToEveryPage = [
        "Reader", "Api", "Security", "Components", "Layout", "Account", "Notifications", "Mail", "Live"];

    /// <summary>Folders that know each other on purpose: moving an event reschedules its attendees' reminders.</summary>
    private static readonly string[] KnownCircles = ["Events", "Registrations", "Reminders"];

    private static readonly string Src = Path.Combine(Repository.Root, "src");

    [Fact]
    public void No_folder_of_the_model_uses_a_layer_above_its_own()
    {
        var tooHigh = (from mention in Mentions("DigiHub", "DigiHub", "*.cs")
                       where LayerOf(mention.Folder) >= 0 && LayerOf(mention.Used) > LayerOf(mention.Folder)
                       select $"{mention.File} uses {mention.Used}").Distinct();

        Assert.Empty(tooHigh);
    }

    [Fact]
    public void No_compiled_type_of_the_model_uses_a_layer_above_its_own()
    {
        var tooHigh = from use in Uses
                      where LayerOf(use.Used) > LayerOf(use.Folder)
                      select $"{use.Type} uses {use.Used}";

        Assert.Empty(tooHigh.Distinct());
    }

    [Fact]
    public void Folders_of_one_layer_do_not_use_each_other_in_circles()
    {
        var uses = Uses.Where(use => LayerOf(use.Used) == LayerOf(use.Folder)).ToLookup(use => use.Folder, use => use.Used);
        var inCircles = Layers.SelectMany(layer => layer).Where(folder => ReachableFrom(folder).Contains(folder)).Except(KnownCircles);

        Assert.Empty(inCircles.Select(folder => $"{folder} is reached again from {string.Join(", ", uses[folder].Distinct())}"));

        HashSet<string> ReachableFrom(string from)
        {
            HashSet<string> reached = [];
            var next = new Queue<string>(uses[from]);
            while (next.TryDequeue(out var folder))
            {
                if (reached.Add(folder))
                {
                    foreach (var used in uses[folder])
                        next.Enqueue(used);
                }
            }

            return reached;
        }
    }

    [Fact]
    public void The_guard_sees_types_that_are_named_by_half_or_not_at_all() =>
        Assert.Contains(typeof(Unnamed), Il.TypesNamedBy(typeof(HalfNamed)));

    private static class HalfNamed
    {
#pragma warning disable CA1859 // the signature must not name the type
        public static object? Lambda(HubDb db) => db.Set<Unnamed>().Local.FirstOrDefault();
#pragma warning restore CA1859
    }

    private sealed record Use(string Type, string Folder, string Used);

    private static IReadOnlyList<Use> Uses { get; } =
    [
        .. from type in typeof(Words).Assembly.GetTypes()
           let folder = FolderOf(Il.Written(type))
           where LayerOf(folder) >= 0
           from named in Il.TypesNamedBy(type)
           where named.Assembly == typeof(Words).Assembly
           let used = FolderOf(Il.Written(named))
           where LayerOf(used) >= 0 && used != folder
           select new Use(Il.Written(type).FullName!, folder, used),
    ];

    private static string FolderOf(Type type) => type.Namespace?.Split('.') is [_, var folder, ..] ? folder : "";

    [Fact]
    public void Every_folder_of_the_model_has_its_layer()
    {
        var folders = Directory.GetDirectories(Path.Combine(Src, "DigiHub")).Select(path => Path.GetFileName(path)!).Except(["bin", "obj"]);

        Assert.Empty(folders.Except(Layers.SelectMany(layer => layer)));
    }

    [Fact]
    public void The_model_cannot_name_the_web_its_jobs_or_its_mail_library()
    {
        string[] forbidden = ["Microsoft.AspNetCore", "Hangfire", "MailKit", "MimeKit"];

        var references = typeof(Words).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

        Assert.DoesNotContain(references, name => forbidden.Any(name.StartsWith));
    }

    [Fact]
    public void Pages_of_different_capabilities_meet_only_in_Components()
    {
        var shortcuts =
            (from mention in Mentions("DigiHub.Web", @"DigiHub\.Web", "*.cs").Concat(Mentions("DigiHub.Web", @"DigiHub\.Web", "*.razor"))
             where mention.Folder != "" && mention.Folder != "Cli" && mention.Used != mention.Folder
             where !OpenToEveryPage.Contains(mention.Used) && Directory.Exists(Path.Combine(Src, "DigiHub.Web", mention.Used))
             select $"{mention.File} uses {mention.Used}").Distinct();

        Assert.Empty(shortcuts);
    }

    [Fact]
    public void Pages_ask_use_cases_and_never_the_database()
    {
        var asking = from path in Directory.EnumerateFiles(Path.Combine(Src, "DigiHub.Web"), "*.razor", SearchOption.AllDirectories)
                     from line in File.ReadLines(path)
                     where line.Contains("HubDb", StringComparison.Ordinal)
                     select $"{Path.GetFileName(path)}: {line.Trim()}";

        Assert.Empty(asking);
    }

    private sealed record Mention(string File, string Folder, string Used);

    /// <summary>Each "DigiHub.Something" in a file, be it a using line or a full name; comments aside.</summary>
    private static IEnumerable<Mention> Mentions(string project, string root, string pattern)
    {
        var home = Path.Combine(Src, project);
        return from path in Directory.EnumerateFiles(home, pattern, SearchOption.AllDirectories)
               let file = Path.GetRelativePath(home, path).Replace('\\', '/')
               where !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal)
               where !file.Contains("/Migrations/", StringComparison.Ordinal)
               let folder = file.Contains('/') ? file[..file.IndexOf('/')] : ""
               from line in File.ReadLines(path)
               where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
               from Match match in Regex.Matches(line, $@"\b{root}\.(\w+)", RegexOptions.NonBacktracking)
               select new Mention(file, folder, match.Groups[1].Value);
    }

    private static int LayerOf(string folder) => Array.FindIndex(Layers, layer => layer.Contains(folder));
}
