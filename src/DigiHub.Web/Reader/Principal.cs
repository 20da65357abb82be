using System.Globalization;
using System.Security.Claims;
using DigiHub.Access;
using DigiHub.Members;

namespace DigiHub.Web.Reader;

/// <summary>The signed-in member of a request.</summary>
public static class Principal
{
    public const string LanguageClaim = "language";

    private const string ActsForClaim = "acts_for";
    private const string SeesTitles = "titles";
    private const string SignedInAtClaim = "auth_time"; // as OpenID Connect calls it

    /// <summary>Null for somebody who has not signed in.</summary>
    public static Guid? MemberId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Who looks or acts, with the roles that were in force as the request came in.</summary>
    public static Viewer Viewer(this HttpContext http) => http.User.Viewer();

    /// <inheritdoc cref="Viewer(HttpContext)"/>
    public static Viewer Viewer(this ClaimsPrincipal user)
    {
        if (user.MemberId() is not { } memberId)
            return DigiHub.Access.Viewer.Anonymous;
        List<HeldRole> roles = [];
        foreach (var claim in user.FindAll(ClaimTypes.Role))
        {
            if (HeldRole.TryParse(claim.Value, out var held))
                roles.Add(held.Value);
        }

        List<ActingFor> actsFor = [];
        foreach (var claim in user.FindAll(ActsForClaim))
        {
            if (claim.Value.Split(' ') is [var other, .. var more] && Guid.TryParse(other, out var id))
                actsFor.Add(new ActingFor(id, SeesTitles: more is [SeesTitles]));
        }

        return new Viewer(memberId, roles, actsFor);
    }

    /// <summary>The language the member chose in their account; null for somebody who has not signed in.</summary>
    public static Language? Language(this ClaimsPrincipal user) => Languages.Parse(user.FindFirstValue(LanguageClaim));

    /// <summary>The e-mail address, to fill in forms with; null for somebody who has not signed in.</summary>
    public static EmailAddress? Email(this ClaimsPrincipal user) =>
        EmailAddress.TryParse(user.FindFirstValue(ClaimTypes.Email), out var email) ? email : null;

    /// <summary>When this session began by a password or a link; null where there is no session.</summary>
    public static Instant? SignedInAt(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(SignedInAtClaim), CultureInfo.InvariantCulture, out var seconds)
            ? Instant.FromUnixTimeSeconds(seconds)
            : null;

    internal static ClaimsPrincipal Of(SignedIn member, string scheme)
    {
        var user = Of(member.MemberId, member.Name, member.Email, member.Roles, member.Language, scheme, member.ActsFor);
        user.Identities.First().AddClaim(new Claim(
            SignedInAtClaim, member.SignedInAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return user;
    }

    internal static ClaimsPrincipal Of(
        Guid memberId, PersonName name, EmailAddress email, IEnumerable<HeldRole> roles, Language language, string scheme,
        IEnumerable<ActingFor>? actsFor = null)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, memberId.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, name));
        identity.AddClaim(new Claim(ClaimTypes.Email, email));
        identity.AddClaim(new Claim(LanguageClaim, language.Tag()));
        foreach (var held in roles)
            identity.AddClaim(new Claim(ClaimTypes.Role, held.ToString()));
        foreach (var (other, seesTitles) in actsFor ?? [])
            identity.AddClaim(new Claim(ActsForClaim, seesTitles ? $"{other} {SeesTitles}" : other.ToString()));
        return new ClaimsPrincipal(identity);
    }
}
