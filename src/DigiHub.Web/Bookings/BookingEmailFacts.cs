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
        new(Speak.T("What", "Was"), Booking.Title is null ? What : $"{What}: {Booking.Title}"),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {Place.Site.Street}, {Place.Site.PostCode} {Place.Site.City}"),
    ];

    /// <summary>"Desk E1-01", "Room Spree".</summary>
    public string What => SpaceWords.Named(Space).Here;

    public string Why => Speak.T(
        $"You’re getting this e-mail because {Space.Name} was booked for you.",
        $"Sie erhalten diese E-Mail, weil {Space.Name} für Sie gebucht wurde.",
        $"Du erhältst diese E-Mail, weil {Space.Name} für dich gebucht wurde.");

    /// <summary>The interval as LocalSpan.ToString writes it; null for anything else.</summary>
    public static LocalSpan? Known(string? note)
    {
        if (note?.Split('/') is not [var start, var end])
            return null;
        var (from, until) = (LocalDateTimePattern.GeneralIso.Parse(start), LocalDateTimePattern.GeneralIso.Parse(end));
        return from.Success && until.Success && from.Value < until.Value ? new LocalSpan(from.Value, until.Value) : null;
    }
}
