using System.CommandLine;
using System.Globalization;
using DigiHub.Imports;
using DigiHub.Spaces;

namespace DigiHub.Web.Cli;

/// <summary>Brings tables in and takes them along, as the pages of administration do.</summary>
internal static class ImportCommand
{
    private const int ShownMax = 20;
    private const string Bookings = "bookings";

    public static Command Make(Launch launch)
    {
        var csv = new Command("csv", "Import a CSV file: all rows or none.");
        var kind = Kind(csv);
        var path = new Argument<FileInfo>("path") { Description = "The file, as a spreadsheet saves it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what each row would do, and write nothing." };
        var leaveOut = new Option<bool>("--leave-out-refused") { Description = "Write the other rows even if some are refused." };
        var windows = new Option<bool>("--windows-1252") { Description = "Confirm that a file that is no UTF-8 is in Windows-1252." };
        var emails = new Option<bool>("--emails") { Description = "Send each of the new people an e-mail that they have an account." };
        var columns = new Option<string[]>("--column")
        { Description = "What a heading means, such as \"Firma=organisation\"; with - the column is left out. May stand several times." };
        var site = Site();
        csv.Add(path);
        foreach (var option in new Option[] { site, dryRun, leaveOut, windows, emails, columns })
            csv.Add(option);
        csv.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            if (parsed.GetRequiredValue(path) is not { Exists: true, Length: <= CsvTable.BytesMax } file)
                return Answer.Misread(NoFile);
            var (of, place, misread) = await Place(hub, parsed.GetRequiredValue(kind), parsed.GetValue(site), stop);
            if (misread is not null)
                return Answer.Misread(misread);
            var chosen = (parsed.GetValue(columns) ?? []).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            var read = await hub.GetRequiredService<ReadImport>().Run(new(
                ActorId: null, of, place?.Site.Id, file.Name, await File.ReadAllBytesAsync(file.FullName, stop), chosen), stop);
            if (read.IsDone && parsed.GetValue(leaveOut))
                read = await hub.GetRequiredService<ChangeImport>().LeaveOutRefused(read.Value.Id, actorId: null, stop);
            if (!read.IsDone)
                return RefuseAll(read.Refusal);
            var view = await hub.GetRequiredService<ImportView>().Run(new(read.Value.Id), stop);
            Tell(view);
            if (parsed.GetValue(dryRun))
                return view.Of(RowOutcome.Refused) == 0 ? CommandLine.Ok : CommandLine.Refused;
            return Answer.Tell(
                await hub.GetRequiredService<ApplyImport>().Run(new(read.Value.Id, ActorId: null,
                    AcceptsEncoding: parsed.GetValue(windows), SendsEmails: parsed.GetValue(emails)), stop),
                _ => string.Create(CultureInfo.InvariantCulture, $"Wrote {view.Changes} changes. They can be undone for 24 hours."));
        }, stop));
        return new Command("import", "Import tables of spaces, organisations or members.") { csv };
    }

    /// <summary>The command that writes a table to a file or to the standard output.</summary>
    public static Command MakeExport(Launch launch)
    {
        var export = new Command("export",
            "Export a table of spaces, organisations or members as CSV, which can be imported again; or the bookings of a site.");
        var kind = Kind(export, Bookings);
        var path = new Argument<FileInfo?>("path")
        {
            Description = "Where to write it. Default: standard output.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var language = new Option<string>("--language") { Description = "Of the headings: de or en.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("de", "en");
        var site = Site();
        export.Add(path);
        export.Add(site);
        export.Add(language);
        export.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            var isBookings = parsed.GetRequiredValue(kind) == Bookings;
            var (of, place, misread) = await Place(
                hub, isBookings ? nameof(ImportKind.Spaces) : parsed.GetRequiredValue(kind), parsed.GetValue(site), stop);
            if (misread is not null)
                return Answer.Misread(misread);
            var speaks = Languages.Parse(parsed.GetValue(language)) ?? Language.English;
            var table = isBookings
                ? await hub.GetRequiredService<ExportBookings>().Write(place!.Site.Id, speaks, stop)
                : await hub.GetRequiredService<ExportTable>().Run(of, place?.Site.Id, speaks, stop);
            if (parsed.GetValue(path) is { } file)
            {
                await File.WriteAllBytesAsync(file.FullName, table!, stop);
                return CommandLine.Ok;
            }

            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(table!, stop);
            return CommandLine.Ok;
        }, stop));
        return export;
    }

    private static void Tell(ShownImport view)
    {
        foreach (var (row, _) in view.Rows.Where(row => row.Row.Outcome == RowOutcome.Refused).Take(ShownMax))
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Row {row.Line}, {row.Label}: {row.Why?.In(Language.English)}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{view.Of(RowOutcome.New)} new, {view.Of(RowOutcome.Change)} changed, {view.Of(RowOutcome.Same)} the same, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{view.Of(RowOutcome.Refused)} refused, {view.Of(RowOutcome.Skipped)} left out."));
    }

    private static int RefuseAll(Refusal refusal)
    {
        foreach (var also in refusal.Also)
            Console.Error.WriteLine(also.Message.English);
        return Answer.Refuse(refusal);
    }

    private static async Task<(ImportKind Kind, SiteContext? Place, Refusal? Misread)> Place(
        IServiceProvider hub, string kind, string? site, CancellationToken stop)
    {
        var map = await hub.GetRequiredService<Catalogue>().Map(stop);
        var (of, place) = (Enum.Parse<ImportKind>(kind, ignoreCase: true), map.Place(site));
        if (!hub.GetRequiredService<ImportKinds>().IsOfSite(of))
            return (of, null, site is null ? null : NoSiteNeeded);
        return (of, place, place is not null ? null : new("site_unknown", new(
            $"Say of which site, by --site. There are: {string.Join(", ", map.Places.Select(one => one.Site.Slug))}.", "")));
    }

    private static Argument<string> Kind(Command command, params string[] more)
    {
        string[] all = [.. Enum.GetNames<ImportKind>().Select(name => name.ToLowerInvariant()), .. more];
        var kind = new Argument<string>("kind") { Description = string.Join(", ", all) + "." };
        kind.AcceptOnlyFromAmong(all);
        command.Add(kind);
        return kind;
    }

    private static Option<string?> Site() =>
        new("--site") { Description = "Of spaces and bookings: the site's name in addresses, such as east." };

    private static Refusal NoFile { get; } = new("file_unreadable", new(
        $"There is no such file, or it is larger than {CsvTable.BytesMax / 1024 / 1024} MB.", ""));

    private static Refusal NoSiteNeeded { get; } = new("site_unknown", new("--site is for spaces only.", ""));
}
