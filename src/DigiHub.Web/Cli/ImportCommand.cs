using System.CommandLine;
using System.Globalization;
using DigiHub.Data;
using DigiHub.Imports;
using DigiHub.Spaces;

namespace DigiHub.Web.Cli;

/// <summary>Brings tables in and takes them along, as the pages of administration do.</summary>
internal static class ImportCommand
{
    private const int ShownMax = 20;

    public static Command Make(Launch launch)
    {
        var import = new Command("import", "Import tables of spaces, organisations, members or bookings, and files of other systems.");
        foreach (var format in Enum.GetValues<ImportFormat>())
            import.Add(Make(format, launch));
        import.Add(MakeContinue(launch));
        return import;
    }

    private static Command Make(ImportFormat format, Launch launch)
    {
        var isTable = format == ImportFormat.Csv;
        var command = new Command(format.ToString().ToLowerInvariant(), format switch
        {
            ImportFormat.Csv => "Import a CSV file: all rows or none; of bookings those that can be written.",
            ImportFormat.Ics => "Import bookings from calendars: a file for each room, or entries that name their room.",
            ImportFormat.Mrbs => "Import the iCal export of MRBS, or its tables mrbs_area, mrbs_room, mrbs_entry and mrbs_users as CSV.",
            ImportFormat.LibreBooking => "Import the CSV exports of reservations and users of LibreBooking.",
            _ => "Import saved answers of the API of Seatsurfing, as JSON.",
        });
        var kind = isTable ? Kind(command) : null;
        var wished = isTable ? null : KindWished(command, format);
        var paths = new Argument<FileSystemInfo[]>("path")
        {
            Description = isTable ? "The file, as a spreadsheet saves it." : "The files, or a folder of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what each row would do, and write nothing." };
        var leaveOut = new Option<bool>("--leave-out-refused") { Description = "Write the other rows even if some are refused." };
        var windows = new Option<bool>("--windows-1252") { Description = "Confirm that a file that is no UTF-8 is in Windows-1252." };
        var emails = new Option<bool>("--emails")
        { Description = "Send each of the new people, or whose bookings these are, one e-mail." };
        var columns = new Option<string[]>("--column")
        { Description = "What a heading means, such as \"Firma=organisation\"; with - the column is left out. May stand several times." };
        var site = Site();
        command.Add(paths);
        foreach (var option in new Option[] { site, dryRun, leaveOut, windows, emails })
            command.Add(option);
        if (isTable)
            command.Add(columns);
        command.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            if (await Files(parsed.GetRequiredValue(paths), isTable ? CsvTable.BytesMax : ForeignTables.BytesMax, stop) is not { } files)
                return Answer.Misread(isTable ? NoFile : NoFiles);
            var named = kind is not null ? parsed.GetRequiredValue(kind) : parsed.GetRequiredValue(wished!);
            var (of, place, misread) = await Place(hub, named, parsed.GetValue(site), stop);
            if (misread is not null)
                return Answer.Misread(misread);
            var chosen = ((isTable ? parsed.GetValue(columns) : null) ?? []).Select(pair => pair.Split('=', 2))
                .Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            var read = await hub.GetRequiredService<ReadImport>().Run(new(
                ActorId: null, of, place?.Site.Id, files[0].Name, files[0].Content, chosen, Format: format, More: files[1..]), stop);
            if (read.IsDone && parsed.GetValue(leaveOut))
                read = await hub.GetRequiredService<ChangeImport>().LeaveOutRefused(read.Value.Id, actorId: null, stop);
            if (!read.IsDone)
                return RefuseAll(read.Refusal);
            var view = await hub.GetRequiredService<ImportView>().Run(new(read.Value.Id), stop);
            Tell(view);
            if (parsed.GetValue(dryRun))
                return view.Of(RowOutcome.Refused) == 0 ? CommandLine.Ok : CommandLine.Refused;
            if (view is { IsRowByRow: true, Changes: 0 })
                return view.Of(RowOutcome.Refused) == 0 ? CommandLine.Ok : CommandLine.Refused;
            var applied = await hub.GetRequiredService<ApplyImport>().Run(new(read.Value.Id, ActorId: null,
                AcceptsEncoding: parsed.GetValue(windows), SendsEmails: parsed.GetValue(emails)), stop);
            if (view.IsRowByRow && applied.IsDone)
                return await GoOn(hub, read.Value.Id, stop);
            return Answer.Tell(applied, _ => Written(view.Changes));
        }, stop));
        return command;
    }

    /// <summary>The command that goes on with what a stopped one, or a hub that is not running, has left.</summary>
    private static Command MakeContinue(Launch launch)
    {
        var command = new Command("continue", "Go on with imports of bookings that were stopped before their end.");
        command.SetAction((parsed, stop) => ExistingDatabase.Act(parsed, launch, async hub =>
        {
            List<Guid> left;
            await using (var db = hub.GetRequiredService<HubDbFactory>().Open())
                left = await db.ImportsUnderWay.OrderBy(import => import.ReadAt).Select(import => import.Id).ToListAsync(stop);
            var code = CommandLine.Ok;
            foreach (var id in left)
                code = Math.Max(code, await GoOn(hub, id, stop));
            return code;
        }, stop));
        return command;
    }

    private static async Task<int> GoOn(IServiceProvider hub, Guid importId, CancellationToken stop)
    {
        var isOver = await hub.GetRequiredService<ContinueImports>().Run(importId, int.MaxValue, stop);
        var view = await hub.GetRequiredService<ImportView>().Run(new(importId), stop);
        Tell(view);
        if (!isOver)
            return Answer.Refuse(Refusal.Busy);
        Console.WriteLine(view.Import.State == ImportState.Undone ? "Undone." : Written(view.Changes));
        return view.Of(RowOutcome.Refused) == 0 ? CommandLine.Ok : CommandLine.Refused;
    }

    private static string Written(int changes) =>
        string.Create(CultureInfo.InvariantCulture, $"Wrote {changes} changes. They can be undone for 24 hours.");

    /// <summary>Those of a folder in the order of their names; null: one is not there, there are too many, or they are too large.</summary>
    private static async Task<List<ForeignFile>?> Files(IReadOnlyList<FileSystemInfo> paths, long bytesMax, CancellationToken stop)
    {
        // "One or more" for a table, too: then a second one is refused in words.
        var found = paths.SelectMany<FileSystemInfo, FileInfo>(path => path is DirectoryInfo { Exists: true } folder
            ? folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal) : [new FileInfo(path.FullName)])
            .Take(ForeignTables.FilesMax + 1).ToList();
        if (found.Count is 0 or > ForeignTables.FilesMax || found.Exists(file => !file.Exists) || found.Sum(file => file.Length) > bytesMax)
            return null;
        List<ForeignFile> files = [];
        foreach (var file in found)
            files.Add(new(file.Name, await File.ReadAllBytesAsync(file.FullName, stop)));
        return files;
    }

    /// <summary>The command that writes a table to a file or to the standard output.</summary>
    public static Command MakeExport(Launch launch)
    {
        var export = new Command("export",
            "Export a table of spaces, organisations, members or bookings as CSV or XLSX, which can be imported again as CSV.");
        var kind = Kind(export);
        var path = new Argument<FileInfo?>("path")
        {
            Description = "Where to write it: a workbook if it ends in .xlsx, else CSV. Default: CSV to the standard output.",
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
            var (of, place, misread) = await Place(hub, parsed.GetRequiredValue(kind), parsed.GetValue(site), stop);
            if (misread is not null)
                return Answer.Misread(misread);
            var (speaks, file) = (Languages.Parse(parsed.GetValue(language)) ?? Language.English, parsed.GetValue(path));
            var format = string.Equals(file?.Extension, ".xlsx", StringComparison.OrdinalIgnoreCase) ? ExportFormat.Xlsx : ExportFormat.Csv;
            var table = await hub.GetRequiredService<ExportTable>().Run(of, place?.Site.Id, speaks, stop, format);
            if (file is not null)
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

    private static Argument<string> Kind(Command command)
    {
        string[] all = [.. Enum.GetNames<ImportKind>().Select(name => name.ToLowerInvariant())];
        var kind = new Argument<string>("kind") { Description = string.Join(", ", all) + "." };
        kind.AcceptOnlyFromAmong(all);
        command.Add(kind);
        return kind;
    }

    /// <summary>What to read of another system.</summary>
    private static Option<string> KindWished(Command command, ImportFormat format)
    {
        string[] all = [.. Enum.GetValues<ImportKind>().Where(kind => ImportKinds.Formats(kind).Contains(format))
            .Select(kind => kind.ToString().ToLowerInvariant())];
        var kind = new Option<string>("--kind")
        {
            Description = string.Join(", ", all) + ".",
            DefaultValueFactory = _ => nameof(ImportKind.Bookings).ToLowerInvariant(),
        };
        kind.AcceptOnlyFromAmong(all);
        command.Add(kind);
        return kind;
    }

    private static Option<string?> Site() =>
        new("--site") { Description = "Of spaces and bookings: the site's name in addresses, such as east." };

    private static Refusal NoFile { get; } = new("file_unreadable", new(
        $"There is no such file, or it is larger than {CsvTable.BytesMax / 1024 / 1024} MB.", ""));

    private static Refusal NoFiles { get; } = new("file_unreadable", new(
        $"A file is missing, there are more than {ForeignTables.FilesMax}, or all together are larger than "
            + $"{ForeignTables.BytesMax / 1024 / 1024} MB.", ""));

    private static Refusal NoSiteNeeded { get; } = new("site_unknown", new("--site is for spaces and bookings only.", ""));
}
