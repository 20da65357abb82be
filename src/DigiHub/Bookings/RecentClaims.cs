using System.Collections.Concurrent;
using DigiHub.Data;

namespace DigiHub.Bookings;

/// <summary>
/// The claims on some spaces as they stood a moment ago, for pictures of a day that many look at: whoever asks gets what the
/// last one got, until this process has written anything, or for a second where another process writes. A booking is never
/// decided by these.
/// </summary>
public sealed class RecentClaims(HubDbFactory databases, UnitOfWork unitOfWork)
{
    private const int KeptMax = 256;
    private static readonly TimeSpan keptFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Question, Answer> kept = new();

    /// <param name="Atoms">Compared by their numbers.</param>
    private sealed record Question(int[] Atoms, Instant From, Instant Until)
    {
        public bool Equals(Question? other) =>
            other is not null && From == other.From && Until == other.Until && Atoms.AsSpan().SequenceEqual(other.Atoms);

        public override int GetHashCode() => HashCode.Combine(From, Until, Atoms.Length, Atoms[0]);
    }

    private sealed record Answer(ILookup<int, Hold> ByAtom, long AsOfWrite, long At);

    /// <summary>By atom, each by start; nothing is told of whose they are.</summary>
    /// <param name="atoms">At least one.</param>
    internal async ValueTask<ILookup<int, Hold>> Overlapping(int[] atoms, Instant from, Instant until, CancellationToken stop)
    {
        var question = new Question(atoms, from, until);
        if (kept.TryGetValue(question, out var known) && known.AsOfWrite == unitOfWork.Writes && Environment.TickCount64 - known.At < keptFor.TotalMilliseconds)
            return known.ByAtom;

        var (asOfWrite, at) = (unitOfWork.Writes, Environment.TickCount64); // read before the rows: a write in between makes them old
        await using var db = databases.Open();
        var rows = await claims.For(db)(db, atoms, from, from - Claim.LengthMax, until).ToListAsync(stop);
        rows.Sort((one, other) => one.Start.CompareTo(other.Start));
        var answer = new Answer(rows.ToLookup(row => row.AtomId), asOfWrite, at);
        if (kept.Count >= KeptMax)
            kept.Clear();
        kept[question] = answer;
        return answer.ByAtom;
    }

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> claims = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] atoms, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where atoms.Contains(claim.AtomId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            select new Hold(claim.AtomId, claim.Start, claim.End, claim.BookingId, claim.EventId, null, null)));
}
