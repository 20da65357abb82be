using DigiHub.Audit;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <param name="Note">The organiser's words to those concerned; at most <see cref="CancelEvent.NoteMax"/>.</param>
/// <param name="Along">What else is written in the same commit.</param>
public sealed record CancelEventRequest(Guid EventId, Guid ActorId, string? Note = null, int? IfRevision = null, Alongside<EventCancelled>? Along = null);

/// <param name="Card">The event, with its reminder rules, and its seats.</param>
/// <param name="WasAlready">It had been cancelled before; nothing has changed, and nobody is written to.</param>
/// <param name="PeopleTold">How many will get a letter.</param>
public sealed record EventCancelled(EventCard Card, bool WasAlready, int PeopleTold)
{
    public Event Event => Card.Event;
}

/// <summary>
/// Calls a published event off: its room is free at once, everything planned to be written about it is withdrawn, and those
/// confirmed and waiting get one letter, after <see cref="UndoWindow"/>; in the morning instead of at night if it was more than a day ahead. Refuses with not_found, not_published, event_over,
/// stale and text_too_long.
/// </summary>
public sealed class CancelEvent(WriteDoor door, Catalogue catalogue, IClock clock)
{
    public const int NoteMax = 1_000;

    /// <summary>How long it may be taken back; only then the letters leave.</summary>
    public static readonly Duration UndoWindow = Duration.FromMinutes(5);

    /// <summary>Letters withdrawn by the cancelling; taking it back plans them again.</summary>
    internal const string Withdrawn = "event cancelled";

    public async Task<Outcome<EventCancelled>> Run(CancelEventRequest request, CancellationToken stop)
    {
        var note = TypedText.Lines(request.Note);
        if (note?.Length > NoteMax)
            return EventRefusals.TooLong("note", NoteMax);

        var map = await catalogue.Map(stop);
        return await door.Run(async db =>
        {
            await db.TakeTurns([Turn.OfEvent(request.EventId)], stop);
            var hosted = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == request.EventId, stop);
            var actor = await Hosting.Actor(db, request.ActorId, stop);
            if (hosted is null || !actor.MayEdit(hosted))
                return Refusal.NotFound;
            if (request.IfRevision is { } known && known != hosted.Revision)
                return Refusal.Stale;
            if (hosted.Status == EventStatus.Cancelled)
                return new EventCancelled(CardOf(hosted, await People(db, hosted.Id, stop)), WasAlready: true, PeopleTold: 0);
            if (hosted.Status != EventStatus.Published)
                return EventRefusals.NotPublished;
            var now = clock.GetCurrentInstant();
            if (now >= hosted.End)
                return EventRefusals.IsOver;

            await ClaimSpace.Release(db, ClaimHolder.Event(hosted.Id), stop);
            await db.Letters.Where(letter => letter.EventId == hosted.Id
                && letter.Kind != LetterKind.RegistrationCancelled).Withdraw(Withdrawn, stop);
            hosted.Cancel(note, now);
            var people = await People(db, hosted.Id, stop);
            var hearing = await RegistrationCalendar.WhoHears(db, hosted.Id, people, stop);
            Tell(db, hosted, hearing, map.Place(hosted.SiteId)!, now);
            db.Record(now, actor!.Id, Act.EventCancelled, hosted.Id);
            return (Outcome<EventCancelled>)new EventCancelled(CardOf(hosted, people), WasAlready: false, hearing.Count);
        }, stop, request.Along);
    }

    private static EventCard CardOf(Event hosted, List<Registration> people) => new(
        hosted, people.Count(one => one.Status == RegistrationStatus.Confirmed), people.Count(one => one.Status == RegistrationStatus.Waiting));

    private static Task<List<Registration>> People(HubDb db, Guid eventId, CancellationToken stop) =>
        db.Registrations.AsNoTracking().Where(one => one.EventId == eventId && one.Status != RegistrationStatus.Cancelled).ToListAsync(stop);

    private static void Tell(HubDb db, Event hosted, List<Registration> people, SitePlace place, Instant now)
    {
        foreach (var person in people)
            db.Write(RegistrationLetters.Of(person, hosted, LetterKind.EventCancelled,
                $"event-cancelled:{person.Id:N}:{hosted.CalendarSequence}", now, due: ChangeNotice.AtAGoodHour(now + UndoWindow, hosted.Start, place), notAfter: hosted.End,
                note: hosted.CancelNote));
    }
}
