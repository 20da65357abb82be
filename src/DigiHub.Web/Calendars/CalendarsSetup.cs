using DigiHub.Web.Notifications;

namespace DigiHub.Web.Calendars;

/// <summary>Calendars: who writes because of what they answered.</summary>
public static class CalendarsSetup
{
    public static void AddCalendars(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, DeclineEmails>();
    }
}
