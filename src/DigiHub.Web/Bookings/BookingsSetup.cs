using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Bookings: the authors of their e-mails.</summary>
public static class BookingsSetup
{
    public static void AddBookings(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, BookingEmails>();
        services.AddSingleton<IEmailAuthor, SettledEmails>();
        services.AddSingleton<IEmailAuthor, SeriesEmails>();
        services.AddSingleton<IEmailAuthor, ReceivedEmails>();
        services.AddSingleton<IEmailAuthor, WaitingEmails>();
        services.AddSingleton<IEmailAuthor, ProposalEmails>();
        services.AddSingleton<IEmailAuthor, BookingsBroughtEmails>();
        services.AddSingleton<IEmailAuthor, ApprovalEmails>();
        services.AddSingleton<IEmailAuthor, GuestEmails>();
        services.AddSingleton<IEmailAuthor, DelegateEmails>();
    }
}
