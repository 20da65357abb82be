using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Waiting;
using DigiHub.Imports;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;

namespace DigiHub.Privacy;

/// <summary>How long one class of data is kept, and what becomes of it then.</summary>
public sealed record RetentionRule(Words What, Words HowLong, Words Then);

/// <summary>
/// The one table of how long what is kept: the nightly jobs go by the same figures, and the privacy page shows it. Storage limitation is
/// Art. 5 (1) (e) GDPR; no law asks to keep any of this longer, as the hub writes no invoices.
/// </summary>
public static class Retention
{
    /// <summary>From the end of a booking until nobody knows any more whose it was.</summary>
    public static readonly Duration Bookings = Duration.FromDays(365);

    /// <summary>From the end of a booking until nobody knows any more when its member checked in, only that they did.</summary>
    public static readonly Duration Presence = Duration.FromDays(90);

    /// <summary>From the end of an event until nobody knows any more who was registered.</summary>
    public static readonly Duration Registrations = Duration.FromDays(180);

    /// <summary>From the end of a booking until nobody knows any more who came as a guest.</summary>
    public static readonly Duration Guests = Duration.FromDays(30);

    private static readonly Words deleted = new("deleted", "gelöscht");

    public static IReadOnlyList<RetentionRule> Rules(NotificationKeeping keeping) =>
    [
        new(new("Account", "Konto"),
            new("until you delete it", "bis Sie es löschen", "bis du es löschst"),
            new($"deleted {Erasure.Grace.Days} days later", $"{Erasure.Grace.Days} Tage später gelöscht")),
        new(new("Bookings", "Buchungen"), After(Bookings),
            new("anonymous: what was booked stays, whose it was does not",
                "anonym: Was gebucht war, bleibt, von wem, nicht")),
        new(new("When you checked in to a booking", "Wann Sie zu einer Buchung eingecheckt haben",
            "Wann du zu einer Buchung eingecheckt hast"), After(Presence),
            new("only that someone came", "nur noch, dass jemand da war")),
        new(new("Waiting list entries that have ended", "Beendete Einträge auf Wartelisten"), After(WaitingEntry.Kept), deleted),
        new(new("Questions whether to swap or take over a booking", "Fragen nach Tausch und Übernahme von Buchungen"),
            After(BookingProposal.Kept), deleted),
        new(new("Guests of a booking, by name", "Gäste einer Buchung, mit Namen"), After(Guests), deleted),
        new(new("Registrations for events, also of guests", "Anmeldungen zu Veranstaltungen, auch von Gästen"), After(Registrations),
            new("anonymous: a number instead of name and address", "anonym: eine Nummer statt Name und Adresse")),
        new(new("Invitations that have ended", "Beendete Einladungen"), After(Invitation.Kept), deleted),
        new(new("Requests to join that nobody answered", "Unbeantwortete Beitrittsanfragen"), After(JoinRequest.Kept), deleted),
        new(new("Requests to an organisation that nobody answered", "Unbeantwortete Anfragen an eine Organisation"),
            After(MembershipRequest.Life), deleted),
        new(new("E-mails we sent: to whom", "Gesendete E-Mails: an wen"), After(keeping.ByName),
            new("anonymous: that one was sent, and what about", "anonym: dass eine gesendet wurde, und worüber")),
        new(new("E-mails we sent: the record without a name", "Gesendete E-Mails: der Vermerk ohne Namen"), After(keeping.AsRow), deleted),
        new(new("E-mails that came back", "Zurückgekommene E-Mails"), After(InboundRecord.Kept), deleted),
        new(new("Imported tables", "Importierte Tabellen"), After(Import.Kept), deleted),
        new(new("Forms that were sent after signing out", "Formulare, die nach dem Abmelden gesendet wurden"),
            After(KeptForm.Life), deleted),
        new(new("Answers to programs", "Antworten an Programme"), After(IdempotencyRecord.Life), deleted),
        new(new("Record of changes", "Protokoll der Änderungen"),
            new("as long as the hub exists", "solange es den Hub gibt"),
            new("it contains no names, only numbers that lead nowhere once somebody is deleted",
                "es enthält keine Namen, nur Nummern, die nach dem Löschen ins Leere führen")),
    ];

    private static Words After(Duration kept) => kept < Duration.FromDays(1)
        ? new($"{kept.Hours} hours", $"{kept.Hours} Stunden")
        : kept == Duration.FromDays(1) ? new("a day", "ein Tag")
        : new($"{kept.Days} days", $"{kept.Days} Tage");
}
