using DigiHub.Spaces;

namespace DigiHub.Imports;

/// <summary>One of the files that another system gives.</summary>
public sealed record ForeignFile(string Name, byte[] Content);

/// <summary>Where what the files have is to be.</summary>
/// <param name="Spaces">Their names, folded.</param>
internal sealed record ForeignSite(SiteContext Place, IReadOnlySet<string> Spaces, Instant Now)
{
    public static ForeignSite? Of(HubDirectory map, int? siteId, Instant now) =>
        siteId is not { } id || map.Place(id) is not { } place ? null : new(place,
            map.Spaces.Where(space => space.SiteId == id).Select(space => SearchText.Fold(space.Name))
            .ToHashSet(StringComparer.Ordinal), now);
}

/// <summary>Turns files of other systems into the table that is imported, so that all else is the same for all.</summary>
public static class ForeignTables
{
    /// <summary>Of all files together.</summary>
    public const int BytesMax = 20 * 1024 * 1024;

    public const int FilesMax = 10;

    internal static IReadOnlyList<ImportFormat> FormatsOf(ImportKind kind) => kind switch
    {
        ImportKind.Bookings => Enum.GetValues<ImportFormat>(),
        ImportKind.Spaces => [ImportFormat.Csv, ImportFormat.Mrbs, ImportFormat.Seatsurfing],
        ImportKind.Members => [ImportFormat.Csv, ImportFormat.Mrbs, ImportFormat.LibreBooking],
        _ => [ImportFormat.Csv],
    };

    /// <summary>
    /// A table as CSV; of a table itself what came. Refuses with format_without_kind, too_many_files, file_too_large, file_not_csv (a file
    /// is not what it is said to be), file_empty, file_too_many_rows, and as <see cref="CsvTable.Read(byte[])"/> does.
    /// </summary>
    /// <param name="site">Of what belongs to one.</param>
    internal static Outcome<byte[]> Read(ImportFormat format, ImportKind kind, IReadOnlyList<ForeignFile> files, ForeignSite? site)
    {
        if (!FormatsOf(kind).Contains(format))
            return WithoutKind;
        if (files.Count > (format == ImportFormat.Csv ? 1 : FilesMax))
            return TooManyFiles;
        if (format == ImportFormat.Csv)
            return files[0].Content;
        if (files.Sum(file => (long)file.Content.Length) > BytesMax)
            return TooLarge;
        return (format, kind) switch
        {
            (ImportFormat.Mrbs, ImportKind.Spaces) => MrbsFiles.Spaces(files),
            (ImportFormat.Mrbs, ImportKind.Members) => MrbsFiles.Members(files),
            (ImportFormat.LibreBooking, ImportKind.Members) => LibreBookingFiles.Members(files),
            (ImportFormat.Seatsurfing, ImportKind.Spaces) => SeatsurfingFiles.Spaces(files),
            _ when site is null => ImportRefusals.SiteMissing,
            (ImportFormat.Ics, _) => Written(IcsFiles.Bookings(files, site), "ics"),
            (ImportFormat.Mrbs, _) => Written(MrbsFiles.Bookings(files, site), "mrbs"),
            (ImportFormat.LibreBooking, _) => Written(LibreBookingFiles.Bookings(files), "librebooking"),
            _ => Written(SeatsurfingFiles.Bookings(files, site), "seatsurfing"),
        };
    }

    /// <summary>A table with these headings; rows of what is left alone are empty there.</summary>
    internal static Outcome<byte[]> Table(IReadOnlyList<string> headings, IReadOnlyList<string?[]> rows) => rows.Count switch
    {
        0 => NotOfIt,
        > CsvTable.RowsMax => ImportRefusals.TooManyRows(CsvTable.RowsMax),
        _ => CsvText.Write(rows.Prepend([.. headings])),
    };

