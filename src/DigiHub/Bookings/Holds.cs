using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A claim with what the viewer may be told about it.</summary>
/// <param name="MemberId">Whose booking it is; null for an event, and for a booking the viewer may not see.</param>
/// <param name="Title">Null unless the viewer may see the booking.</param>
internal sealed record Hold(int AtomId, Instant Start, Instant End, Guid? BookingId, Guid? EventId, Guid? MemberId, string? Title)
{
    public Guid HolderId => BookingId ?? EventId ?? Guid.Empty;
}

/// <summary>Who holds what of some spaces during a window of time, read in one or two questions.</summary>
internal sealed class Holds
{
    private readonly ILookup<int, Hold> byAtom;

    private Holds(ILookup<int, Hold> byAtom) => this.byAtom = byAtom;

    /// <param name="window">Covers every span that will be asked about; set-up and tear-down are added here.</param>
    public static async Task<Holds> Load(
        HubDb db, IReadOnlyCollection<Space> spaces, Span window, Viewer viewer, CancellationToken stop)
    {
        int[] atoms = [.. spaces.SelectMany(space => space.Atoms).Select(atom => atom.AtomId).Distinct()];
        if (atoms.Length == 0)
            return new Holds(Array.Empty<Hold>().ToLookup(_ => 0));

        var (from, until) = ClaimSpace.Blocked(window, spaces.Max(space => space.SetUpMinutes), spaces.Max(space => space.TearDownMinutes));
        var rows = viewer.SeesAll
            ? await withBookings.For(db)(db, atoms, from, from - Claim.LengthMax, until).ToListAsync(stop)
            : await bare.For(db)(db, atoms, from, from - Claim.LengthMax, until).ToListAsync(stop);
        if (viewer is { SeesAll: false, MemberId: { } memberId } && rows.Count > 0)
            await TellOwn(db, rows, memberId, from, until, stop);
        return new Holds(rows.ToLookup(row => row.AtomId));
    }

    /// <summary>By start; more than one of a holder where the space has several atoms.</summary>
    public List<Hold> On(Space space, Span span) =>
        [.. space.Atoms.SelectMany(atom => byAtom[atom.AtomId]).Where(hold => hold.Start < span.End && span.Start < hold.End).OrderBy(hold => hold.Start)];

    /// <summary>
    /// Whoever sees only their own asks for these few by themselves: joined, every claim of everybody would cost a look for its booking.
    /// </summary>
    private static async Task TellOwn(HubDb db, List<Hold> rows, Guid memberId, Instant from, Instant until, CancellationToken stop)
    {
        // A claim reaches beyond its booking by set-up and tear-down, at most a claim's length.
        var own = await ownThen.For(db)(db, memberId, from - Claim.LengthMax, until + Claim.LengthMax).ToListAsync(stop);
        foreach (var (bookingId, title) in own)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i].BookingId == bookingId)
                    rows[i] = rows[i] with { MemberId = memberId, Title = title };
            }
        }
    }

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> withBookings = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] atoms, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where atoms.Contains(claim.AtomId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            join booking in db.Set<Booking>() on claim.BookingId equals booking.Id into bookings
            from booking in bookings.DefaultIfEmpty()
            select new Hold(claim.AtomId, claim.Start, claim.End, claim.BookingId, claim.EventId, booking.MemberId, booking.Title)));

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> bare = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] atoms, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where atoms.Contains(claim.AtomId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            select new Hold(claim.AtomId, claim.Start, claim.End, claim.BookingId, claim.EventId, null, null)));

    private sealed record Own(Guid BookingId, string? Title);

    private static readonly CompiledQuery<Func<HubDb, Guid, Instant, Instant, IAsyncEnumerable<Own>>> ownThen = new(() =>
        EF.CompileAsyncQuery((HubDb db, Guid memberId, Instant start, Instant end) =>
            from booking in db.Set<Booking>()
            where booking.MemberId == memberId && booking.Start < end && booking.End > start
            select new Own(booking.Id, booking.Title)));
}
