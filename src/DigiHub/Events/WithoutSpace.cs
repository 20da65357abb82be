using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <param name="Bookings">With the member's name, by start.</param>
/// <param name="Events">By start.</param>
public sealed record SpaceLost(IReadOnlyList<(Booking Booking, PersonName MemberName)> Bookings, IReadOnlyList<Event> Events);

/// <summary>
/// Bookings and events without a claim on their space, which must be moved or cancelled: they lost a collision when the zone's rules
/// changed (<see cref="RecomputeInstants"/>). Derived from the claims, without a flag that could be wrong. At the sites where the
/// viewer sees what belongs to others.
/// </summary>
public sealed class WithoutSpace(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int RowsMax = 100;

    public async Task<SpaceLost> Run(Viewer viewer, CancellationToken stop)
    {
        var (now, map) = (clock.GetCurrentInstant(), await catalogue.Map(stop));
        await using var db = databases.Open();
        var (claims, members) = (db.Claims, db.Members);
        var sites = viewer.SitesSeen.Ids ?? map.Places.Select(place => place.Site.Id).ToArray();
        var bookings = await db.Bookings.AsNoTracking().Where(booking => EF.Parameter(sites).Contains(booking.SiteId))
            .Where(booking => booking.Status == BookingStatus.Confirmed
                && booking.End > now && !claims.Any(claim => claim.HolderId == booking.Id))
            .Join(members, booking => booking.MemberId, member => member.Id, (booking, member) => new { booking, member.Name })
            .OrderBy(one => one.booking.Start).Take(RowsMax).ToListAsync(stop);
        var events = await db.Events.AsNoTracking().Where(evt => EF.Parameter(sites).Contains(evt.SiteId))
            .Where(evt => evt.Status == EventStatus.Published && evt.SpaceId != null
                && evt.End > now && !claims.Any(claim => claim.HolderId == evt.Id))
            .OrderBy(evt => evt.Start).Take(RowsMax).ToListAsync(stop);
        return new SpaceLost([.. bookings.Select(one => (one.booking, one.Name))], events);
    }
}
