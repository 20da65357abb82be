using DigiHub.Events;

namespace DigiHub.Registrations;

/// <param name="Search">Part of a name or address; case and accents do not matter.</param>
/// <param name="After">EventRollPage.Next of the page before.</param>
public sealed record EventRollQuery(
    Guid EventId, Guid ActorId, string? Search = null, RegistrationStatus? Status = null, int After = 0, int Size = 50);

public sealed record RollCounts(int Confirmed, int Waiting, int Cancelled, int CheckedIn);

/// <param name="Rows">In the order of joining.</param>
/// <param name="Next">Ask with it for the part that follows; null at the end.</param>
public sealed record EventRollPage(Event Event, RollCounts Counts, IReadOnlyList<Registration> Rows, int? Next)
{
    public int SeatsLeft => Math.Max(0, Event.Capacity - Counts.Confirmed);

    /// <summary>More are confirmed than there are seats now, because the capacity was lowered; nobody is put out.</summary>
    public int OverBy => Math.Max(0, Counts.Confirmed - Event.Capacity);

    /// <summary>Who gets a letter if the event moves or is cancelled.</summary>
    public int PeopleConcerned => Counts.Confirmed + Counts.Waiting;
}

/// <summary>Who comes to an event: for its organiser, the front desk and administrators; null for all others.</summary>
public sealed class EventRoll
{
    public const int SizeMax = 200;

    /// <summary>As many as registrations of one event can reasonably grow to, cancelled ones included.</summary>
    public const int WholeMax = 10_000;

    public Task<EventRollPage?> Run(EventRollQuery query, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>All of them at once, for export; at most <see cref="WholeMax"/>.</summary>
    public Task<EventRollPage?> Whole(Guid eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
