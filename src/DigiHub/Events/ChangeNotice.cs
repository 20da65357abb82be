using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// Notifies people that an event has changed, once for several edits: the notice waits until nobody has edited for
/// <see cref="Calm"/>, and says what each reader knew before. Edits that lead back to that say nothing.
/// </summary>
internal static class ChangeNotice
{
    public static readonly Duration Calm = Duration.FromMinutes(10);

    /// <summary>An event that starts sooner than this leaves no time to wait.</summary>
    public static readonly Duration Soon = Duration.FromHours(6);

    /// <summary>A notice about an event that starts later than this avoids the quiet hours.</summary>
    public static readonly Duration CanWait = Duration.FromHours(24);

    /// <summary>Those concerned, tracked: confirmed and waiting.</summary>
    public static Task<List<Registration>> People(HubDb db, Guid eventId, CancellationToken stop) =>
        db.Registrations.Where(one => one.EventId == eventId && one.Status != RegistrationStatus.Cancelled).ToListAsync(stop);

    /// <summary>
    /// When a notice written now leaves: after the calm, at once where the event starts soon, and in the morning instead of at night
    /// where it starts later than in a day.
    /// </summary>
    /// <param name="soonest">The start people know or the new one, whichever comes first.</param>
    public static Instant Leaves(Instant soonest, SiteContext place, Instant now) =>
        soonest - now < Soon ? now : AtAGoodHour(now + Calm, soonest, place);

    /// <summary>Service notifications about an event leave at any hour in its last day, before that not in the quiet hours.</summary>
    public static Instant AtAGoodHour(Instant due, Instant start, SiteContext place) =>
        start - due < CanWait ? due : place.Quiet.Wait(due, start, place.Time) ?? due;

    /// <summary>Writes the notices in this transaction and says to how many.</summary>
    /// <param name="before">What those know who have no notice waiting.</param>
    /// <param name="due">As <see cref="Leaves"/> says.</param>
    public static async Task<int> Write(
        HubDb db, Event evt, EventFacts before, List<Registration> people, string? words, Instant now, Instant due, CancellationToken stop)
    {
        var eventId = evt.Id;
        var notices = db.Notifications.AboutEvent(db, eventId).Where(notification => notification.Type == EventNotifications.Changed);
        var waiting = (await notices.NotYetLeaving().AsNoTracking()
            .Select(notification => new { notification.SubjectId, notification.Note, notification.WrittenAt }).ToListAsync(stop))
            // One that was leased at the last edit may be waiting again: the oldest has the facts the reader knew.
            .GroupBy(notification => notification.SubjectId)
            .ToDictionary(notifications => notifications.Key,
                notifications => ChangeNote.Parse(notifications.MinBy(notification => notification.WrittenAt)!.Note));
        await notices.Withdraw(NotificationReason.Superseded, stop);
        var calendars = await db.Notifications.AboutEvent(db, eventId).KnownToCalendars(stop);

        var after = EventFacts.Of(evt);
        var told = 0;
        foreach (var person in await RegistrationCalendar.WhoHears(db, eventId, people, stop))
        {
            var earlier = waiting.GetValueOrDefault(person.Id);
            // A notification sent since may contain newer facts than the withdrawn notice.
            var calendar = person.Status == RegistrationStatus.Confirmed ? calendars.GetValueOrDefault(person.Id) : null;
            var known = calendar?.LatestFacts is { } facts ? ChangeNote.Parse(facts).Known : earlier?.Known ?? before;
            person.NotifiedRevision = evt.Revision;
            if (calendar is { LatestFacts: not null } ? calendar.Shows(after.Written) : known == after)
                continue;

            told++;
            db.Write(RegistrationEmails.Of(
                person, EventNotifications.Changed, evt, now, due, notAfter: evt.End, revision: $"{evt.Revision}",
                note: new ChangeNote(known, words ?? earlier?.Words).Written));
        }

        return told;
    }
}
