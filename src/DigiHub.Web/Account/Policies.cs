using DigiHub.Access;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Authorization;

namespace DigiHub.Web.Account;

/// <summary>
/// Authorisation policies. A page declares [Authorize(nameof(Permission.HostEvents))] or [AllowAnonymous], an endpoint
/// RequireAuthorization or AllowAnonymous; without either it is for members only. Each permission has a policy of its name, which
/// requires it at any site. Code about one site checks again with that site.
/// </summary>
public static class Policies
{
    /// <summary>Anybody who has signed in.</summary>
    public const string Member = "Member";

    internal static void AddPolicies(this AuthorizationBuilder authorization)
    {
        authorization.AddPolicy(Member, policy => policy.RequireAuthenticatedUser());
        foreach (var permission in Enum.GetValues<Permission>())
        {
            authorization.AddPolicy(permission.ToString(), policy => policy
                .RequireAuthenticatedUser().RequireAssertion(context => context.User.Viewer().MayAnywhere(permission)));
        }

        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
