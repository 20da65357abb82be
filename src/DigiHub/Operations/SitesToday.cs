using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Spaces;

namespace DigiHub.Operations;

/// <summary>How full a site is today.</summary>
/// <param name="Desks">On offer.</param>
/// <param name="DesksBooked">Those that are booked for some part of today.</param>
/// <param name="Rooms">On offer, phone booths and labs included.</param>
/// <param name="RoomsTaken">Those of which some part is taken just now, by whatever.</param>
/// <param name="People">Who has booked something today, each once.</param>
/// <param name="Events">That take place there today, by start.</param>
public sealed record SiteToday(
    SiteContext Place, int Desks, int DesksBooked, int Rooms, int RoomsTaken, int People, IReadOnlyList<Event> Events);

/// <summary>The sites just now, as an operator wants to see them in the morning; each on its own clock.</summary>
public sealed class SitesToday(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int EventsMax = 20;

    /// <summary>Those at which the viewer sees the administration, in the order of their ids.</summary>
    public async Task<IReadOnlyList<SiteToday>> Run(Viewer viewer, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        List<SiteToday> sites = [];
        foreach (var place in map.Places.Where(place => viewer.May(Permission.SeeAdministration, place.Site.Id)))
            sites.Add(await Look(db, map, place, now, stop));
        return sites;
    }

    private static async Task<SiteToday> Look(HubDb db, HubDirectory map, SiteContext place, Instant now, CancellationToken stop)
    {
        var siteId = place.Site.Id;
        var day = place.Time.DayOf(place.Time.DateOf(now));
        var booked = await db.Bookings
            .Where(booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed
                && booking.Start < day.End && booking.End > day.Start)
            .Select(booking => new { booking.SpaceId, booking.MemberId }).ToListAsync(stop);
        var desks = map.Offered(siteId, SpaceKind.Desk).Select(desk => desk.Id).ToHashSet();
        List<Space> rooms = [.. map.Offered(siteId).Where(space => space.Kind != SpaceKind.Desk)];
        int[] units = [.. rooms.SelectMany(room => room.Units).Select(unit => unit.UnitId).Distinct()];
        var earliest = now - Claim.LengthMax;
        var taken = (await db.Claims
            .Where(claim => units.Contains(claim.UnitId) && claim.Start > earliest && claim.Start <= now && claim.End > now)
            .Select(claim => claim.UnitId).ToListAsync(stop)).ToHashSet();
        var events = await db.Events.AsNoTracking()
            .Where(evt => evt.SiteId == siteId && evt.Status == EventStatus.Published && evt.Start < day.End && evt.End > day.Start)
            .OrderBy(evt => evt.Start).Take(EventsMax).ToListAsync(stop);
        return new(
            place, desks.Count, booked.Select(one => one.SpaceId).Where(desks.Contains).Distinct().Count(),
            rooms.Count, rooms.Count(room => room.Units.Exists(unit => taken.Contains(unit.UnitId))),
            booked.Select(one => one.MemberId).Distinct().Count(), events);
    }
}
