using System.Runtime.InteropServices;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Imports;

/// <summary>
/// What is taken, and by whom, around the times of a file: read in a few queries, so that thousands of rows are checked in memory as
/// <see cref="BringBooking"/> would, each after those before it.
/// </summary>
internal sealed class BookingsThen
{
    private readonly Instant now;
    private readonly Dictionary<int, List<Span>> byUnit = [];
    private readonly Dictionary<(string Source, string Id), KnownBooking> byNumber = [];
    private readonly Dictionary<Guid, KnownBooking> byId = [];
    private readonly Dictionary<(int, LocalDateTime, LocalDateTime, Guid), Guid> standing = [];
    private readonly Dictionary<Guid, Ahead> ahead = [];

    private BookingsThen(Instant now) => this.now = now;

    public sealed record Person(Guid Id, bool IsDisabled);

    /// <summary>All, by the keys of their addresses.</summary>
    public Dictionary<string, Person> Members { get; private init; } = [];

    /// <summary>What one person has ahead of them.</summary>
    private sealed class Ahead
    {
        public int Count { get; set; }

        public List<Span> Desks { get; } = [];
    }

    public static async Task<BookingsThen> Load(
        HubDb db, HubDirectory map, SiteContext place, IReadOnlyCollection<Asked> asked, Instant now, CancellationToken stop)
    {
        var members = await db.Members.AsNoTracking().Select(one => new { one.NormalizedEmail, one.Id, one.DisabledAt }).ToListAsync(stop);
        var then = new BookingsThen(now)
        {
            Members = members.ToDictionary(
                one => one.NormalizedEmail, one => new Person(one.Id, one.DisabledAt is not null), StringComparer.Ordinal),
        };
        var readable = asked.Where(one => one.Wrong is null).ToList();
        if (readable.Count == 0)
            return then;
        await then.LoadNumbers(db, readable, stop);
        // Without the slips of the finger, which are refused below: no year of theirs widens the search.
        var likely = readable.Where(one => SiteTime.Reaches(one.When.Start.Date) && SiteTime.Reaches(one.When.End.Date)).ToList();
        if (likely.Count == 0)
            return then;
        var (first, last) = (likely.Min(one => one.When.Start), likely.Max(one => one.When.End));
        var around = new Span(place.Time.Shifted(first) - Duration.FromDays(2), place.Time.Shifted(last) + Duration.FromDays(2));
        await then.LoadTaken(db, map, place, around, stop);
        await then.LoadStanding(db, place, around, stop);
        await then.LoadAhead(db, map, stop);
        return then;
    }

    /// <summary>The booking that came with this number, or has it itself.</summary>
    public KnownBooking? Of(Asked one) => one.Id is not { } id ? null
        : byNumber.GetValueOrDefault((one.Source, id)) ?? (Guid.TryParse(id, out var own) ? byId.GetValueOrDefault(own) : null);

    /// <summary>The same booking, whatever its number.</summary>
    public Guid? Standing(Asked one, Guid memberId) =>
        standing.TryGetValue((one.Space!.Id, one.When.Start, one.When.End, memberId), out var id) ? id : null;

    /// <summary>Takes the time for rows to come; or says why not, as <see cref="BringBooking"/> would.</summary>
    public Refusal? Take(Asked one, Person member, SiteContext place)
    {
        var space = one.Space!;
        var span = BringBooking.Check(space, place, one.When, now);
        if (!span.IsDone)
            return span.Refusal;
        var blocked = BringBooking.Blocked(space, span.Value, now);
        if (space.Units.Exists(unit => IsTaken(unit.UnitId, blocked)))
            return ClaimSpace.Taken(Instant.MinValue, now);
        if (span.Value.Start > now && WhyNotAhead(member, space, span.Value) is { } refusal)
            return refusal;
        foreach (var unit in space.Units)
            Add(unit.UnitId, blocked);
        return null;
    }

    private Refusal? WhyNotAhead(Person member, Space space, Span span)
    {
        if (member.IsDisabled)
            return BookingRules.MemberDisabled;
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(ahead, member.Id, out _);
        known ??= new();
        if (space.Kind == SpaceKind.Desk && known.Desks.Exists(desk => desk.Overlaps(span)))
            return BookingRules.AlreadyBooked;
        if (known.Count >= BookingRules.OpenBookingsMax)
            return BookingRules.TooManyBookings;
        known.Count++;
        if (space.Kind == SpaceKind.Desk)
            known.Desks.Add(span);
        return null;
    }

