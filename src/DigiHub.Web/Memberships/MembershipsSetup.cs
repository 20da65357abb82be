using DigiHub.Memberships;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Memberships;

/// <summary>Organisations and their people: the authors of e-mails about them, and who asks for the records of domains.</summary>
public static class MembershipsSetup
{
    public static void AddMemberships(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, MembershipEmails>();
        services.AddSingleton<IEmailAuthor, InvitationEmails>();
        services.AddSingleton<IEmailAuthor, DomainEmails>();
        services.AddSingleton<ITxtRecords, DnsTxtRecords>();
    }
}
