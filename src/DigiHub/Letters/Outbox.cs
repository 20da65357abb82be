using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>Which letters are looked for; what is null does not narrow the search.</summary>
public sealed record OutboxQuery
{
    public IReadOnlyList<LetterState> States { get; init; } = [];

    public LetterKind? Kind { get; init; }

    /// <summary>Part of a recipient's name or address, whatever its case.</summary>
    public string? Recipient { get; init; }

    public Guid? EventId { get; init; }

    public Guid? RegistrationId { get; init; }

    /// <summary>Due at this instant or later.</summary>
    public Instant? DueFrom { get; init; }

    /// <summary>Due before this instant.</summary>
    public Instant? DueUntil { get; init; }

    /// <summary>OutboxPage.Next of the page before.</summary>
    public Guid? After { get; init; }

    /// <summary>1 to <see cref="Outbox.SizeMax"/>; others are brought into these bounds.</summary>
    public int Size { get; init; } = 50;
}

/// <param name="Letters">The latest written first.</param>
/// <param name="Next">Ask with it for the part that follows; null at the end.</param>
public sealed record OutboxPage(IReadOnlyList<Letter> Letters, Guid? Next);

/// <summary>
/// A letter, the attempts that did not end well (in order), and what the hub and people did to it (the latest act first); of each at most
/// <see cref="Outbox.ActsMax"/>.
/// </summary>
public sealed record OutboxLetter(Letter Letter, IReadOnlyList<LetterAttempt> Attempts, IReadOnlyList<AuditEntry> Acts);

/// <summary>The letters as rows: what waits, what left, what did not and why. Looking changes nothing.</summary>
public sealed class Outbox(HubDbFactory databases)
{
    public const int SizeMax = 200;
    public const int ActsMax = 50;

    public async Task<OutboxPage> Run(OutboxQuery query, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Page(db, query, stop);
    }

    /// <summary>How many there are in each state; a state that none is in is left out.</summary>
    public async Task<IReadOnlyDictionary<LetterState, int>> Counts(CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Counts(db.Letters, stop);
    }

    /// <summary>Null if there is none.</summary>
    public async Task<OutboxLetter?> Find(Guid letterId, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await db.Letters.AsNoTracking().SingleOrDefaultAsync(letter => letter.Id == letterId, stop) is not { } found)
            return null;
        var acts = await db.Audit.AsNoTracking().Where(entry => entry.SubjectId == letterId)
            .OrderByDescending(entry => entry.At).Take(ActsMax).ToListAsync(stop);
        var attempts = await db.LetterAttempts.AsNoTracking().Where(attempt => attempt.LetterId == letterId)
            .OrderByDescending(attempt => attempt.At).Take(ActsMax).ToListAsync(stop);
        attempts.Reverse();
        return new OutboxLetter(found, attempts, acts);
    }

    public static async Task<OutboxPage> Page(HubDb db, OutboxQuery query, CancellationToken stop)
    {
        var size = Math.Clamp(query.Size, 1, SizeMax);
        var found = await Matching(db, query).OrderByDescending(letter => letter.Id).Take(size + 1).ToListAsync(stop);
        return new OutboxPage([.. found.Take(size)], found.Count > size ? found[size - 1].Id : null);
    }

    public static async Task<IReadOnlyDictionary<LetterState, int>> Counts(IQueryable<Letter> letters, CancellationToken stop) =>
        await letters.GroupBy(letter => letter.State).Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(one => one.State, one => one.Count, stop);

    // Ids are UUIDs of version 7: their order is that of writing, and the primary key finds the next page at once.
    private static IQueryable<Letter> Matching(HubDb db, OutboxQuery query)
    {
        var letters = db.Letters.AsNoTracking();
        if (query.States.Count > 0)
        {
            LetterState[] states = [.. query.States];
            letters = letters.Where(letter => EF.Parameter(states).Contains(letter.State));
        }

        if (query.Kind is { } kind)
            letters = letters.Where(letter => letter.Kind == kind);
        if (query.EventId is { } eventId)
            letters = letters.Where(letter => letter.EventId == eventId);
        if (query.RegistrationId is { } registrationId)
            letters = letters.Where(letter => letter.RegistrationId == registrationId);
        if (query.DueFrom is { } from)
            letters = letters.Where(letter => letter.DueAt >= from);
        if (query.DueUntil is { } until)
            letters = letters.Where(letter => letter.DueAt < until);
        if (query.After is { } after)
            letters = letters.Where(letter => letter.Id.CompareTo(after) < 0);
        return TypedText.Line(query.Recipient) is { } part ? letters.ToSomebodyLike(part) : letters;
    }
}
