using System.Collections.Concurrent;
using DigiHub.Claims;
using DigiHub.Data;

namespace DigiHub.Bookings;

/// <summary>
/// A cache of claims on some spaces, for pages of a day that many look at: callers get the previous result
/// until this process writes anything, and for at most a second, since other processes write, too. A booking is never
/// decided by it.
/// </summary>
public sealed class RecentClaims(HubDbFactory databases, UnitOfWork unitOfWork)
{
    private const int KeptMax = 256;
    private static readonly TimeSpan keptFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Question, Answer> kept = new();

    /// <param name="Units">Compared by their numbers.</param>
    private sealed record Question(int[] Units, Instant From, Instant Until)
    {
        public bool Equals(Question? other) =>
            other is not null && From == other.From && Until == other.Until && Units.AsSpan().SequenceEqual(other.Units);

        public override int GetHashCode() => HashCode.Combine(From, Until, Units.Length, Units[0]);
    }

    private sealed record Answer(ILookup<int, Hold> ByUnit, long AsOfWrite, long At);

    /// <summary>By unit, each by start; without their holders.</summary>
    /// <param name="units">At least one.</param>
    internal async ValueTask<ILookup<int, Hold>> Overlapping(int[] units, Instant from, Instant until, CancellationToken stop)
    {
        var question = new Question(units, from, until);
        if (kept.TryGetValue(question, out var known) && known.AsOfWrite == unitOfWork.Writes
            && Environment.TickCount64 - known.At < keptFor.TotalMilliseconds)
            return known.ByUnit;

        var (asOfWrite, at) = (unitOfWork.Writes, Environment.TickCount64); // read before the rows: a write in between makes them old
        await using var db = databases.Open();
        var rows = await claims.For(db)(db, units, from, from - Claim.LengthMax, until).ToListAsync(stop);
        rows.Sort((one, other) => one.Start.CompareTo(other.Start));
        var answer = new Answer(rows.ToLookup(row => row.UnitId), asOfWrite, at);
        if (kept.Count >= KeptMax)
            kept.Clear();
        kept[question] = answer;
        return answer.ByUnit;
    }

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> claims = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] units, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where units.Contains(claim.UnitId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            select new Hold(claim.UnitId, claim.Start, claim.End, claim.HolderKind, claim.HolderId, null, null)));
}
