using System.Security.Claims;
using System.Text.Encodings.Web;
using DigiHub.Access;
using DigiHub.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>
/// Signs members in by a cookie that holds the key of a session on the server, and nothing else. ASP.NET Core's own cookie
/// handler with a ticket store would keep the old key when somebody signs in over a session (dotnet/aspnetcore#47503), so
/// that a key planted in a browser would become a key to the member's account; here every sign-in has a new one.
/// </summary>
public sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    Sessions sessions, MemberStore members, HubCookies cookies, KeptForms keptForms)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public static readonly string SchemeName = IdentityConstants.ApplicationScheme;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request, cookies) is not { } key)
            return AuthenticateResult.NoResult();
        return await sessions.Find(key, Context.RequestAborted) is { } member
            ? AuthenticateResult.Success(new AuthenticationTicket(Principal.Of(member, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The session is over.");
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var member = await members.FindByIdAsync(user.MemberId()?.ToString() ?? "", Context.RequestAborted)
            ?? throw new InvalidOperationException("Only members can sign in.");
        var (key, expiresAt) = await sessions.Begin(
            member, Device.Describe(Request.Headers.UserAgent.ToString()), KeyOf(Request, cookies), Context.RequestAborted);
        Response.Cookies.Append(cookies.Session, key, cookies.Options(expiresAt.ToDateTimeOffset()));
        keptForms.RememberWho(Context, member.Id, expiresAt.ToDateTimeOffset());
        Logger.LogInformation("Member {MemberId} signed in", member.Id);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (KeyOf(Request, cookies) is { } key)
            await sessions.End(key, CancellationToken.None); // a browser that hangs up is signed out all the same
        Response.Cookies.Delete(cookies.Session, cookies.Options());
        keptForms.ForgetWho(Context);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (AsksTheApi)
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            Response.Redirect(Paths.SignInFor(await keptForms.Keep(Context) ?? PageToComeBackTo()));
    }

    // What is not theirs to see is not there: the same answer for both. The API, whose reader is a program, says which.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = AsksTheApi ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The key in the request's cookie, not yet looked at.</summary>
    internal static string? KeyOf(HttpRequest request, HubCookies cookies) =>
        request.Cookies[cookies.Session] is { Length: > 0 and <= 100 } key ? key : null;

    private bool AsksTheApi => Request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase);

    // A form whose session ended was pressed on a page: that is where to come back to, not the address it posts to.
    private string PageToComeBackTo()
    {
        if (!HttpMethods.IsGet(Request.Method)
            && Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, Request.Host.Value, StringComparison.OrdinalIgnoreCase))
            return page.PathAndQuery;
        return Request.Path + Request.QueryString;
    }
}
