using DigiHub.Access;
using DigiHub.Closures;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Sites;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Sites;

/// <summary>
/// What the administration has to look after just now, as far as the viewer may see it: counted from what is there, so the list is empty
/// when all is well.
/// </summary>
public sealed class AdminNeeds(
    SetupSteps setup, NotificationsNow notifications, AlarmOptions alarms, BookedOnClosedDays closures, WithoutSpace withoutSpace)
{
    public async Task<IReadOnlyList<Need>> Look(Viewer viewer, CancellationToken stop)
    {
        List<Need> needs = [];
        if (viewer.May(Permission.ManageSettings))
            needs.AddRange((await setup.Look(stop)).Missing);
        if (viewer.May(Permission.SeeOutbox))
            needs.AddRange(Mail(await notifications.Run(stop)));
        needs.AddRange(Lost(await withoutSpace.Run(viewer, stop)));
        needs.AddRange((await closures.Run(viewer, stop)).Select(Closed));
        return needs;
    }

    private IEnumerable<Need> Mail(NotificationsAtWork now)
    {
        var look = new Words("Look", "Ansehen");
        if (now.IsLate(alarms.LagMax))
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
