using System.Collections.Concurrent;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>
/// A cache of claims on some spaces, for pages of a day that many look at: callers get the previous result
/// until this process writes anything, and for at most a second, since other processes write, too. What then turns out to be as before
/// is given as the same instance, so that what was made of it lasts. A booking is never decided by it.
/// </summary>
public sealed class RecentClaims(HubDbFactory databases, UnitOfWork unitOfWork)
{
    private const int KeptMax = 64;
    private static readonly TimeSpan keptFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Question, Answer> kept = new();

    /// <param name="Units">Compared by their numbers.</param>
    private sealed record Question(int[] Units, Instant From, Instant Until)
    {
        public bool Equals(Question? other) =>
            other is not null && From == other.From && Until == other.Until && Units.AsSpan().SequenceEqual(other.Units);

        public override int GetHashCode() => HashCode.Combine(From, Until, Units.Length, Units[0]);
    }

    private sealed record Answer(List<Hold> Rows, ILookup<int, Hold> ByUnit, long AsOfWrite, long At);

    /// <summary>Tells whether nothing that a span would block of a space is taken.</summary>
    /// <param name="window">Covers every span that will be asked about; set-up and tear-down are added here.</param>
    public async ValueTask<Func<Space, Span, bool>> Free(IReadOnlyCollection<Space> spaces, Span window, CancellationToken stop)
    {
        int[] units = [.. spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        if (units.Length == 0)
            return (_, _) => true;
        var (from, until) = ClaimSpace.Widest(spaces, window);
        var taken = await Overlapping(units, from, until, stop);
        return (space, span) =>
        {
            var blocked = ClaimSpace.Blocked(space, span);
            return space.Units.TrueForAll(unit => taken[unit.UnitId].All(hold => hold.Start >= blocked.End || hold.End <= blocked.Start));
        };
    }

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
        rows.Sort(ByStart);
        var answer = known is not null && rows.SequenceEqual(known.Rows)
            ? known with { AsOfWrite = asOfWrite, At = at }
            : new Answer(rows, rows.ToLookup(row => row.UnitId), asOfWrite, at);
        if (kept.Count >= KeptMax)
            kept.Clear();
        kept[question] = answer;
        return answer.ByUnit;
    }

    // A database gives rows in no order of its own: without the unit the same rows could look changed.
    private static int ByStart(Hold one, Hold other) =>
        one.Start != other.Start ? one.Start.CompareTo(other.Start) : one.UnitId.CompareTo(other.UnitId);

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> claims = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] units, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where units.Contains(claim.UnitId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            select new Hold(claim.UnitId, claim.Start, claim.End, claim.HolderKind, claim.HolderId, null, null)));
}
