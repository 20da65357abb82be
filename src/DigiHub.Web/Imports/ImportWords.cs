using DigiHub.Imports;
using DigiHub.Web.Components;

namespace DigiHub.Web.Imports;

/// <summary>Imports in words and as icons.</summary>
internal static class ImportWords
{
    /// <summary>As it begins a line: "Desks and rooms".</summary>
    public static Words Of(ImportKind kind) => kind switch
    {
        ImportKind.Spaces => new("Desks and rooms", "Plätze und Räume"),
        ImportKind.Organisations => new("Organisations", "Organisationen"),
        ImportKind.Bookings => new("Bookings", "Buchungen"),
        _ => new("People", "Mitglieder"),
    };

    /// <summary>In addresses: "spaces".</summary>
    public static string Slug(ImportKind kind) => kind.ToString().ToLowerInvariant();

    public static string IconOf(ImportKind kind) => kind switch
    {
        ImportKind.Spaces => "desk",
        ImportKind.Organisations => "organise",
        ImportKind.Bookings => "mine",
        _ => "people",
    };

    /// <summary>What wrote a file.</summary>
    public static Words Of(ImportFormat format) => format switch
    {
        ImportFormat.Csv => new("Table (CSV)", "Tabelle (CSV)"),
        ImportFormat.Ics => new("Calendar (ICS)", "Kalender (ICS)"),
        ImportFormat.Mrbs => new("MRBS", "MRBS"),
        ImportFormat.LibreBooking => new("LibreBooking", "LibreBooking"),
        _ => new("Seatsurfing", "Seatsurfing"),
    };

    /// <summary>In addresses and forms: "librebooking".</summary>
    public static string Slug(ImportFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>"31 new", behind its number.</summary>
    public static Words Of(RowOutcome outcome) => outcome switch
    {
        RowOutcome.New => new("new", "neu"),
        RowOutcome.Change => new("changed", "geändert"),
        RowOutcome.Same => new("the same", "unverändert"),
        RowOutcome.Refused => new("refused", "abgelehnt"),
        _ => new("left out", "weggelassen"),
    };

    public static string IconOf(RowOutcome outcome) => outcome switch
    {
        RowOutcome.New => "plus",
        RowOutcome.Change => "organise",
        RowOutcome.Same => "ok",
        RowOutcome.Refused => "bad",
        _ => "minus",
    };

    /// <summary>Of a badge; null for a plain one.</summary>
    public static string? KindOf(RowOutcome outcome) => outcome switch
    {
        RowOutcome.New => "ok",
        RowOutcome.Refused => "bad",
        _ => null,
    };

    public static Words Of(ImportState state) => state switch
    {
        ImportState.Read => new("columns to be chosen", "Spalten noch zu wählen"),
        ImportState.Checked => new("not applied", "nicht übernommen"),
        ImportState.Applying => new("being written", "wird geschrieben"),
        ImportState.Done => new("applied", "übernommen"),
        ImportState.Undoing => new("being undone", "wird zurückgenommen"),
        _ => new("undone", "rückgängig gemacht"),
    };

    public static string IconOf(ImportState state) => state switch
    {
        ImportState.Read => "list",
        ImportState.Checked or ImportState.Applying or ImportState.Undoing => "clock",
        ImportState.Done => "ok",
        _ => "undo",
    };

    public static Words Rows(int count) => count == 1
        ? new("1 row", "1 Zeile")
        : new($"{Figures.Of(count).English} rows", $"{Figures.Of(count).German} Zeilen");

    public static Words Changes(int count) => count == 1
        ? new("1 change", "1 Änderung")
        : new($"{Figures.Of(count).English} changes", $"{Figures.Of(count).German} Änderungen");
}
