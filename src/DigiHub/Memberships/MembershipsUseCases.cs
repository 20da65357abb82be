using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Memberships;

/// <summary>Use cases of organisations and their people.</summary>
internal static class MembershipsUseCases
{
    public static void AddMemberships(this IServiceCollection services)
    {
        services.AddSingleton<OrganisationList>();
        services.AddSingleton<OrganisationPeople>();
        services.AddSingleton<AddOrganisation>();
        services.AddSingleton<EditOrganisation>();
        services.AddSingleton<RetireOrganisation>();
        services.AddSingleton<AddToOrganisation>();
        services.AddSingleton<ChangeMembershipRole>();
        services.AddSingleton<EndMembership>();
        services.AddSingleton<InvitePeople>();
        services.AddSingleton<InvitationList>();
        services.AddSingleton<WithdrawInvitation>();
        services.AddSingleton<AcceptInvitation>();
        services.AddSingleton<AskForInvitation>();
        services.AddSingleton<AskToJoin>();
        services.AddSingleton<JoinRequests>();
        services.AddSingleton<OrganisationDomains>();
        services.AddSingleton<CheckDomain>();
        services.AddSingleton<AskOrganisation>();
        services.AddSingleton<MembershipRequests>();
        services.AddSingleton<INotificationCheck, InvitationCheck>();
        services.AddSingleton<INotificationCheck, DomainNotificationCheck>();
    }
}
