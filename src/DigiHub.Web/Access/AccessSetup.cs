using DigiHub.Web.Notifications;

namespace DigiHub.Web.Access;

/// <summary>Access: the authors of e-mails about changed rights, and about who books for whom.</summary>
public static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, AccessEmails>();
        services.AddSingleton<IEmailAuthor, DelegationEmails>();
    }
}
