using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A claim with what the viewer may be told about it.</summary>
/// <param name="MemberId">Whose booking it is; null for an event, and for a booking the viewer may not see.</param>
/// <param name="Title">Null unless the viewer may see the booking.</param>
internal sealed record Hold(int UnitId, Instant Start, Instant End, string HolderKind, Guid HolderId, Guid? MemberId, string? Title)
{
    /// <summary>What the booking is of; it is seen in the rows of a hall and of its parts as well. Null as the member is.</summary>
    public int? SpaceId { get; init; }

    /// <summary>The booking's own times, without set-up and tear-down. Null as the member is.</summary>
    public LocalDateTime? StartLocal { get; init; }

    public LocalDateTime? EndLocal { get; init; }

    /// <summary>Null for what is held by something else.</summary>
    public Guid? BookingId => HolderKind == Booking.Subject.Name ? HolderId : null;

    /// <summary>Held for one who waits; to others it looks like a booking.</summary>
    public bool IsOffered => HolderKind == Claim.Offered;

    public bool IsOutOfService => HolderKind == Claim.OutOfService;
}

/// <summary>Who holds what of some spaces during a window of time, as far as the viewer may know.</summary>
internal sealed class Occupancy
{
    private static readonly ILookup<int, Hold> none = Array.Empty<Hold>().ToLookup(_ => 0);

    private readonly ILookup<int, Hold> byUnit;
    private readonly Dictionary<Guid, Own> own;

    private Occupancy(ILookup<int, Hold> byUnit, Dictionary<Guid, Own>? own = null) => (this.byUnit, this.own) = (byUnit, own ?? []);

    /// <summary>
    /// The kept claims it was made of (<see cref="RecentClaims"/>), which tell this viewer no more than any other of all spaces but those
    /// with something <see cref="OfTheirOwn"/>. Null for who sees everybody's.
    /// </summary>
    public ILookup<int, Hold>? SharedClaims { get; private init; }

    /// <param name="spaces">Of one site.</param>
    /// <param name="window">Covers every span that will be asked about; set-up and tear-down are added here.</param>
    public static async Task<Occupancy> Load(
        HubDb db, RecentClaims recent, IReadOnlyCollection<Space> spaces, Span window, Viewer viewer, CancellationToken stop)
    {
        int[] units = [.. spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId).Distinct()];
        if (units.Length == 0)
            return new Occupancy(none);

        var (from, until) = ClaimSpace.Widest(spaces, window);
        if (viewer.Sees(spaces.First().SiteId))
        {
            var rows = await withBookings.For(db)(db, units, from, from - Claim.LengthMax, until).ToListAsync(stop);
            return new Occupancy(rows.OrderBy(row => row.Start).ToLookup(row => row.UnitId));
        }

        // Loads the member's own titles separately: a join would read a booking for every claim.
        // A claim reaches beyond its booking by set-up and tear-down, at most a claim's length; and no booking is longer than
        // its space allows, which keeps the index's range short, however long the member's history.
        var (after, before) = (from - Claim.LengthMax, until + Claim.LengthMax);
        var mine = viewer.MemberId is { } memberId
            ? await ownThen.For(db)(db, memberId, after - Duration.FromDays(spaces.Max(space => space.Rules.MaxDays)), after, before)
                .ToListAsync(stop)
            : [];
        var claims = await recent.Overlapping(units, from, until, stop);
        return new Occupancy(claims, mine.ToDictionary(one => one.BookingId)) { SharedClaims = claims };
    }

    /// <summary>As anybody without a booking sees it.</summary>
    public static Occupancy Of(ILookup<int, Hold> claims) => new(claims);

    /// <summary>Whether the viewer has a booking there.</summary>
    public bool OfTheirOwn(Space space) =>
        own.Count > 0 && space.Units.Any(unit => byUnit[unit.UnitId].Any(hold => own.ContainsKey(hold.HolderId)));

    /// <summary>By start; more than one of a holder where the space has several units.</summary>
    public List<Hold> On(Space space, Span span)
    {
        var then = space.Units.SelectMany(unit => byUnit[unit.UnitId])
            .Where(hold => hold.Start < span.End && span.Start < hold.End).Select(Told);
        return [.. space.Units.Count == 1 ? then : then.OrderBy(hold => hold.Start)];
    }

    private Hold Told(Hold hold) => hold.BookingId is { } bookingId && own.TryGetValue(bookingId, out var mine)
        ? hold with
        {
            MemberId = mine.MemberId,
            Title = mine.Title,
            SpaceId = mine.SpaceId,
            StartLocal = mine.StartLocal,
            EndLocal = mine.EndLocal,
        }
        : hold;

    private static readonly CompiledQuery<Func<HubDb, int[], Instant, Instant, Instant, IAsyncEnumerable<Hold>>> withBookings = new(() =>
        EF.CompileAsyncQuery((HubDb db, int[] units, Instant start, Instant lookBack, Instant end) =>
            from claim in db.Set<Claim>()
            where units.Contains(claim.UnitId) && claim.Start < end && claim.Start > lookBack && claim.End > start
            join booking in db.Set<Booking>() on claim.HolderId equals booking.Id into bookings
            from booking in bookings.DefaultIfEmpty()
            select new Hold(claim.UnitId, claim.Start, claim.End, claim.HolderKind, claim.HolderId, booking.MemberId, booking.Title)
            {
                SpaceId = booking.SpaceId,
                StartLocal = booking.StartLocal,
                EndLocal = booking.EndLocal,
            }));

    private sealed record Own(
        Guid BookingId, Guid MemberId, string? Title, int SpaceId, LocalDateTime StartLocal, LocalDateTime EndLocal);

    private static readonly CompiledQuery<Func<HubDb, Guid, Instant, Instant, Instant, IAsyncEnumerable<Own>>> ownThen = new(() =>
        EF.CompileAsyncQuery((HubDb db, Guid memberId, Instant lookBack, Instant start, Instant end) =>
            from booking in db.Set<Booking>()
            where booking.MemberId == memberId && booking.Start < end && booking.Start > lookBack
                && booking.End > start && booking.Status == BookingStatus.Confirmed
            select new Own(
                booking.Id, booking.MemberId, booking.Title, booking.SpaceId, booking.StartLocal, booking.EndLocal)));
}
