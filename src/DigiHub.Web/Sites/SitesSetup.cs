using DigiHub.Web.Notifications;

namespace DigiHub.Web.Sites;

/// <summary>Sites: the author of e-mails about closed days.</summary>
public static class SitesSetup
{
    public static void AddSites(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, ClosureEmails>();
        services.AddSingleton<AdminNeeds>();
    }
}
