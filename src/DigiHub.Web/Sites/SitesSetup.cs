using DigiHub.Web.Notifications;

namespace DigiHub.Web.Sites;

/// <summary>Sites: who writes about their closed days.</summary>
public static class SitesSetup
{
    public static void AddSites(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, ClosureEmails>();
    }
}
