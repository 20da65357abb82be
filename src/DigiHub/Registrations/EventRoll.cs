using DigiHub.Data;
using DigiHub.Events;

namespace DigiHub.Registrations;

/// <param name="Search">Part of a name (see <see cref="SearchText"/>) or address.</param>
/// <param name="After">EventRollPage.Next of the page before.</param>
/// <param name="Size">1 to <see cref="EventRoll.SizeMax"/>; others are brought into these bounds.</param>
public sealed record EventRollQuery(
    Guid EventId, Guid ActorId, string? Search = null, RegistrationStatus? Status = null, int After = 0, int Size = 50);

public sealed record RollCounts(int Confirmed, int Waiting, int Cancelled, int CheckedIn);

/// <param name="Rows">In the order of joining.</param>
/// <param name="Undeliverable">Those whom letters do not reach (<see cref="NotReached"/>); of all, not of these rows alone.</param>
/// <param name="Next">Ask with it for the part that follows; null at the end.</param>
public sealed record EventRollPage(Event Event, RollCounts Counts, IReadOnlyList<Registration> Rows, IReadOnlySet<Guid> Undeliverable, int? Next)
{
    public int SeatsLeft => Math.Max(0, Event.Capacity - Counts.Confirmed);

    /// <summary>More are confirmed than there are seats now, because the capacity was lowered; nobody is put out.</summary>
    public int OverBy => Math.Max(0, Counts.Confirmed - Event.Capacity);

    /// <summary>Who gets a letter if the event moves or is cancelled.</summary>
    public int PeopleConcerned => Counts.Confirmed + Counts.Waiting;
}

/// <summary>Who comes to an event: for its organiser, the front desk and administrators; null for all others.</summary>
public sealed class EventRoll(HubDbFactory databases)
{
    public const int SizeMax = 200;

    /// <summary>As many as registrations of one event can reasonably grow to, cancelled ones included.</summary>
    public const int WholeMax = 10_000;

    public async Task<EventRollPage?> Run(EventRollQuery query, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await Theirs(db, query.EventId, query.ActorId, stop) is not { } hosted)
            return null;

        var size = Math.Clamp(query.Size, 1, SizeMax);
        var after = query.After;
        var rows = Of(db, query.EventId).Where(one => one.Number > after);
        if (query.Status is { } status)
            rows = rows.Where(one => one.Status == status);
        if (SearchText.Typed(query.Search) is { } folded)
        {
            var key = EmailAddress.KeyOfPart(query.Search!);
            rows = rows.Where(one => one.NameKey.Contains(folded) || one.NormalizedEmail.Contains(key));
        }

        var found = await rows.OrderBy(one => one.Number).Take(size + 1).ToListAsync(stop);
        return new EventRollPage(hosted, await Count(db, query.EventId, stop), [.. found.Take(size)], await Undeliverable(db, query.EventId, stop), found.Count > size ? found[size - 1].Number : null);
    }

    /// <summary>All of them at once, for export; at most <see cref="WholeMax"/>.</summary>
    public async Task<EventRollPage?> Whole(Guid eventId, Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Theirs(db, eventId, actorId, stop) is { } hosted
            ? new EventRollPage(hosted, await Count(db, eventId, stop), await Of(db, eventId).OrderBy(one => one.Number).Take(WholeMax).ToListAsync(stop), await Undeliverable(db, eventId, stop), Next: null)
            : null;
    }

    private static IQueryable<Registration> Of(HubDb db, Guid eventId) => db.Registrations.AsNoTracking().Where(one => one.EventId == eventId);

    private static async Task<IReadOnlySet<Guid>> Undeliverable(HubDb db, Guid eventId, CancellationToken stop) =>
        (await db.RegistrationsNotReached().Where(one => one.EventId == eventId).Select(one => one.Id).Take(WholeMax).ToListAsync(stop)).ToHashSet();

    private static async Task<Event?> Theirs(HubDb db, Guid eventId, Guid actorId, CancellationToken stop)
    {
        var hosted = await db.Events.AsNoTracking().Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
        return hosted is not null && (await Hosting.Actor(db, actorId, stop)).MayReceive(hosted) ? hosted : null;
    }

    private static async Task<RollCounts> Count(HubDb db, Guid eventId, CancellationToken stop)
    {
        var counts = await Of(db, eventId).GroupBy(one => one.Status)
            .Select(group => new { Status = group.Key, Count = group.Count(), CheckedIn = group.Count(one => one.CheckedInAt != null) })
            .ToListAsync(stop);
        return new RollCounts(Number(RegistrationStatus.Confirmed), Number(RegistrationStatus.Waiting), Number(RegistrationStatus.Cancelled),
            counts.Sum(one => one.CheckedIn));

        int Number(RegistrationStatus status) => counts.Find(one => one.Status == status)?.Count ?? 0;
    }
}
