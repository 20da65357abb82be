using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Bookings: who writes about them.</summary>
public static class BookingsSetup
{
    public static void AddBookings(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, BookingEmails>();
    }
}
