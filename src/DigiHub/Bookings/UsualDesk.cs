using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>The desk for the next open day that the home page offers in one step.</summary>
/// <param name="IsUsual">True: the one used most in the last weeks; false: the nearest that is free.</param>
/// <param name="Already">The desk booking the member has that day; then the offer is its desk.</param>
public sealed record DeskOffer(Space Desk, SiteContext Place, LocalSpan When, bool IsUsual, Booking? Already);

/// <summary>"Book E1-05 for tomorrow": the usual desk if it is free, else the nearest.</summary>
public sealed class UsualDesk(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <summary>How far back it matters where somebody sat.</summary>
    public const int WeeksBack = 8;

    /// <summary>
    /// The desk that the member has had most often in the last eight weeks, also if booked by others; of several the one they had last.
    /// Where none was used yet, the same of what is booked ahead. Null: no desk at all.
    /// </summary>
    public static async Task<Space?> Of(HubDb db, HubDirectory map, Guid memberId, Instant now, CancellationToken stop)
    {
        var since = now - Duration.FromDays(7 * WeeksBack);
        var desks = map.Spaces.Where(space => space is { Kind: SpaceKind.Desk, IsOffered: true }).Select(desk => desk.Id).ToHashSet();
        var had = await db.Bookings
            .Where(own => own.MemberId == memberId && own.Status == BookingStatus.Confirmed && own.Start > since)
            .Select(own => new { own.SpaceId, own.Start }).OrderByDescending(own => own.Start).Take(BookingsMax).ToListAsync(stop);
        return had.Where(own => desks.Contains(own.SpaceId)).GroupBy(own => own.SpaceId)
            .OrderByDescending(one => one.Count(own => own.Start <= now))
            .ThenByDescending(one => one.Count()).ThenByDescending(one => one.Max(own => own.Start))
            .Select(one => map.Space(one.Key)).FirstOrDefault();
    }

    private const int BookingsMax = 500;

    /// <summary>The desk that <see cref="Of"/> finds for them today.</summary>
    public async Task<Space?> Find(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Of(db, await catalogue.Map(stop), memberId, clock.GetCurrentInstant(), stop);
    }

    /// <returns>Null: no such member, no open day in sight, or no desk free.</returns>
    public async Task<DeskOffer?> Run(Guid memberId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(known => known.Id == memberId, stop);
        if (member is null || map.Places.Count == 0)
            return null;

        var now = clock.GetCurrentInstant();
        var usual = await Of(db, map, memberId, now, stop);
        var place = usual is not null ? map.PlaceOf(usual) : map.Place(member.HomeSiteId ?? 0) ?? map.Places[0];
        if (place.Hours.NextOpenDay(place.Time.DateOf(now).PlusDays(1)) is not { } day)
            return null;

        if (await DeskThat(db, map, memberId, place.Time.DayOf(day), stop) is { } already && map.Space(already.SpaceId) is { } booked)
            return new DeskOffer(booked, map.PlaceOf(booked), already.LocalSpan, booked.Id == usual?.Id, already);

        return await Offer(db, map, place, usual, place.Hours.On(day)!.On(day), now, stop);
    }

    private static async Task<Booking?> DeskThat(HubDb db, HubDirectory map, Guid memberId, Span day, CancellationToken stop)
    {
        var (start, end) = day;
        var own = await db.Bookings.AsNoTracking()
            .Where(booking => booking.MemberId == memberId && booking.Status == BookingStatus.Confirmed
                && booking.Start < end && booking.End > start)
            .OrderBy(booking => booking.Start).Take(BookingRules.OpenBookingsMax).ToListAsync(stop);
        return own.Find(booking => map.Space(booking.SpaceId)?.Kind == SpaceKind.Desk);
    }

    private static async Task<DeskOffer?> Offer(
        HubDb db, HubDirectory map, SiteContext place, Space? usual, LocalSpan when, Instant now, CancellationToken stop)
    {
        var desks = map.Offered(place.Site.Id, SpaceKind.Desk).Where(desk => BookingRules.Check(desk, place, when, now).IsDone).ToList();
        if (desks.Count == 0)
            return null;

        var span = place.Time.Typed(when).Value;
        var busy = await BusyTimes.Load(db, desks, span, stop);
        var desk = desks.Where(desk => busy.IsFree(desk, span)).MinBy(desk => Distance(map, usual, desk));
        return desk is null ? null : new DeskOffer(desk, place, when, desk.Id == usual?.Id, Already: null);
    }

    /// <summary>The usual one is nearest to itself; without one, the first by name is as good as any.</summary>
    private static (bool OtherFloor, bool OtherZone, double Steps) Distance(HubDirectory map, Space? usual, Space desk) => usual is null
        ? default
        : (desk.FloorId != usual.FloorId,
            desk.Zone != usual.Zone,
            map.Steps(usual, desk) + (desk.Id == usual.Id ? 0 : 0.001));
}
