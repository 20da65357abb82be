using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Events;

namespace DigiHub.Registrations;

/// <param name="Search">Part of a name (see <see cref="SearchText"/>) or address.</param>
/// <param name="After">AttendeeListPart.Next of the page before, in the same order.</param>
/// <param name="Size">1 to <see cref="AttendeeList.SizeMax"/>; others are brought into these bounds.</param>
public sealed record AttendeeQuery(
    Guid EventId, Guid ActorId, string? Search = null, RegistrationStatus? Status = null, int After = 0, int Size = 50,
    AttendeeOrder Order = AttendeeOrder.Joined);

public enum AttendeeOrder { Joined, Name }

public sealed record AttendeeCounts(int Confirmed, int Waiting, int Cancelled, int CheckedIn);

/// <param name="Rows">In the order that was asked for; of one name those who joined first come first.</param>
/// <param name="Undeliverable">
/// Those whom notifications do not reach (<see cref="UndeliverableAttendees"/>); of all, not of these rows alone.
/// </param>
/// <param name="Next">Ask with it for the part that follows; null at the end.</param>
public sealed record AttendeeListPart(
    Event Event, AttendeeCounts Counts, IReadOnlyList<Registration> Rows, IReadOnlySet<Guid> Undeliverable, int? Next)
{
    public int SeatsLeft => Math.Max(0, Event.Capacity - Counts.Confirmed);

    /// <summary>More are confirmed than there are seats now, because the capacity was lowered; nobody is put out.</summary>
    public int OverBy => Math.Max(0, Counts.Confirmed - Event.Capacity);

    /// <summary>Who gets a notification if the event moves or is cancelled.</summary>
    public int PeopleConcerned => Counts.Confirmed + Counts.Waiting;
}

/// <summary>Who comes to an event: for its organiser, the front desk and administrators; null for all others.</summary>
public sealed class AttendeeList(HubDbFactory databases, IClock clock)
{
    public const int SizeMax = 200;

    /// <summary>As many as registrations of one event can reasonably grow to, cancelled ones included.</summary>
    public const int WholeMax = 10_000;

    private static readonly StringComparer Names = StringComparer.Create(Languages.German, ignoreCase: true);

    public async Task<AttendeeListPart?> Run(AttendeeQuery query, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await Theirs(db, query.EventId, query.ActorId, stop) is not { } evt)
            return null;

        var size = Math.Clamp(query.Size, 1, SizeMax);
        if (query.Order == AttendeeOrder.Name)
            return await ByName(db, evt, query, size, stop);
        var after = query.After;
        var found = await Found(Of(db, query.EventId).Where(one => one.Number > after), query)
            .OrderBy(one => one.Number).Take(size + 1).ToListAsync(stop);
        return new AttendeeListPart(evt, await Count(db, query.EventId, stop), [.. found.Take(size)],
            await Undeliverable(db, query.EventId, stop), found.Count > size ? found[size - 1].Number : null);
    }

    private static IQueryable<Registration> Found(IQueryable<Registration> rows, AttendeeQuery query)
    {
        if (query.Status is { } status)
            rows = rows.Where(one => one.Status == status);
        if (SearchText.Typed(query.Search) is not { } folded)
            return rows;
        var key = EmailAddress.KeyOfPart(query.Search!);
        return rows.Where(one => one.NameKey.Contains(folded) || one.NormalizedEmail.Contains(key));
    }

    // Neither database sorts names as people do (Ärmel before Zander, ada beside Ada), so they are sorted here; After counts those before.
    private static async Task<AttendeeListPart> ByName(HubDb db, Event evt, AttendeeQuery query, int size, CancellationToken stop)
    {
        var sorted = (await Found(Of(db, evt.Id), query).OrderBy(one => one.Number).Take(WholeMax).ToListAsync(stop))
            .OrderBy(one => one.Name.Text, Names).ToList();
        var after = Math.Clamp(query.After, 0, sorted.Count);
        return new AttendeeListPart(evt, await Count(db, evt.Id, stop),
            [.. sorted.Skip(after).Take(size)], await Undeliverable(db, evt.Id, stop),
            sorted.Count > after + size ? after + size : null);
    }

    /// <summary>All of them at once, by name, for export; at most <see cref="WholeMax"/>.</summary>
    public async Task<AttendeeListPart?> Whole(Guid eventId, Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Theirs(db, eventId, actorId, stop) is { } evt
            ? new AttendeeListPart(evt, await Count(db, eventId, stop),
                [.. (await Of(db, eventId).OrderBy(one => one.Number).Take(WholeMax).ToListAsync(stop)).OrderBy(one => one.Name, Names)],
                await Undeliverable(db, eventId, stop), Next: null)
            : null;
    }

    private static IQueryable<Registration> Of(HubDb db, Guid eventId) =>
        db.Registrations.AsNoTracking().Where(one => one.EventId == eventId);

    private static async Task<IReadOnlySet<Guid>> Undeliverable(HubDb db, Guid eventId, CancellationToken stop) =>
        (await db.UndeliverableRegistrations().Where(one => one.EventId == eventId)
            .Select(one => one.Id).Take(WholeMax).ToListAsync(stop)).ToHashSet();

    private async Task<Event?> Theirs(HubDb db, Guid eventId, Guid actorId, CancellationToken stop)
    {
        var evt = await db.Events.AsNoTracking().Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
        return evt is not null && evt.MayBeReceivedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)) ? evt : null;
    }

    private static async Task<AttendeeCounts> Count(HubDb db, Guid eventId, CancellationToken stop)
    {
        var counts = await Of(db, eventId).GroupBy(one => one.Status)
            .Select(group => new { Status = group.Key, Count = group.Count(), CheckedIn = group.Count(one => one.CheckedInAt != null) })
            .ToListAsync(stop);
        return new AttendeeCounts(Number(RegistrationStatus.Confirmed),
            Number(RegistrationStatus.Waiting), Number(RegistrationStatus.Cancelled),
            counts.Sum(one => one.CheckedIn));

        int Number(RegistrationStatus status) => counts.Find(one => one.Status == status)?.Count ?? 0;
    }
}
