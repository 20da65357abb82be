using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;
using NodaTime.Text;

namespace DigiHub.Web.Bookings;

/// <summary>What the e-mails about a booking tell.</summary>
/// <param name="Page">The booking's own page: change, cancel.</param>
/// <param name="Before">Of a moved booking, the times the reader knew; null if they are not known any more.</param>
/// <param name="Stop">For reminders: where all of the member's are stopped.</param>
public sealed record BookingEmailFacts(Booking Booking, Space Space, SiteContext Place, Uri Page, LocalSpan? Before, Uri? Stop)
{
    /// <summary>Any of this was asked for, and the booking has not begun; null: nothing about it is said.</summary>
    public Pool? Pool { get; init; }

    /// <summary>Of a meeting at two sites the other room, which it tells of, too; null: it tells of this one alone.</summary>
    public MeetingRoomFacts? Also { get; init; }

    /// <summary>The other room of the meeting, which stays booked although this one is not; null: nothing is said of it.</summary>
    public MeetingRoomFacts? Stays { get; init; }

    /// <summary>"Panke", or of a meeting "Panke and Bäke".</summary>
    public Words Name => Also is null
        ? new(Space.Name, Space.Name)
        : new($"{Space.Name} and {Also.Space.Name}", $"{Space.Name} und {Also.Space.Name}");

    public string StaysLine => Stays is null ? "" : Speak.T(
        $"{Stays.Space.Name} at {Stays.Place.Site.Name} stays booked for your meeting.",
        $"{Stays.Space.Name} im {Stays.Place.Site.Name} bleibt für Ihre Besprechung gebucht.",
        $"{Stays.Space.Name} im {Stays.Place.Site.Name} bleibt für deine Besprechung gebucht.");

    /// <summary>Why the reader will hardly be there in time; empty: nothing is in the way.</summary>
    public string WayLine { get; init; } = "";

    public string PoolLine => Pool is null ? "" : PoolWords.Any(Pool) is var any ? Speak.T(
        $"{any.English}: until it begins, your booking may still move within the pool. Then we’ll tell you by e-mail.",
        $"{any.German}: Bis zum Beginn kann Ihre Buchung innerhalb des Pools noch wechseln. Dann schreiben wir Ihnen.",
        $"{any.Familiar}: Bis zum Beginn kann deine Buchung innerhalb des Pools noch wechseln. Dann schreiben wir dir.") : "";

    /// <summary>Of a booking that was handed over, whose it was; null if that is not known any more.</summary>
    public PersonName? From { get; init; }

    /// <summary>Why it was declined; null: it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Who declined it; null if that is not known any more.</summary>
    public PersonName? DeclinedBy { get; init; }

    /// <summary>What else is free; the booking's page has a button for each.</summary>
    public IReadOnlyList<EmailFact> Others { get; init; } = [];

    public const int OthersMax = 3;

    /// <summary>Until when it is held without approval; empty where it needs none, or has it.</summary>
    public string WaitLine => Booking.ApproveBy is { } by && TimeWords.Moment(Place.Time.Local(by)) is var until ? Speak.T(
        $"It waits for approval until {until.English}. You’ll get an e-mail either way. If nobody decides by then, it lapses.",
        $"Die Buchung wartet bis {until.German} auf Genehmigung. Sie erhalten in jedem Fall eine E-Mail. "
            + "Entscheidet bis dahin niemand, verfällt sie.",
        $"Die Buchung wartet bis {until.Familiar} auf Genehmigung. Du erhältst in jedem Fall eine E-Mail. "
            + "Entscheidet bis dahin niemand, verfällt sie.") : "";

    /// <summary>Where the reader says whether they come, or undoes a release; null: nothing is asked.</summary>
    public Uri? Coming { get; init; }

    /// <summary>The same with this answer: "yes", "later", "release".</summary>
    public Uri Answer(string answer) => new($"{Coming}?answer={answer}");

    /// <summary>"10:15", until when one checks in; null: nobody is asked to.</summary>
    public Words? CheckInUntil => Booking is { CheckInBy: { } by, CheckedInAt: null }
        ? TimeWords.Clock(Place.Time.Local(by).TimeOfDay)
        : null;

    /// <summary>Until when the release can be undone.</summary>
    public Words? UndoUntil => Booking.CancelledAt is { } at
        ? TimeWords.Clock(Place.Time.Local(at + Duration.FromMinutes(UndoRelease.MinutesMax)).TimeOfDay)
        : null;

    /// <summary>Empty where nobody is asked to check in.</summary>
    public string CheckInLine => CheckInUntil is not { } until ? "" : Speak.T(
        $"Please check in by {until.English}, in “My bookings” or by the code at the space. Otherwise it’s released for others.",
        $"Bitte checken Sie bis {until.German} Uhr ein, unter „Meine Buchungen“ oder mit dem Code vor Ort. "
            + "Sonst wird die Buchung für andere freigegeben.",
        $"Bitte check bis {until.Familiar} Uhr ein, unter „Meine Buchungen“ oder mit dem Code vor Ort. Sonst wird die Buchung für andere "
            + "freigegeben.");

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("When", "Wann"), TimeWords.Span(Booking.LocalSpan).Here),
        .. Before is { } before
            ? [new EmailFact(Speak.T("Previously", "Bisher"), TimeWords.Span(before).Here)]
            : Array.Empty<EmailFact>(),
        .. Also is null ? Here : Both(Also),
    ];

    private IEnumerable<EmailFact> Here =>
    [
        new(Speak.T("What", "Was"), Booking.Title is null ? What : $"{What}: {Booking.Title}"),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {AddressOf(Place)}"),
    ];

    private IEnumerable<EmailFact> Both(MeetingRoomFacts other) =>
    [
        new(Speak.T("What", "Was"), Booking.Title ?? Speak.T("Meeting at two sites", "Besprechung an zwei Standorten")),
        new(Place.Site.Name, $"{What}, {AddressOf(Place)}"),
        new(other.Place.Site.Name, $"{SpaceWords.Named(other.Space).Here}, {AddressOf(other.Place)}"),
    ];

    private static string AddressOf(SiteContext place) => $"{place.Site.Street}, {place.Site.PostCode} {place.Site.City}";

    /// <summary>"Desk E1-01", "Room Spree".</summary>
    public string What => SpaceWords.Named(Space).Here;

    public string Why => Speak.T(
        $"You’re getting this e-mail because {Name.English} {(Also is null ? "was" : "were")} booked for you.",
        $"Sie erhalten diese E-Mail, weil {Name.German} für Sie gebucht {(Also is null ? "wurde" : "wurden")}.",
        $"Du erhältst diese E-Mail, weil {Name.Familiar} für dich gebucht {(Also is null ? "wurde" : "wurden")}.");

    /// <summary>The interval as LocalSpan.ToString writes it; null for anything else.</summary>
    public static LocalSpan? Known(string? note)
    {
        if (note?.Split('/') is not [var start, var end])
            return null;
        var (from, until) = (LocalDateTimePattern.GeneralIso.Parse(start), LocalDateTimePattern.GeneralIso.Parse(end));
        return from.Success && until.Success && from.Value < until.Value ? new LocalSpan(from.Value, until.Value) : null;
    }
}

/// <summary>The other room of a meeting at two sites.</summary>
public sealed record MeetingRoomFacts(Space Space, SiteContext Place);
