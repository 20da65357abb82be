using DigiHub.Web.Notifications;

namespace DigiHub.Web.Reminders;

/// <summary>Reminders: their authors.</summary>
public static class RemindersSetup
{
    public static void AddReminders(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, DigestEmails>();
    }
}
