using System.Globalization;
using System.Security.Claims;
using DigiHub.Members;

namespace DigiHub.Web.Account;

/// <summary>What a request knows of the member who makes it.</summary>
public static class Principal
{
    public const string LanguageClaim = "language";

    private const string SignedInAtClaim = "auth_time"; // as OpenID Connect calls it

    /// <summary>Null for somebody who has not signed in.</summary>
    public static Guid? MemberId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Roles.Member, which is none, also for somebody who has not signed in: ask for MemberId first.</summary>
    public static Roles Roles(this ClaimsPrincipal user) =>
        user.FindAll(ClaimTypes.Role).Aggregate(DigiHub.Members.Roles.Member, (roles, claim) =>
            Enum.TryParse<Roles>(claim.Value, out var role) ? roles | role : roles);

    public static bool IsOneOf(this ClaimsPrincipal user, Roles roles) => (user.Roles() & roles) != DigiHub.Members.Roles.Member;

    /// <summary>The language the member chose in their account; null for somebody who has not signed in.</summary>
    public static Language? Language(this ClaimsPrincipal user) => Languages.Parse(user.FindFirstValue(LanguageClaim));

    /// <summary>The e-mail address, to fill in forms with; null for somebody who has not signed in.</summary>
    public static EmailAddress? Email(this ClaimsPrincipal user) =>
        EmailAddress.TryParse(user.FindFirstValue(ClaimTypes.Email), out var email) ? email : null;

    /// <summary>When this session began by a password or a link; null where there is no session.</summary>
    public static Instant? SignedInAt(this ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(SignedInAtClaim), CultureInfo.InvariantCulture, out var seconds) ? Instant.FromUnixTimeSeconds(seconds) : null;

    internal static ClaimsPrincipal Of(SignedIn member, string scheme)
    {
        var user = Of(member.MemberId, member.Name, member.Email, member.Roles, member.Language, scheme);
        user.Identities.First().AddClaim(new Claim(
            SignedInAtClaim, member.SignedInAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return user;
    }

    internal static ClaimsPrincipal Of(Guid memberId, PersonName name, EmailAddress email, Roles roles, Language language, string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, memberId.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, name));
        identity.AddClaim(new Claim(ClaimTypes.Email, email));
        identity.AddClaim(new Claim(LanguageClaim, language.Tag()));
        foreach (var role in Enum.GetValues<Roles>())
        {
            if (role != DigiHub.Members.Roles.Member && roles.HasFlag(role))
                identity.AddClaim(new Claim(ClaimTypes.Role, role.ToString()));
        }

        return new ClaimsPrincipal(identity);
    }
}
