using DigiHub.Demo;
using DigiHub.Members;
using DigiHub.Web.Layout;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>POST /sign-in/demo (email, returnUrl): signs in as one of the fixed cast. Outside demo mode it is not mapped.</summary>
internal static class DemoSignInEndpoint
{
    public static void MapDemoSignIn(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<HubSettings>>().Value.Demo)
            routes.MapPost("/sign-in/demo", Run).AllowAnonymous();
    }

    private static async Task<IResult> Run(
        [FromForm] string? email, [FromForm] string? returnUrl, UserManager<Member> members, SignInManager<Member> signIns)
    {
        var one = DemoCast.All.FirstOrDefault(candidate => string.Equals(candidate.Email, email, StringComparison.Ordinal));
        var member = one is null ? null : await members.FindByEmailAsync(one.Email);
        if (member is null or { DisabledAt: not null })
            return TypedResults.NotFound();
        await signIns.SignInAsync(member, isPersistent: true);
        return TypedResults.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }
}
