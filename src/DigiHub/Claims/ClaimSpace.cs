using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Claims;

/// <summary>
/// Taking and freeing space in the one conflict calendar of everything that takes space. The order is always: take the locks, look
/// at the rules, take the space.
/// </summary>
public static class ClaimSpace
{
    /// <summary>The locks under which these spaces, and all that share a unit with them, are taken and freed.</summary>
    public static IEnumerable<LockKey> Locks(params IEnumerable<Space> spaces) =>
        spaces.SelectMany(space => space.Units).Select(unit => LockKey.OfUnit(unit.UnitId)).Distinct();

    /// <summary>What a use of the space blocks: with the space's set-up before and tear-down after.</summary>
    public static Span Blocked(Space space, Span span) => Blocked(span, space.Rules.SetUpMinutes, space.Rules.TearDownMinutes);

    /// <summary>A window wide enough for what any of these spaces blocks that is used in it.</summary>
    internal static Span Widest(IReadOnlyCollection<Space> spaces, Span window) => Blocked(
        window, spaces.Max(space => space.Rules.SetUpMinutes), spaces.Max(space => space.Rules.TearDownMinutes));

    public static Span Blocked(Span span, int setUpMinutes, int tearDownMinutes) =>
        span.Widened(Duration.FromMinutes(setUpMinutes), Duration.FromMinutes(tearDownMinutes));

    /// <summary>
    /// Under the locks of the space: adds the claims, to be saved with the act; or refuses with slot_taken and adds nothing.
    /// </summary>
    /// <param name="heldUntil">From then on the claims block nothing; null: they block until they are released.</param>
    public static async Task<Refusal?> Take(
        HubDb db, Space space, Span blocked, Subject holder, Instant now, CancellationToken stop, Instant? heldUntil = null)
    {
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        if (await db.Claims.Overlapping(units, blocked).MaxAsync(claim => (Instant?)claim.TakenAt, stop) is { } takenAt)
            return Taken(takenAt, now);
        Add(db, space, blocked, holder, now, heldUntil);
        return null;
    }

    /// <summary>
    /// Under the locks of the space: takes what is free of it, for what has to hold on to the rest; refuses with slot_taken where that was
    /// not all.
    /// </summary>
    public static async Task<Refusal?> TakeWhatIsFree(
        HubDb db, Space space, Span blocked, Subject holder, Instant now, CancellationToken stop)
    {
        int[] units = [.. space.Units.Select(unit => unit.UnitId)];
        var others = await db.Claims.AsNoTracking().Overlapping(units, blocked).OrderBy(claim => claim.Start).ToListAsync(stop);
        foreach (var unit in units)
        {
            var from = blocked.Start;
            foreach (var other in others.Where(claim => claim.UnitId == unit))
            {
                if (other.Start > from)
                    Add(db, unit, new Span(from, other.Start), holder, now);
                from = Instant.Max(from, other.End);
            }

            if (from < blocked.End)
                Add(db, unit, new Span(from, blocked.End), holder, now);
        }

        return others.Count == 0 ? null : Taken(others.Max(claim => claim.TakenAt), now);
    }

    /// <summary>slot_taken, in words that are true: "has just taken" only of what was free a moment ago.</summary>
    /// <param name="takenAt">The latest of the claims in the way.</param>
    internal static Refusal Taken(Instant takenAt, Instant now) => now - takenAt < moment ? UnitOfWork.SlotTaken : isTaken;

    private static readonly Duration moment = Duration.FromMinutes(1); // about as long as somebody looks at a page before booking

    private static readonly Refusal isTaken = new(UnitOfWork.SlotTaken.Code, new(
        "That’s taken. Choose another time, desk or room.",
        "Das ist belegt. Wählen Sie eine andere Zeit, einen anderen Platz oder Raum.",
        "Das ist belegt. Wähle eine andere Zeit, einen anderen Platz oder Raum."));

    /// <summary>
    /// Frees everything the holder has, at once within the transaction, so that it may take it again. Claims end here and nowhere else
    /// (but for what was held until a time that has passed), so every way of freeing space signals those who offer it to who waits.
    /// </summary>
    public static Task Release(HubDb db, Subject holder, CancellationToken stop) => End(db, db.Claims.HeldBy(holder), stop);

    /// <summary>The same of many holders of one kind.</summary>
    public static Task Release(HubDb db, SubjectKind<Guid> kind, Guid[] holders, CancellationToken stop)
    {
        var name = kind.Name;
        return holders.Length == 0
            ? Task.FromResult(0)
            : End(db, db.Claims.Where(claim => claim.HolderKind == name && EF.Parameter(holders).Contains(claim.HolderId)), stop);
    }

    /// <summary>What these holders have of some units, which are no longer part of what they hold.</summary>
    internal static Task Release(HubDb db, IReadOnlyCollection<Guid> holders, IReadOnlyCollection<int> units, CancellationToken stop) =>
        End(db, db.Claims.Where(claim => holders.Contains(claim.HolderId) && units.Contains(claim.UnitId)), stop);

    private static Task<int> End(HubDb db, IQueryable<Claim> claims, CancellationToken stop)
    {
        db.LeavesWork = true;
        return claims.ExecuteDeleteAsync(stop);
    }

    /// <summary>Adds claims without checking availability; the caller has checked. The database still refuses an overlap.</summary>
    internal static void Add(HubDb db, Space space, Span blocked, Subject holder, Instant now, Instant? heldUntil = null)
    {
        foreach (var unit in space.Units)
            Add(db, unit.UnitId, blocked, holder, now, heldUntil);
    }

    private static void Add(HubDb db, int unitId, Span blocked, Subject holder, Instant now, Instant? heldUntil = null) =>
        db.Claims.AddRange(Pieces(blocked).Select(piece => new Claim
        {
            Id = Guid.CreateVersion7(piece.Start.ToDateTimeOffset()),
            UnitId = unitId,
            Start = piece.Start,
            End = piece.End,
            TakenAt = now,
            HeldUntil = heldUntil,
            Holder = holder,
        }));

    /// <summary>
    /// What holds one unit of a space takes these units, too, at the same times; the caller has checked that they are free then.
    /// </summary>
    internal static void Copy(HubDb db, IEnumerable<Claim> claims, IReadOnlyCollection<int> units)
    {
        foreach (var claim in claims)
            db.Claims.AddRange(units.Select(unit => new Claim
            {
                Id = Guid.CreateVersion7(claim.Start.ToDateTimeOffset()),
                UnitId = unit,
                Start = claim.Start,
                End = claim.End,
                TakenAt = claim.TakenAt,
                HeldUntil = claim.HeldUntil,
                Holder = claim.Holder,
            }));
    }

    private static IEnumerable<Span> Pieces(Span span)
    {
        for (var start = span.Start; start < span.End; start += Claim.LengthMax)
            yield return new Span(start, Instant.Min(start + Claim.LengthMax, span.End));
    }
}
