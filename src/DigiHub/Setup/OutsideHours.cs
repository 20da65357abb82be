using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Setup;

/// <param name="Why">As a new booking at that time would be refused.</param>
public sealed record BookingOutside(Booking Booking, Space Space, PersonName MemberName, Words Why);

/// <param name="More">There are more than are listed.</param>
public sealed record StandingOutside(IReadOnlyList<BookingOutside> Bookings, bool More);

/// <summary>
/// Bookings ahead that would be refused today: the site's week, special hours, holidays or closures changed after they were made, or their
/// desk or room was taken off the offer. They stand until somebody moves or cancels them; nothing is done to them.
/// </summary>
public sealed class OutsideHours(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int ShownMax = 100;

    /// <summary>How many bookings of a site are looked at, soonest first: more than a hub of two thousand desks has ahead.</summary>
    private const int LookedAtMax = 50_000;

    /// <summary>By start. Empty for who may not see that site's bookings.</summary>
    public async Task<StandingOutside> Run(Viewer viewer, int siteId, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        if (map.Place(siteId) is not { } place || !viewer.Sees(siteId))
            return new([], false);

        await using var db = databases.Open();
        var outside = await Find(db, map, place, now, ShownMax + 1, stop);
        Guid[] people = [.. outside.Select(one => one.Booking.MemberId).Distinct()];
        var names = await db.Members.Where(member => people.Contains(member.Id))
            .ToDictionaryAsync(member => member.Id, member => member.Name, stop);
        return new(
            [.. outside.Take(ShownMax).Select(one => new BookingOutside(
                one.Booking, map.Space(one.Booking.SpaceId)!, names[one.Booking.MemberId], one.Why.Message))],
            outside.Count > ShownMax);
    }

    /// <summary>By start, at most so many.</summary>
    internal static async Task<List<(Booking Booking, Refusal Why)>> Find(
        HubDb db, HubDirectory map, SiteContext place, Instant now, int max, CancellationToken stop)
    {
        var siteId = place.Site.Id;
        var ahead = await db.Bookings.AsNoTracking()
            .Where(booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed && booking.Start > now)
            .OrderBy(booking => booking.Start).ThenBy(booking => booking.Id).Take(LookedAtMax).ToListAsync(stop);
        List<(Booking Booking, Refusal Why)> outside = [];
        foreach (var booking in ahead.TakeWhile(_ => outside.Count < max))
        {
            if (map.Space(booking.SpaceId) is { } space && BookingRules.CheckStillOpen(space, place, booking.LocalSpan) is { } why)
                outside.Add((booking, why));
        }

        return outside;
    }
}
