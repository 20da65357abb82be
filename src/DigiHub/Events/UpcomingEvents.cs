using System.Globalization;
using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Events;

/// <param name="From">First local day, inclusive; null: from now.</param>
/// <param name="Through">Last local day of their start, inclusive.</param>
/// <param name="Cursor">EventList.Next of the page before.</param>
/// <param name="Size">1 to <see cref="UpcomingEvents.SizeMax"/>; others are brought into these bounds.</param>
public sealed record UpcomingEventsQuery(
    int? SiteId = null, string? Topic = null, LocalDate? From = null, LocalDate? Through = null, string? Cursor = null, int Size = 20);

/// <summary>
/// Published events that are not over, soonest first, with their seats: one question to the database. Days are those of each
/// event's own site. Refuses with malformed_cursor.
/// </summary>
public sealed class UpcomingEvents(HubDbFactory databases, IClock clock)
{
    public const int SizeMax = 100;

    private static readonly Refusal badCursor = new("malformed_cursor", new(
        "This page of the list doesn’t exist. Start from the first page.",
        "Diese Seite der Liste gibt es nicht. Beginnen Sie mit der ersten."))
    { Field = "cursor" };

    public async Task<Outcome<EventList>> Run(UpcomingEventsQuery query, CancellationToken stop)
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

        if (query.Cursor is not null)
        {
            if (Read(query.Cursor) is not var (start, slug))
                return badCursor;
#pragma warning disable CA1309, CA1310 // translated to SQL's comparison, the one that orders the list
            events = events.Where(evt => evt.Start > start || (evt.Start == start && string.Compare(evt.Slug, slug) > 0));
#pragma warning restore CA1309, CA1310
        }

        var size = Math.Clamp(query.Size, 1, SizeMax);
        var found = await EventCards.Of(db, events.OrderBy(evt => evt.Start).ThenBy(evt => evt.Slug).Take(size + 1), stop);
        return found.Count <= size
            ? new EventList(found, Next: null)
            : new EventList(found[..size], Written(found[size - 1].Event));
    }

    private static string Written(Event last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.Start.ToUnixTimeTicks()}~{last.Slug}");

    private static (Instant Start, string Slug)? Read(string cursor)
    {
        var parts = cursor.Split('~');
        return parts.Length == 2 && parts[1].Length is > 0 and <= Event.SlugMax && !parts[1].Contains('\0', StringComparison.Ordinal)
            && SiteTime.AtTicks(parts[0]) is { } start
            ? (start, parts[1])
            : null;
    }
}
