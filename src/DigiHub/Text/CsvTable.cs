using System.Text;
using Sylvan.Data.Csv;

namespace DigiHub.Text;

/// <param name="Number">As a spreadsheet counts: the headings are row 1, a line break within a cell begins no row.</param>
/// <param name="Cells">As they stand there, one for each heading; those missing at the end of the row are empty.</param>
public sealed record CsvRow(int Number, IReadOnlyList<string> Cells);

/// <summary>How large a table may be; what is larger is refused.</summary>
/// <param name="KeepsLongRows">A row may have more cells than there are headings; they are kept.</param>
public sealed record CsvLimits(int Bytes, int Cell, bool KeepsLongRows)
{
    public static CsvLimits Usual { get; } = new(CsvTable.BytesMax, CsvTable.CellMax, KeepsLongRows: false);

    /// <summary>Other systems have long texts in columns that nobody reads here, and some write commas without quotation marks.</summary>
    public static CsvLimits Foreign { get; } = new(4 * CsvTable.BytesMax, 60_000, KeepsLongRows: true);
}

/// <summary>A table as a spreadsheet saved it. Rows in which nothing stands are left out.</summary>
/// <param name="Headings">One for each column, none twice; empty for a column in which nothing stands.</param>
/// <param name="Separator">Semicolon, comma or tab: the one that stands most often between the headings.</param>
/// <param name="IsWindows1252">It is no UTF-8, so this is a guess that somebody has to look at.</param>
public sealed record CsvTable(IReadOnlyList<string> Headings, IReadOnlyList<CsvRow> Rows, char Separator, bool IsWindows1252)
{
    public const int BytesMax = 5 * 1024 * 1024;
    public const int RowsMax = 20_000;
    public const int ColumnsMax = 60;
    public const int CellMax = 2_000;

    /// <summary>Twice a row of the longest cells, each sign of them a quotation mark: the buffer grows by doubling.</summary>
    private const int BufferSignsMax = 512 * 1024;

    private const int ShownMax = 40;

    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Refuses with file_empty, file_too_large, file_not_csv, file_too_many_rows, file_too_many_columns, cell_too_long, csv_broken,
    /// control_signs, row_too_long, heading_missing and heading_twice.
    /// </summary>
    public static Outcome<CsvTable> Read(byte[] file) => Read(file, CsvLimits.Usual);

    /// <inheritdoc cref="Read(byte[])"/>
    public static Outcome<CsvTable> Read(byte[] file, CsvLimits limits)
    {
        if (file.Length > limits.Bytes)
            return TooLarge;
        if (IsNoText(file))
            return NotCsv;
        var (text, isWindows1252) = Decode(file);
        if (string.IsNullOrWhiteSpace(text))
            return Empty;
        var separator = SeparatorOf(text);
        var read = Records(text, separator, limits.Cell);
        return read.IsDone ? Of(read.Value, separator, isWindows1252, limits) : read.Refusal;
    }

    private static Outcome<CsvTable> Of(List<CsvRow> records, char separator, bool isWindows1252, CsvLimits limits)
    {
        if (records.Count == 0)
            return Empty;
        var head = records[0].Cells.Select(cell => TypedText.Line(CsvText.Meant(cell)) ?? "").ToList();
        while (head is [.., ""])
            head.RemoveAt(head.Count - 1);
        var twice = head.Where(heading => heading.Length > 0).GroupBy(SearchText.Fold, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
            return Wrong("heading_twice", $"Two columns are called “{Shown(twice.First())}”.",
                $"Zwei Spalten heißen „{Shown(twice.First())}“.");

        List<CsvRow> rows = new(records.Count);
        foreach (var record in records.Skip(1))
        {
            var isLong = record.Cells.Skip(head.Count).Any(cell => !string.IsNullOrWhiteSpace(cell));
            if (isLong && limits.KeepsLongRows)
            {
                rows.Add(record);
                continue;
            }

            if (isLong)
                return Wrong("row_too_long", $"Row {record.Number} has more cells than there are headings.",
                    $"Zeile {record.Number} hat mehr Zellen, als es Überschriften gibt.");
            rows.Add(record with { Cells = [.. record.Cells.Concat(Enumerable.Repeat("", head.Count)).Take(head.Count)] });
        }

        var nameless = head.IndexOf("");
        if (nameless >= 0 && rows.Find(row => !string.IsNullOrWhiteSpace(row.Cells[nameless])) is { } first)
            return Wrong("heading_missing", $"Column {nameless + 1} has no heading, but something stands in it in row {first.Number}.",
                $"Spalte {nameless + 1} hat keine Überschrift, aber in Zeile {first.Number} steht etwas darin.");
        return rows.Count == 0 ? Empty : new CsvTable(head, rows, separator, isWindows1252);
    }

    /// <summary>All rows in which something stands, that of the headings first.</summary>
    private static Outcome<List<CsvRow>> Records(string text, char separator, int cellMax)
    {
        using var reader = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = separator,
            BufferSize = 16 * 1024,
            MaxBufferSize = BufferSignsMax,
        });
        List<CsvRow> rows = [];
        var number = 0;
        try
        {
            while (reader.Read())
            {
                number++;
                var cells = new string[reader.RowFieldCount];
                for (var i = 0; i < cells.Length; i++)
                    cells[i] = reader.GetString(i);
                if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                    continue;
                if (WhyNot(number, cells, cellMax) is { } refusal)
                    return refusal;
                if (rows.Count > RowsMax)
                    return Wrong("file_too_many_rows", $"A file has at most {Figures.Of(RowsMax).English} rows below its headings.",
                        $"Eine Datei hat höchstens {Figures.Of(RowsMax).German} Zeilen unter den Überschriften.");
                rows.Add(new(number, cells));
            }
        }
        catch (CsvRecordTooLargeException)
        {
            return TooLong(number + 1);
        }
        catch (CsvFormatException)
        {
            return Broken(number + 1);
        }

