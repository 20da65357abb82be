using DigiHub.Access;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Authorization;

namespace DigiHub.Web.Account;

/// <summary>
/// Who may come in where. A page says so by [Authorize(nameof(Permission.HostEvents))] or [AllowAnonymous], an endpoint by
/// RequireAuthorization or AllowAnonymous; whatever says nothing is for members only. There is a policy of each permission's name: it
/// lets in who has it somewhere. What is about one site asks once more, with the site.
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
                .RequireAuthenticatedUser().RequireAssertion(door => door.User.Viewer().MayAnywhere(permission)));
        }

        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
