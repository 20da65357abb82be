using DigiHub.Web.Notifications;

namespace DigiHub.Web.Memberships;

/// <summary>Organisations and their people: the authors of e-mails about memberships and invitations.</summary>
public static class MembershipsSetup
{
    public static void AddMemberships(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, MembershipEmails>();
        services.AddSingleton<IEmailAuthor, InvitationEmails>();
    }
}