        return rows;
    }

    private static Refusal? WhyNot(int number, string[] cells, int cellMax)
    {
        // Trailing separators, which spreadsheets leave behind, are no columns.
        if (Array.FindLastIndex(cells, cell => !string.IsNullOrWhiteSpace(cell)) >= ColumnsMax)
            return Wrong("file_too_many_columns", $"A file has at most {ColumnsMax} columns; row {number} has more.",
                $"Eine Datei hat höchstens {ColumnsMax} Spalten; Zeile {number} hat mehr.");
        if (Array.Exists(cells, cell => cell.Length > cellMax))
            return TooLong(number);
        return Array.Exists(cells, cell => cell.Any(sign => char.IsControl(sign) && sign is not ('\t' or '\r' or '\n')))
            ? Wrong("control_signs", $"Row {number} contains a control character. Save the file again from the spreadsheet.",
                $"Zeile {number} enthält ein Steuerzeichen. Speichern Sie die Datei noch einmal aus der Tabelle.",
                $"Zeile {number} enthält ein Steuerzeichen. Speichere die Datei noch einmal aus der Tabelle.")
            : null;
    }

    /// <summary>A workbook, an archive, a picture, UTF-16: their first bytes, or a NUL.</summary>
    private static bool IsNoText(byte[] file) =>
        file is [0x50, 0x4B, 0x03, 0x04, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            or [0x25, 0x50, 0x44, 0x46, ..] || Array.IndexOf(file, (byte)0) >= 0;

    private static (string Text, bool IsWindows1252) Decode(byte[] file)
    {
        var bytes = file.AsSpan();
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return (strict.GetString(bytes), false);
        }
        catch (DecoderFallbackException)
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes), true);
        }
    }

    private static char SeparatorOf(string text)
    {
        var (counts, isQuoted) = (new Dictionary<char, int> { [';'] = 0, ['\t'] = 0, [','] = 0 }, false);
        foreach (var sign in text.AsSpan().TrimStart())
        {
            if (sign == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && sign is '\r' or '\n')
                break;
            else if (!isQuoted && counts.TryGetValue(sign, out var count))
                counts[sign] = count + 1;
        }

        return counts.MaxBy(one => one.Value).Key;
    }

    public static Refusal TooLarge { get; } = new("file_too_large", new(
        $"The file is too large: at most {BytesMax / 1024 / 1024} MB, and {Figures.Of(RowsMax).English} rows.",
        $"Die Datei ist zu groß: höchstens {BytesMax / 1024 / 1024} MB und {Figures.Of(RowsMax).German} Zeilen."))
    { Field = "file" };

    private static string Shown(string text) => TypedText.Line(text, ShownMax) ?? "";

    private static Refusal TooLong(int number) => Wrong("cell_too_long",
        $"A cell has at most {Figures.Of(CellMax).English} characters; row {number} has a longer one. Is a quotation mark missing?",
        $"Eine Zelle hat höchstens {Figures.Of(CellMax).German} Zeichen; in Zeile {number} ist eine länger. Fehlt ein Anführungszeichen?");

    private static Refusal Broken(int number) => Wrong("csv_broken",
        $"Row {number} can’t be read: a quotation mark opens a cell there and does not close it.",
        $"Zeile {number} ist nicht lesbar: Ein Anführungszeichen öffnet dort eine Zelle und schließt sie nicht.");

    private static Refusal Empty { get; } = Wrong("file_empty",
        "The file has no rows below its headings.", "Die Datei hat keine Zeilen unter den Überschriften.");

    private static Refusal NotCsv { get; } = Wrong("file_not_csv",
        "This is no CSV file. Save the table as CSV (UTF-8) in your spreadsheet and choose that file.",
        "Das ist keine CSV-Datei. Speichern Sie die Tabelle in Ihrem Programm als CSV (UTF-8) und wählen Sie diese Datei.",
        "Das ist keine CSV-Datei. Speichere die Tabelle in deinem Programm als CSV (UTF-8) und wähle diese Datei.");

    private static Refusal Wrong(string code, string english, string german, string? familiar = null) =>
        new(code, new(english, german, familiar)) { Field = "file" };
}
