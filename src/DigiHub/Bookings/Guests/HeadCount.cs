using DigiHub.Data;

namespace DigiHub.Bookings.Guests;

/// <summary>How many come to a booking: as many as was said, but at least who booked and the guests by name.</summary>
public static class HeadCount
{
    /// <param name="people">As was said; null: nothing was.</param>
    /// <param name="guests">Those by name.</param>
    public static int Of(int? people, int guests) => Math.Max(people ?? 1, 1 + guests);

    /// <summary>Before and after that many were said to come; null: nothing was said.</summary>
    internal static async Task<(int Before, int Now)> Changed(HubDb db, Booking booking, int? people, CancellationToken stop)
    {
        var guests = await db.BookingGuests.ExpectedAt(booking.Id).CountAsync(stop);
        return (Of(booking.People, guests), Of(people ?? booking.People, guests));
    }
}
