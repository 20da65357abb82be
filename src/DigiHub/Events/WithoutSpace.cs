using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Events;

/// <param name="Bookings">With the member's name, by start.</param>
/// <param name="Events">By start.</param>
public sealed record SpaceLost(IReadOnlyList<(Booking Booking, PersonName MemberName)> Bookings, IReadOnlyList<Event> Events);

/// <summary>
/// What stands and holds no claim on its space, so that somebody must move or cancel it: it lost a collision when the zone's rules changed
/// (<see cref="RecomputeInstants"/>). Asked of the claims themselves; nothing is marked that could be forgotten. For administrators.
/// </summary>
public sealed class WithoutSpace(HubDbFactory databases, IClock clock)
{
    public const int RowsMax = 100;

    public async Task<SpaceLost> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var (claims, members) = (db.Claims, db.Members);
        var bookings = await db.Bookings.AsNoTracking()
            .Where(booking => booking.Status == BookingStatus.Confirmed && booking.End > now && !claims.Any(claim => claim.HolderId == booking.Id))
            .Join(members, booking => booking.MemberId, member => member.Id, (booking, member) => new { booking, member.Name })
            .OrderBy(one => one.booking.Start).Take(RowsMax).ToListAsync(stop);
        var events = await db.Events.AsNoTracking()
            .Where(evt => evt.Status == EventStatus.Published && evt.SpaceId != null && evt.End > now && !claims.Any(claim => claim.HolderId == evt.Id))
            .OrderBy(evt => evt.Start).Take(RowsMax).ToListAsync(stop);
        return new SpaceLost([.. bookings.Select(one => (one.booking, one.Name))], events);
    }
}