    // Spans of one unit never overlap, so only the last that begins before the end can be in the way.
    private bool IsTaken(int unitId, Span span) =>
        byUnit.TryGetValue(unitId, out var spans) && Before(spans, span.End) is var index and >= 0 && spans[index].End > span.Start;

    private void Add(int unitId, Span span)
    {
        ref var spans = ref CollectionsMarshal.GetValueRefOrAddDefault(byUnit, unitId, out _);
        spans ??= [];
        spans.Insert(Before(spans, span.Start) + 1, span);
    }

    /// <summary>The last that begins before then; -1: none.</summary>
    private static int Before(List<Span> spans, Instant then)
    {
        var (low, high) = (0, spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (spans[middle].Start < then)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private async Task LoadNumbers(HubDb db, List<Asked> asked, CancellationToken stop)
    {
        string[] sources = [.. asked.Where(one => one.Id is not null).Select(one => one.Source).Distinct(StringComparer.Ordinal)];
        if (sources.Length == 0)
            return;
        string[] numbers = [.. asked.Select(one => one.Id).OfType<string>().Distinct(StringComparer.Ordinal)];
        var kind = Booking.Subject.Name;
        var foreign = await db.ForeignRows.AsNoTracking().Where(row => EF.Parameter(sources).Contains(row.Source) && row.Kind == kind
            && EF.Parameter(numbers).Contains(row.ForeignId)).ToListAsync(stop);
        Guid[] ids = [.. foreign.Select(row => row.OurId)
            .Concat(numbers.Select(number => Guid.TryParse(number, out var own) ? own : default)).Where(id => id != default).Distinct()];
        var known = await KnownBooking.Of(db.Bookings.AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.Id))).ToListAsync(stop);
        foreach (var one in known)
            byId[one.Id] = one;
        foreach (var row in foreign)
            if (byId.TryGetValue(row.OurId, out var one))
                byNumber[(row.Source, row.ForeignId)] = one;
    }

    private async Task LoadTaken(HubDb db, HubDirectory map, SiteContext place, Span around, CancellationToken stop)
    {
        int[] units = [.. map.Spaces.Where(space => space.SiteId == place.Site.Id).SelectMany(space => space.Units)
            .Select(unit => unit.UnitId).Distinct()];
        var claims = await db.Claims.AsNoTracking().Overlapping(units, around).OrderBy(claim => claim.UnitId).ThenBy(claim => claim.Start)
            .Select(claim => new { claim.UnitId, claim.Start, claim.End }).ToListAsync(stop);
        foreach (var unit in claims.GroupBy(claim => claim.UnitId))
            byUnit[unit.Key] = [.. unit.Select(claim => new Span(claim.Start, claim.End))];
    }

    private async Task LoadStanding(HubDb db, SiteContext place, Span around, CancellationToken stop)
    {
        var (siteId, from, until) = (place.Site.Id, around.Start, around.End);
        var known = await KnownBooking.Of(db.Bookings.AsNoTracking().Where(one => one.SiteId == siteId
            && one.Status == BookingStatus.Confirmed && one.Start >= from && one.Start < until)).ToListAsync(stop);
        foreach (var one in known)
            standing[(one.SpaceId, one.StartLocal, one.EndLocal, one.MemberId)] = one.Id;
    }

    private async Task LoadAhead(HubDb db, HubDirectory map, CancellationToken stop)
    {
        var at = now;
        var bookings = await db.Bookings.AsNoTracking().Where(one => one.Status == BookingStatus.Confirmed && one.End > at)
            .Select(one => new { one.MemberId, one.SpaceId, one.Start, one.End, one.SeriesId }).ToListAsync(stop);
        foreach (var one in bookings)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(ahead, one.MemberId, out _);
            known ??= new();
            if (one.Start > at && one.SeriesId is null)
                known.Count++;
            if (map.Space(one.SpaceId)?.Kind == SpaceKind.Desk)
                known.Desks.Add(new Span(one.Start, one.End));
        }
    }
}
