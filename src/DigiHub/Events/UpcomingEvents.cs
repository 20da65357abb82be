using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Events;

/// <param name="From">First local day, inclusive; null: from now.</param>
/// <param name="Through">Last local day of their start, inclusive.</param>
/// <param name="After">EventList.Next of the page before.</param>
/// <param name="Size">1 to <see cref="UpcomingEvents.SizeMax"/>; others are brought into these bounds.</param>
public sealed record UpcomingEventsQuery(
    int? SiteId = null, string? Topic = null, LocalDate? From = null, LocalDate? Through = null, Cursor? After = null, int Size = 20);

/// <summary>
/// Published events that are not over, soonest first, with their seats: one question to the database. Days are those of each
/// event's own site.
/// </summary>
public sealed class UpcomingEvents(HubDbFactory databases, IClock clock)
{
    public const int SizeMax = 100;

    public async Task<EventList> Run(UpcomingEventsQuery query, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var events = db.Events.Where(evt => evt.Status == EventStatus.Published && evt.End > now);
        if (query.SiteId is { } siteId)
            events = events.Where(evt => evt.SiteId == siteId);
        if (query.Topic is { } topic)
            events = events.Where(evt => evt.Topic == topic);
        if (query.From?.AtMidnight() is { } from)
            events = events.Where(evt => evt.EndLocal > from);
        if (query.Through is { } through && through < LocalDate.MaxIsoValue)
        {
            var until = through.PlusDays(1).AtMidnight();
            events = events.Where(evt => evt.StartLocal < until);
        }

        if (query.After is var (start, id))
            events = events.Where(evt => evt.Start > start || (evt.Start == start && evt.Id > id));

        var size = Math.Clamp(query.Size, 1, SizeMax);
        var found = await EventCards.Of(db, events.OrderBy(evt => evt.Start).ThenBy(evt => evt.Id).Take(size + 1), stop);
        return found.Count <= size
            ? new EventList(found, Next: null)
            : new EventList(found[..size], new Cursor(found[size - 1].Event.Start, found[size - 1].Event.Id));
    }
}
