using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>
/// Derives the instants of bookings that have not begun from their local times by the current rules of the zone, with their reminders. The
/// calendar entry names the local time, which stays.
/// </summary>
internal sealed class BookingInstants : IZoneFollower
{
    public async Task<IReadOnlyList<OutOfDate>> OutOfDate(
        HubDb db, HubDirectory map, SiteContext place, Instant now, CancellationToken stop)
    {
        var siteId = place.Site.Id;
        var ahead = await db.Bookings.Where(
            booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed && booking.Start > now)
            .OrderBy(booking => booking.Start).Take(IZoneFollower.RowsMax).ToListAsync(stop);
        return [.. ahead.Where(booking => AreOutOfDate(place, booking)).Select(booking => Of(db, map, place, booking, now, stop))];
    }

    public static bool AreOutOfDate(SiteContext place, Booking booking) =>
        place.Time.Shifted(booking.StartLocal) != booking.Start || place.Time.Shifted(booking.EndLocal) != booking.End;

    /// <summary>Updates them and the reminders; the caller updates the claims.</summary>
    public static async Task SetRight(HubDb db, SiteContext place, Booking booking, Instant now, CancellationToken stop)
    {
        booking.CheckInBy += place.Time.Shifted(booking.StartLocal) - booking.Start;
        (booking.Start, booking.End) = (place.Time.Shifted(booking.StartLocal), place.Time.Shifted(booking.EndLocal));
        booking.Revision++;
        var member = await db.Members.SingleAsync(one => one.Id == booking.MemberId, stop);
        await BookingEmails.RescheduleReminder(db, booking, place, member, now, stop);
    }

    private static OutOfDate Of(HubDb db, HubDirectory map, SiteContext place, Booking booking, Instant now, CancellationToken stop)
    {
        var (thing, space) = (Booking.Subject.Of(booking.Id), map.Space(booking.SpaceId)!);
        return new(thing, async () =>
        {
            await SetRight(db, place, booking, now, stop);
            db.Record(now, actorId: null, BookingActs.Recomputed, booking.Id);
        })
        {
            Space = new(booking.CreatedAt,
                () => ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, booking.Span), thing, now, stop),
                () => db.Record(now, actorId: null, BookingActs.LostSpace, booking.Id)),
        };
    }
}
