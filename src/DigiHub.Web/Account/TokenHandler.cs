using System.Security.Claims;
using System.Text.Encodings.Web;
using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>Authenticates a member's programs at the API by a personal access token: "Authorization: Bearer hub_pat_...".</summary>
public sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";
    public const string TokenIdClaim = "token";

    private const string Prefix = SchemeName + " ";

    /// <summary>True if the request carries a token, valid or not: cookies are then ignored.</summary>
    internal static bool Concerns(HttpRequest request) =>
        request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase) && request.Headers.Authorization.Count > 0;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header.Length > 200)
            return AuthenticateResult.Fail("No bearer token.");

        var secret = header[Prefix.Length..].Trim();
        var holder = secret.StartsWith(AccessTokens.ApiPrefix, StringComparison.Ordinal)
            ? await tokens.Find(TokenUse.Api, secret, Context.RequestAborted)
            : null;
        if (holder is null)
            return AuthenticateResult.Fail("No such token.");

        var user = Principal.Of(holder.MemberId, holder.Name, holder.Email, holder.Roles, holder.Language, Scheme.Name, holder.ActsFor);
        user.Identities.First().AddClaim(new Claim(TokenIdClaim, holder.TokenId.ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer realm=\"DigiHub\", error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}
