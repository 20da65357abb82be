using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A claim with what may be told about it.</summary>
/// <param name="MemberId">Whose booking it is; null for an event.</param>
internal sealed record Hold(int AtomId, Instant Start, Instant End, Guid? BookingId, Guid? EventId, Guid? MemberId, string? Title)
{
    public Guid HolderId => BookingId ?? EventId ?? Guid.Empty;
}

/// <summary>Who holds what of some spaces during a window of time, read in one question.</summary>
internal sealed class Holds
{
    private readonly ILookup<int, Hold> byAtom;

    private Holds(ILookup<int, Hold> byAtom) => this.byAtom = byAtom;

    /// <param name="window">Covers every span that will be asked about; set-up and tear-down are added here.</param>
    public static async Task<Holds> Load(HubDb db, IReadOnlyCollection<Space> spaces, Span window, CancellationToken stop)
    {
        int[] atoms = [.. spaces.SelectMany(space => space.Atoms).Select(atom => atom.AtomId).Distinct()];
        if (atoms.Length == 0)
            return new Holds(Array.Empty<Hold>().ToLookup(_ => 0));

        var (from, until) = ClaimSpace.Blocked(window, spaces.Max(space => space.SetUpMinutes), spaces.Max(space => space.TearDownMinutes));
        var rows = await question.For(db)(db, atoms, from, from - Claim.LengthMax, until).ToListAsync(stop);
        return new Holds(rows.ToLookup(row => row.AtomId));
    }

    /// <summary>By start; more than one of a holder where the space has several atoms.</summary>
    public List<Hold> On(Space space, Span span) =>
        [.. space.Atoms.SelectMany(atom => byAtom[atom.AtomId]).Where(hold => hold.Start < span.End && span.Start < hold.End).OrderBy(hold => hold.Start)];

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> question = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] atoms, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where atoms.Contains(claim.AtomId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            join booking in db.Set<Booking>() on claim.BookingId equals booking.Id into bookings
            from booking in bookings.DefaultIfEmpty()
            select new Hold(claim.AtomId, claim.Start, claim.End, claim.BookingId, claim.EventId, booking.MemberId, booking.Title)));
}