    private static Outcome<byte[]> Written(Outcome<IReadOnlyList<ForeignBooking>> bookings, string source)
    {
        if (!bookings.IsDone)
            return bookings.Refusal;
        return Table(
            [
                BookingColumns.Space, BookingColumns.Start, BookingColumns.End, BookingColumns.Name, BookingColumns.Email,
                BookingColumns.Status, BookingColumns.Title, BookingColumns.Id, BookingColumns.Source, BookingColumns.Problem,
            ],
            [
                .. bookings.Value.Select(one => new[]
                {
                    one.Space, one.Start is { } start ? ImportTimes.Write(start) : null, one.End is { } end ? ImportTimes.Write(end) : null,
                    one.Who, one.Address, one.IsCancelled ? BookingColumns.Cancelled : null, TypedText.Line(one.Title, CsvTable.CellMax),
                    one.Id, source, one.Problem,
                }),
            ]);
    }

    internal static Refusal NotOfIt { get; } = new("file_not_csv", new(
        "This is no file of that system, or there is nothing in it. Choose what wrote it, and all files that belong together.",
        "Das ist keine Datei dieses Systems, oder es steht nichts darin. Wählen Sie, woher sie kommt, und alle Dateien, "
            + "die zusammengehören.",
        "Das ist keine Datei dieses Systems, oder es steht nichts darin. Wähle, woher sie kommt, und alle Dateien, die zusammengehören."))
    { Field = "file" };

    private static Refusal TooLarge { get; } = new("file_too_large", new(
        $"All files together have at most {BytesMax / 1024 / 1024} MB.",
        $"Alle Dateien zusammen haben höchstens {BytesMax / 1024 / 1024} MB."))
    { Field = "file" };

    private static Refusal TooManyFiles { get; } = new("too_many_files", new(
        $"A table is one file; of other systems at most {FilesMax} are read together.",
        $"Eine Tabelle ist eine Datei; von anderen Systemen werden höchstens {FilesMax} zusammen gelesen."))
    { Field = "file" };

    private static Refusal WithoutKind { get; } = new("format_without_kind", new(
        "That can’t be read from files of this system. Choose CSV, or something else to read.",
        "Das lässt sich aus Dateien dieses Systems nicht lesen. Wählen Sie CSV oder etwas anderes, das gelesen werden soll.",
        "Das lässt sich aus Dateien dieses Systems nicht lesen. Wähle CSV oder etwas anderes, das gelesen werden soll."))
    { Field = "format" };
}

/// <summary>A booking as another system has it.</summary>
internal sealed record ForeignBooking
{
    public string? Space { get; init; }

    /// <summary>On the site's clock.</summary>
    public LocalDateTime? Start { get; init; }

    public LocalDateTime? End { get; init; }

    /// <summary>What the file calls the person.</summary>
    public string? Who { get; init; }

    /// <summary>Of e-mail, as it stands in the file.</summary>
    public string? Address { get; init; }

    public string? Title { get; init; }

    public string? Id { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>Why it can't become a row: <see cref="ImportRefusals.Problem"/>.</summary>
    public string? Problem { get; init; }
}

/// <summary>A table of another system, by its headings in small letters.</summary>
internal sealed class ForeignCsv(CsvTable table)
{
    private readonly Dictionary<string, int> columns = table.Headings.Select((heading, index) => (heading, index))
        .DistinctBy(one => one.heading, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(one => one.heading, one => one.index, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<CsvRow> Rows => table.Rows;

    public IReadOnlyList<string> Headings => table.Headings;

    public static Outcome<ForeignCsv> Read(ForeignFile file)
    {
        var read = CsvTable.Read(file.Content, CsvLimits.Foreign);
        return read.IsDone ? new ForeignCsv(read.Value) : read.Refusal;
    }

    public bool Has(params ReadOnlySpan<string> headings)
    {
        foreach (var heading in headings)
            if (!columns.ContainsKey(heading))
                return false;
        return true;
    }

    /// <summary>Null where nothing stands, or what dumps write for nothing.</summary>
    public string? Of(CsvRow row, string heading) => columns.TryGetValue(heading, out var index) ? At(row, index) : null;

    public static string? At(CsvRow row, int index) =>
        index < row.Cells.Count && row.Cells[index].Trim() is { Length: > 0 } cell && cell is not ("NULL" or "\\N") ? cell : null;
}
