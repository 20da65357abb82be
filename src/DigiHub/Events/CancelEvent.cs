using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <param name="Note">The organiser's words to those concerned; at most <see cref="CancelEvent.NoteMax"/>.</param>
/// <param name="Along">What else is written in the same commit.</param>
public sealed record CancelEventRequest(
    Guid EventId, Guid ActorId, string? Note = null, int? IfRevision = null, Alongside<EventCancelled>? Along = null);

/// <param name="Card">The event, with its reminder rules, and its seats.</param>
/// <param name="WasAlready">It had been cancelled before; nothing has changed, and no notification is sent.</param>
/// <param name="PeopleTold">How many will get a notification.</param>
public sealed record EventCancelled(EventSummary Card, bool WasAlready, int PeopleTold)
{
    public Event Event => Card.Event;
}

/// <summary>
/// Cancels a published event: its room is free at once, scheduled notifications are withdrawn, and those
/// confirmed and waiting get one notification, after <see cref="UndoWindow"/>; in the morning instead of at night if it was more than a day
/// ahead. Refuses with not_found, not_published, event_over, stale and text_too_long.
/// </summary>
public sealed class CancelEvent(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public const int NoteMax = 1_000;

    /// <summary>How long it may be undone; notifications leave only after that.</summary>
    public static readonly Duration UndoWindow = Duration.FromMinutes(5);

    /// <summary>Notifications withdrawn by cancelling; undoing schedules them again.</summary>
    internal const NotificationReason Withdrawn = NotificationReason.EventCancelled;

    public async Task<Outcome<EventCancelled>> Run(CancelEventRequest request, CancellationToken stop)
    {
        var note = TypedText.Lines(request.Note);
        if (note?.Length > NoteMax)
            return EventRefusals.TooLong("note", NoteMax);

        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfEvent(request.EventId)], stop);
            var evt = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == request.EventId, stop);
            if (evt is null || !evt.MayBeEditedBy(await db.Viewer(request.ActorId, clock.GetCurrentInstant(), stop)))
                return Refusal.NotFound;
            if (request.IfRevision is { } known && known != evt.Revision)
                return Refusal.Stale;
            if (evt.Status == EventStatus.Cancelled)
                return new EventCancelled(CardOf(evt, await People(db, evt.Id, stop)), WasAlready: true, PeopleTold: 0);
            if (evt.Status != EventStatus.Published)
                return EventRefusals.NotPublished;
            var now = clock.GetCurrentInstant();
            if (now >= evt.End)
                return EventRefusals.IsOver;

            await ClaimSpace.Release(db, Event.Subject.Of(evt.Id), stop);
            await db.Notifications.AboutEvent(db, evt.Id)
                .Where(notification => notification.Type != RegistrationNotifications.Cancelled).Withdraw(Withdrawn, stop);
            evt.Cancel(note, now);
            var people = await People(db, evt.Id, stop);
            var hearing = await RegistrationCalendar.WhoHears(db, evt.Id, people, stop);
            Tell(db, evt, hearing, map.Place(evt.SiteId)!, now);
            db.Record(now, request.ActorId, EventActs.Cancelled, evt.Id);
            return (Outcome<EventCancelled>)new EventCancelled(CardOf(evt, people), WasAlready: false, hearing.Count);
        }, stop, request.Along);
    }

    private static EventSummary CardOf(Event evt, List<Registration> people) => new(
        evt, people.Count(one => one.Status == RegistrationStatus.Confirmed),
        people.Count(one => one.Status == RegistrationStatus.Waiting));

    private static Task<List<Registration>> People(HubDb db, Guid eventId, CancellationToken stop) =>
        db.Registrations.AsNoTracking()
            .Where(one => one.EventId == eventId && one.Status != RegistrationStatus.Cancelled).ToListAsync(stop);

    private static void Tell(HubDb db, Event evt, List<Registration> people, SiteContext place, Instant now)
    {
        foreach (var person in people)
            db.Write(RegistrationEmails.Of(
                person, EventNotifications.Cancelled, evt, now,
                due: ChangeNotice.AtAGoodHour(now + UndoWindow, evt.Start, place), notAfter: evt.End,
                revision: $"{evt.CalendarSequence}", note: evt.CancelNote));
    }
}
