using DigiHub.Web.Notifications;

namespace DigiHub.Web.Access;

/// <summary>Access: the author of e-mails about changed rights.</summary>
public static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services) => services.AddSingleton<IEmailAuthor, AccessEmails>();
}
