using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>Members: the authors of e-mails about accounts.</summary>
public static class MembersSetup
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, SignInEmails>();
        services.AddSingleton<IEmailAuthor, AccountAddressEmails>();
        services.AddSingleton<IEmailAuthor, TokenEmails>();
        services.AddSingleton<IEmailAuthor, MemberAddedEmails>();
    }
}
