using DigiHub.Members;
using Microsoft.AspNetCore.Authorization;

namespace DigiHub.Web.Account;

/// <summary>
/// Who may come in where. A page says so by [Authorize(Policies.Organiser)] or [AllowAnonymous], an endpoint by
/// RequireAuthorization or AllowAnonymous; whatever says nothing is for members only.
/// </summary>
public static class Policies
{
    /// <summary>Anybody who has signed in.</summary>
    public const string Member = "Member";

    public const string Organiser = "Organiser";

    public const string FrontDesk = "FrontDesk";

    public const string Administrator = "Administrator";

    internal static void AddPolicies(this AuthorizationBuilder authorization) => authorization
        .AddPolicy(Member, policy => policy.RequireAuthenticatedUser())
        .AddPolicy(Organiser, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Roles.Organiser), nameof(Roles.Administrator)))
        .AddPolicy(FrontDesk, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Roles.FrontDesk), nameof(Roles.Administrator)))
        .AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Roles.Administrator)))
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
}
