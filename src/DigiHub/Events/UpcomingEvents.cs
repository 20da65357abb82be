namespace DigiHub.Events;

/// <param name="From">First local day, inclusive; null: from now.</param>
/// <param name="Through">Last local day of their start, inclusive.</param>
/// <param name="Cursor">EventPage.Next of the page before.</param>
/// <param name="Size">1 to <see cref="UpcomingEvents.SizeMax"/>; others are brought into these bounds.</param>
public sealed record UpcomingEventsQuery(
    int? SiteId = null, Topic? Topic = null, LocalDate? From = null, LocalDate? Through = null, string? Cursor = null, int Size = 20);

/// <summary>Published events that are not over, soonest first. Refuses with bad_cursor.</summary>
public sealed class UpcomingEvents
{
    public const int SizeMax = 100;

    public Task<Outcome<EventPage>> Run(UpcomingEventsQuery query, CancellationToken stop) => throw new NotSupportedException();
}
