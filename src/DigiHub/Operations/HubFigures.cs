using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Operations;

/// <summary>How large the hub is just now.</summary>
/// <param name="Members">Those who are not disabled.</param>
/// <param name="Ahead">Bookings that stand and have not begun.</param>
public sealed record HubSize(int Members, int Organisations, int Ahead);

/// <summary>Counts what administrators see first.</summary>
public sealed class HubFigures(HubDbFactory databases, IClock clock)
{
    public async Task<HubSize> Run(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return new(
            await db.Members.CountAsync(member => member.DisabledAt == null, stop),
            await db.Organisations.CountAsync(organisation => organisation.RetiredAt == null, stop),
            await db.Bookings.CountAsync(booking => booking.Status == BookingStatus.Confirmed && booking.Start > now, stop));
    }
}
