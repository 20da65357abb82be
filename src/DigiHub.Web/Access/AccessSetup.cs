using DigiHub.Web.Notifications;

namespace DigiHub.Web.Access;

/// <summary>Access: who writes to members whose rights changed.</summary>
public static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services) => services.AddSingleton<IEmailAuthor, AccessEmails>();
}
