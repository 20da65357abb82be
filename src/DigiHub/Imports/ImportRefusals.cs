namespace DigiHub.Imports;

/// <summary>Why a row, or a whole import, is refused.</summary>
internal static class ImportRefusals
{
    public const string SeriesTooLong = "series_too_long", SeriesUnreadable = "series_unreadable", TimeUnreadable = "time_unreadable",
        PeriodsOnly = "periods_only", NotApproved = "not_approved";

    private const int ShownMax = 60;

    private static readonly Dictionary<string, Words> problems = new(StringComparer.Ordinal)
    {
        [SeriesTooLong] = new($"a series of more than {Import.SeriesMax} dates", $"eine Serie von mehr als {Import.SeriesMax} Terminen"),
        [SeriesUnreadable] = new("its rule of repetition can’t be read", "ihre Wiederholungsregel ist nicht lesbar"),
        [TimeUnreadable] = new("its time can’t be read", "ihre Zeit ist nicht lesbar"),
        [PeriodsOnly] = new("its area is booked by periods, not by times",
            "ihr Bereich wird nach Zeiträumen gebucht, nicht nach Uhrzeiten"),
        [NotApproved] = new("not approved there", "dort nicht genehmigt"),
    };

    public static Refusal NotReadYet { get; } = new("columns_unknown", new(
        "Say first what the columns of the file are.", "Sagen Sie zuerst, was die Spalten der Datei bedeuten.",
        "Sag zuerst, was die Spalten der Datei bedeuten."));

    public static Refusal AlreadyDone { get; } = new("import_done", new(
        "This import has been applied already.", "Dieser Import ist schon übernommen."));

    public static Refusal NotDone { get; } = new("import_not_done", new(
        "There is nothing to undo: this import has not been applied, or was undone already.",
        "Es gibt nichts rückgängig zu machen: Dieser Import ist nicht übernommen oder schon rückgängig gemacht."));

    public static Refusal TooLate { get; } = new("undo_too_late", new(
        "An import can be undone for 24 hours.", "Ein Import lässt sich 24 Stunden lang rückgängig machen."));

    public static Refusal Forgotten { get; } = new("import_forgotten", new(
        "The file of this import has been deleted, as always after 30 days. Load it again.",
        "Die Datei dieses Imports ist gelöscht, wie immer nach 30 Tagen. Laden Sie sie noch einmal.",
        "Die Datei dieses Imports ist gelöscht, wie immer nach 30 Tagen. Lade sie noch einmal."));

    public static Refusal Differs { get; } = new("import_differs", new(
        "Something has changed in the hub since the dry run, so nothing was written. Look at the new dry run and apply that.",
        "Seit dem Probelauf hat sich im Hub etwas geändert, darum wurde nichts geschrieben. "
            + "Sehen Sie den neuen Probelauf an und übernehmen Sie dann diesen.",
        "Seit dem Probelauf hat sich im Hub etwas geändert, darum wurde nichts geschrieben. Sieh den neuen Probelauf an und übernimm dann "
            + "diesen."));

    public static Refusal RowsRefused { get; } = new("rows_refused", new(
        "Some rows are refused, and either all are written or none. Correct the file and load it again, or leave those rows out.",
        "Einige Zeilen sind abgelehnt, und es werden alle geschrieben oder keine. "
            + "Korrigieren Sie die Datei und laden Sie sie noch einmal, oder lassen Sie diese Zeilen weg.",
        "Einige Zeilen sind abgelehnt, und es werden alle geschrieben oder keine. Korrigiere die Datei und lade sie noch einmal, oder lass "
            + "diese Zeilen weg."));

    public static Refusal EncodingUnconfirmed { get; } = new("encoding_unconfirmed", new(
        "The file is no UTF-8. Confirm that umlauts and other special characters are shown correctly.",
        "Die Datei ist kein UTF-8. Bestätigen Sie, dass Umlaute und andere Sonderzeichen richtig zu sehen sind.",
        "Die Datei ist kein UTF-8. Bestätige, dass Umlaute und andere Sonderzeichen richtig zu sehen sind."))
    { Field = "encoding" };

    public static Refusal TooManyRows(int max) => new("file_too_many_rows", new(
        $"An import of this kind has at most {Figures.Of(max).English} rows.",
        $"Ein Import dieser Art hat höchstens {Figures.Of(max).German} Zeilen."))
    { Field = "file" };

    public static Refusal NothingNew { get; } = new("nothing_new", new(
        "There is nothing to write: no row is new.", "Es gibt nichts zu schreiben: Keine Zeile ist neu."));

