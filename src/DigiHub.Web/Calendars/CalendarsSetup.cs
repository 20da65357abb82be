using DigiHub.Web.Notifications;

namespace DigiHub.Web.Calendars;

/// <summary>Calendars: the author of e-mails about declined invitations.</summary>
public static class CalendarsSetup
{
    public static void AddCalendars(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, DeclineEmails>();
    }
}
