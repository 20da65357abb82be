namespace DigiHub.Imports;

internal static class BookingColumns
{
    public const string Space = "space", Start = "start", End = "end", Name = "name", Email = "email", Organisation = "organisation",
        Status = "status", Id = "id", Title = "title", Date = "date", Source = "source", Problem = "problem";

    public const string Booked = "booked", Cancelled = "cancelled";

    /// <summary>
    /// What a booking is for is read but never exported: that is between the member and the front desk. What is read only helps to find out
    /// who and when, or comes from a file of another system.
    /// </summary>
    public static IReadOnlyList<ImportColumn> All { get; } =
    [
        new(Space, new("Desk or room", "Platz oder Raum"))
        {
            AlsoCalled = ["Raum", "Room", "Resource", "Ressource", "Space", "Platz", "Desk", "Arbeitsplatz", "Raumname", "Resource names"],
        },
        new(Start, new("From", "Von")) { AlsoCalled = ["Start", "Beginn", "Begin", "Anfang", "Start time", "Startzeit", "Starts at"] },
        new(End, new("Until", "Bis")) { AlsoCalled = ["Ende", "To", "End time", "Endzeit", "Ends at"] },
        new(Name, new("Name", "Name")) { AlsoCalled = ["Person", "Benutzer", "User", "Mitglied", "Member", "Customer"] },
        new(Email, new("E-mail", "E-Mail")) { AlsoCalled = ["Mail", "E-mail address", "E-Mail-Adresse", "Adresse"] },
        new(Organisation, new("Organisation", "Organisation")) { AlsoCalled = ["Organization", "Firma", "Company", "Unternehmen"] },
        new(Status, new("Status", "Stand")) { AlsoCalled = ["State", "Zustand"] },
        new(Id, new("Booking number", "Buchungsnummer"))
        {
            AlsoCalled = ["Booking ID", "Reservation ID", "Reference number", "Referenznummer", "Reference", "Nummer", "Number"],
        },
        new(Title, new("Title", "Titel"))
        {
            IsReadOnly = true,
            MayBeCleared = true,
            AlsoCalled = ["Subject", "Betreff", "Zweck", "Purpose", "Summary", "Beschreibung", "Description"],
        },
        new(Date, new("Date", "Datum")) { IsReadOnly = true, AlsoCalled = ["Tag", "Day"] },
        new(Source, new("Source", "Quelle")) { IsReadOnly = true },
        new(Problem, new("Problem", "Problem")) { IsReadOnly = true },
    ];

    public static IReadOnlyList<ImportChoice> Statuses { get; } =
    [
        new(Booked, new("booked", "gebucht"), "confirmed", "bestätigt", "approved", "genehmigt"),
        new(Cancelled, new("cancelled", "storniert"), "canceled", "abgesagt", "deleted", "gelöscht"),
    ];

    /// <summary>Those of an export, in its order.</summary>
    public static IEnumerable<ImportColumn> Exported => All.Where(column => !column.IsReadOnly);
}