    public static Refusal NoSuchMember(ImportColumn column, string typed) => Of("member_unknown", column,
        $"nobody here has the address “{Shown(typed)}”; import the people first",
        $"niemand hier hat die Adresse „{Shown(typed)}“; importieren Sie zuerst die Mitglieder",
        $"niemand hier hat die Adresse „{Shown(typed)}“; importiere zuerst die Mitglieder");

    /// <summary>A file that tells only names.</summary>
    public static Refusal NoAddress(ImportColumn column, string name) => Of("address_missing", column,
        $"the file tells no address of “{Shown(name)}”", $"die Datei nennt keine Adresse von „{Shown(name)}“");

    public static Refusal NoTime(ImportColumn column, string typed) => Of("value_unreadable", column,
        $"{column.Heading.English} is “{Shown(typed)}”: write it as 2026-11-23 09:00",
        $"{column.Heading.German} ist „{Shown(typed)}“: Schreiben Sie 23.11.2026 09:00",
        $"{column.Heading.Familiar} ist „{Shown(typed)}“: Schreib 23.11.2026 09:00");

    public static Refusal IsCancelled { get; } = new("booking_cancelled", new("cancelled there", "dort storniert"));

    /// <summary>It came before, and is otherwise here than the file says.</summary>
    public static Refusal BookingDiffers { get; } = new("booking_differs", new(
        "is here already, but otherwise: change it where bookings are changed",
        "ist schon hier, aber anders: Ändern Sie sie dort, wo man Buchungen ändert",
        "ist schon hier, aber anders: Ändere sie dort, wo man Buchungen ändert"));

    /// <summary>What a file of another system says that can't become a row.</summary>
    public static Refusal? Problem(string code) => problems.TryGetValue(code, out var words) ? new(code, words) : null;

    public static Refusal SiteMissing { get; } = new("site_unknown", new("Choose a site.", "Wählen Sie einen Standort.",
        "Wähle einen Standort."))
    { Field = "site" };

    public static Refusal ChangedSince { get; } = new("changed_since", new("changed since then", "seitdem geändert"));

    public static Refusal InUse { get; } = new("in_use", new("in use by now", "inzwischen in Gebrauch"));

    public static Refusal Gone { get; } = new("gone", new("no longer there", "nicht mehr da"));

    public static Refusal Missing(ImportColumn column) => Of("value_missing", column,
        $"{column.Heading.English} is missing", $"{column.Heading.German} fehlt");

    public static Refusal CannotBeCleared(ImportColumn column) => Of("cannot_be_cleared", column,
        $"{column.Heading.English} can’t be empty", $"{column.Heading.German} kann nicht leer sein");

    public static Refusal Twice(ImportColumn column, int line) => Of("row_twice", column,
        $"stands in row {line} already", $"steht schon in Zeile {line}");

    public static Refusal NoNumber(ImportColumn column, string typed) => Of("value_unreadable", column,
        $"{column.Heading.English} is “{Shown(typed)}”: no whole number",
        $"{column.Heading.German} ist „{Shown(typed)}“: keine ganze Zahl");

    /// <param name="known">In the order in which they are named.</param>
    public static Refusal NoChoice(ImportColumn column, string typed, IReadOnlyCollection<Words> known) => Of("value_unknown", column,
        $"{column.Heading.English} is “{Shown(typed)}”: use one of {string.Join(", ", known.Select(one => one.English))}",
        $"{column.Heading.German} ist „{Shown(typed)}“: möglich sind {string.Join(", ", known.Select(one => one.German))}");

    /// <param name="nearest">The name most like it; null where there is none.</param>
    public static Refusal NoSuch(ImportColumn column, string typed, string? nearest) => Of("value_unknown", column,
        $"{column.Heading.English} is “{Shown(typed)}”: not found{(nearest is null ? "" : $". Did you mean {nearest}?")}",
        $"{column.Heading.German} ist „{Shown(typed)}“: nicht gefunden{(nearest is null ? "" : $". Meinen Sie {nearest}?")}",
        $"{column.Heading.Familiar} ist „{Shown(typed)}“: nicht gefunden{(nearest is null ? "" : $". Meinst du {nearest}?")}");

    /// <summary>Something that a column says once and for all.</summary>
    public static Refusal Fixed(ImportColumn column) => Of("value_fixed", column,
        $"{column.Heading.English} can’t be changed later", $"{column.Heading.German} lässt sich nicht mehr ändern");

    private static Refusal Of(string code, ImportColumn column, string english, string german, string? familiar = null) =>
        new(code, new(english, german, familiar)) { Field = column.Key };

    private static string Shown(string typed) => TypedText.Line(typed, ShownMax) ?? "";
}
