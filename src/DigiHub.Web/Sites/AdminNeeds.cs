using DigiHub.Access;
using DigiHub.Bookings.Approvals;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Setup;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Sites;

/// <summary>
/// What the administration has to look after just now, as far as the viewer may see it: counted from what is there, so the list is empty
/// when all is well.
/// </summary>
public sealed class AdminNeeds(
    SetupSteps setup, NotificationsNow notifications, Func<AlarmOptions> whenAlarm, BookedOnClosedDays closures, WithoutSpace withoutSpace,
    OverlappedClosures overlapped, OutsideHours outsideHours, BackupsNow backups, JoinRequests joinRequests,
    WaitingApprovals approvals, Catalogue catalogue, IOptions<HubSettings> settings)
{
    public async Task<IReadOnlyList<Need>> Look(Viewer viewer, CancellationToken stop)
    {
        List<Need> needs = [];
        if (viewer.May(Permission.ManageSettings))
            needs.AddRange((await setup.Look(stop)).Missing);
        if (viewer.May(Permission.SeeOutbox))
            needs.AddRange(Mail(await notifications.Run(stop)));
        if (viewer.May(Permission.GetAlarms) && Unsaved(await backups.Run(stop)) is { } unsaved)
            needs.Add(unsaved);
        if (await joinRequests.All(viewer, stop) is { Count: > 0 and var asking })
            needs.Add(new(false, new("People ask to join", "Menschen möchten beitreten"),
                asking == 1 ? new("One request waits for an answer.", "Eine Anfrage wartet auf Antwort.")
                    : new($"{asking} requests wait for an answer.", $"{asking} Anfragen warten auf Antwort."),
                Paths.InvitePeople, new("Answer", "Beantworten")));
        if (await approvals.Run(viewer, stop) is { Count: > 0 and var waiting })
            needs.Add(new(false, new("Bookings wait for approval", "Buchungen warten auf Genehmigung"),
                waiting == 1 ? new("One waits for an answer.", "Eine wartet auf Antwort.")
                    : new($"{waiting} wait for an answer.", $"{waiting} warten auf Antwort."),
                Paths.Approvals, new("Open", "Öffnen")));
        needs.AddRange(Lost(await withoutSpace.Run(viewer, stop)));
        needs.AddRange((await overlapped.Run(viewer, stop)).Select(Overlapped));
        foreach (var place in (await catalogue.Map(stop)).Places.Where(place => viewer.May(Permission.ManageSites, place.Site.Id)))
            if (Outside(place, await outsideHours.Run(viewer, place.Site.Id, stop)) is { } outside)
                needs.Add(outside);
        needs.AddRange((await closures.Run(viewer, stop)).Select(Closed));
        return needs;
    }

    private IEnumerable<Need> Mail(NotificationsAtWork now)
    {
        var look = new Words("Look", "Ansehen");
        if (now.IsLate(whenAlarm().LagMax))
            yield return new(true, new("E-mails are late", "E-Mails sind verspätet"),
                new($"{now.Due} wait, the oldest for {now.Lag!.Value.TotalMinutes:0} minutes.",
                    $"{now.Due} warten, die älteste seit {now.Lag!.Value.TotalMinutes:0} Minuten."), Paths.Outbox, look);
        if (now.Relay.PausedSince is not null)
            yield return new(true, new("No e-mails are being sent", "Es werden keine E-Mails gesendet"),
                new("The mail server refuses them. The hub tries again by itself.",
                    "Der Mailserver nimmt sie nicht an. Der Hub versucht es von selbst wieder."), Paths.Outbox, look);
        if (now.GivenUp > 0)
            yield return new(true, new("E-mails could not be sent", "E-Mails konnten nicht gesendet werden"),
                new($"{now.GivenUp} since yesterday.", $"{now.GivenUp} seit gestern."),
                Paths.OutboxOf(NotificationState.Failed), look);
        if (now.CameBack > 0)
            yield return new(false, new("E-mails came back", "E-Mails kamen zurück"),
                new($"{now.CameBack} since yesterday; addresses without a mailbox are blocked.",
                    $"{now.CameBack} seit gestern; Adressen ohne Postfach sind gesperrt."), Paths.Suspended, look);
    }

    private Need? Unsaved(BackedUp saved) => settings.Value.Backup.AgeMax is { } ageMax && saved.IsMissing(ageMax)
        ? new(true, new("No good backup", "Keine gute Sicherung"),
            new($"For {Math.Floor(saved.UnsavedFor!.Value.TotalHours):0} hours. Run “digihub backup” and “digihub backup verify” daily.",
                $"Seit {Math.Floor(saved.UnsavedFor!.Value.TotalHours):0} Stunden. "
                    + "Rufen Sie täglich „digihub backup“ und „digihub backup verify“ auf.",
                $"Seit {Math.Floor(saved.UnsavedFor!.Value.TotalHours):0} Stunden. Ruf täglich „digihub backup“ und „digihub backup "
                    + "verify“ auf."),
            Paths.Admin, Button: null)
        : null;

    private static Need? Outside(SiteContext place, StandingOutside standing)
    {
        // Those on closed days have a line of their own.
        var count = standing.Bookings.Count(one => !place.Site.Closures.Exists(closure =>
            closure.From <= one.Booking.LocalSpan.LastDate && one.Booking.LocalSpan.Start.Date <= closure.Through));
        if (count == 0)
            return null;
        var many = standing.More ? $"{count}+" : $"{count}";
        return new(false,
            count == 1
                ? new("1 booking can’t take place as booked", "1 Buchung kann so nicht stattfinden")
                : new($"{many} bookings can’t take place as booked", $"{many} Buchungen können so nicht stattfinden"),
            new($"{place.Site.Name}: closed then, or no longer on offer",
                $"{place.Site.Name}: dann geschlossen oder nicht mehr im Angebot"),
            Paths.SiteHours(place.Site.Slug), new("Settle", "Klären"));
    }

    private static IEnumerable<Need> Lost(SpaceLost lost)
    {
        var why = new Words("The time zone rules have changed, and someone else now has its desk or room. Move or cancel it.",
            "Die Regeln der Zeitzone haben sich geändert, und Platz oder Raum hat jetzt jemand anderes. Verschieben oder stornieren.");
        var open = new Words("Open", "Öffnen");
        foreach (var (booking, name) in lost.Bookings)
            yield return new(true, new($"Booking of {name.Isolated} without a place: {TimeWords.Span(booking.LocalSpan).English}",
                $"Buchung von {name.Isolated} ohne Platz: {TimeWords.Span(booking.LocalSpan).German}"),
                why, Paths.Booking(booking.Id), open);
        foreach (var evt in lost.Events)
            yield return new(true, new($"“{evt.Title.Words.English}” has no room", $"„{evt.Title.Words.German}“ hat keinen Raum"),
                why, Paths.EventEditor(evt.Id), open);
    }

    private static Need Overlapped(OverlappedClosure one)
    {
        var (name, when) = (one.Space.Name, TimeWords.Span(one.Closure.LocalSpan));
        return new(true,
            new($"{name} is out of service and booked: {when.English}", $"{name} ist außer Betrieb und gebucht: {when.German}"),
            new("The time zone rules have changed. Move or cancel the booking, or put it back in service.",
                "Die Regeln der Zeitzone haben sich geändert. Verschieben oder stornieren Sie die Buchung, oder geben Sie wieder frei.",
                "Die Regeln der Zeitzone haben sich geändert. Verschiebe oder storniere die Buchung, oder gib wieder frei."),
            Paths.EditSpaces([one.Space.Id]), new("Open", "Öffnen"));
    }

    private static Need Closed(ClosureWithBookings one)
    {
        var days = Days(one.Closure);
        return new(false,
            one.Bookings == 1
                ? new("1 booking falls on closed days", "1 Buchung liegt an Schließtagen")
                : new($"{one.Bookings} bookings fall on closed days", $"{one.Bookings} Buchungen liegen an Schließtagen"),
            new($"{one.Place.Site.Name}, {days.English}", $"{one.Place.Site.Name}, {days.German}"),
            Paths.Closure(one.Closure.Id), new("Settle", "Klären"));
    }

    private static Words Days(Closure closure)
    {
        var (from, through) = (TimeWords.Date(closure.From), TimeWords.Date(closure.Through));
        return closure.From == closure.Through ? from : new($"{from.English} – {through.English}", $"{from.German} – {through.German}");
    }
}
