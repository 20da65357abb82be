using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>Members: who writes to them about their accounts.</summary>
public static class MembersSetup
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, SignInEmails>();
        services.AddSingleton<IEmailAuthor, AccountAddressEmails>();
        services.AddSingleton<IEmailAuthor, TokenEmails>();
    }
}
