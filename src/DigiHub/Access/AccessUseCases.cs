using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Access;

/// <summary>Use cases of access.</summary>
internal static class AccessUseCases
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<MemberSearch>();
        services.AddSingleton<MemberList>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<AddMember>();
        services.AddSingleton<DisableMember>();
        services.AddSingleton<EnableMember>();
        services.AddSingleton<GrantRoles>();
        services.AddSingleton<RevokeRoles>();
        services.AddSingleton<EndSessions>();
        services.AddSingleton<AddDelegate>();
        services.AddSingleton<EndDelegation>();
        services.AddSingleton<DelegationsOf>();
    }
}
