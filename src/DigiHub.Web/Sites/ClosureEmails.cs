using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Sites;

/// <summary>Writes the mail about days on which a site is closed, or is open after all, as things stand when it leaves.</summary>
public sealed class ClosureEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == ClosureNotifications.SiteClosure;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var day = world.Booking.StartLocal.Date;
        var closure = new Closure
        {
            SiteId = world.Booking.SiteId,
            From = day,
            Through = day.PlusDays(1),
            Reason = new(German: "Die Heizung wird erneuert.", English: "The heating is being renewed."),
        };
        var closed = new EmailSample(ClosureNotifications.SiteClosure, Closure.Subject.Of(1))
        {
            Note = ClosureNotifications.NoteOf(closure.SiteId, day, day),
            Rows = [closure],
        };
        var openDay = world.DeskElsewhere.StartLocal.Date;
        return
        [
            closed,
            closed with
            {
                Reading = "open",
                Occasion = new("When the site is open after all", "Wenn der Standort doch geöffnet ist"),
                Note = ClosureNotifications.NoteOf(world.DeskElsewhere.SiteId, openDay, openDay),
            },
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (await ClosureNotifications.Of(db, await catalogue.Map(stop), notification, stop) is not var (place, bookings)
            || bookings.Count == 0)
            return null;

        // If some of the days are closed, lists those; otherwise says that the site is open after all.
        var closed = bookings.Where(one => one.Closure is not null).ToList();
        var facts = new ClosureEmailFacts(place, closed.Count > 0 ? closed : bookings,
            closed.Count > 0, links.Booking, links.To(Paths.MyBookings));
        var day = TimeWords.ShortDay(facts.Bookings[0].Booking.StartLocal.Date);
        return new EmailDraft(
            new Words($"{facts.Subject.English}, {day.English}", $"{facts.Subject.German}, {day.German}").In(notification.Language),
            typeof(ClosureEmail), facts)
        { Site = place.Site };
    }
}

/// <param name="Bookings">At least one, by start.</param>
public sealed record ClosureEmailFacts(
    SiteContext Place, IReadOnlyList<ToldBooking> Bookings, bool IsClosed, Func<Guid, Uri> PageOf, Uri All)
{
    /// <summary>More are behind the link: a mail stays readable.</summary>
    public const int ShownMax = 20;

    public Words Title => IsClosed
        ? new($"{Place.Site.Name} is closed", $"{Place.Site.Name} ist geschlossen")
        : new($"{Place.Site.Name} is open after all", $"{Place.Site.Name} ist doch geöffnet");

    /// <summary>Before the day: "Closed: DigiHub West".</summary>
    public Words Subject => IsClosed
        ? new($"Closed: {Place.Site.Name}", $"Geschlossen: {Place.Site.Name}")
        : new($"Open after all: {Place.Site.Name}", $"Doch geöffnet: {Place.Site.Name}");

    public IReadOnlyList<EmailFact> LinesOf(ToldBooking one) =>
    [
        new(Speak.T("When", "Wann"), TimeWords.Span(one.Booking.LocalSpan).Here),
        new(Speak.T("What", "Was"), SpaceWords.Named(one.Space).Here),
        .. one.Closure is { } closure ? [new EmailFact(Speak.T("Reason", "Grund"), closure.Reason.Here)] : Array.Empty<EmailFact>(),
    ];
}
