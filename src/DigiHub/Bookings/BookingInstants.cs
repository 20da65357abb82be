using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>Derives a booking's instants from its local times by the current rules of the zone.</summary>
internal static class BookingInstants
{
    public static bool AreOutOfDate(SiteContext place, Booking booking) =>
        place.Time.Shifted(booking.StartLocal) != booking.Start || place.Time.Shifted(booking.EndLocal) != booking.End;

    /// <summary>
    /// Updates them and the reminders; the caller updates the claims. The calendar entry names the local time, which stays.
    /// </summary>
    public static async Task SetRight(HubDb db, SiteContext place, Booking booking, Instant now, CancellationToken stop)
    {
        booking.CheckInBy += place.Time.Shifted(booking.StartLocal) - booking.Start;
        (booking.Start, booking.End) = (place.Time.Shifted(booking.StartLocal), place.Time.Shifted(booking.EndLocal));
        booking.Revision++;
        var member = await db.Members.SingleAsync(one => one.Id == booking.MemberId, stop);
        await BookingEmails.RescheduleReminder(db, booking, place, member, now, stop);
    }
}
