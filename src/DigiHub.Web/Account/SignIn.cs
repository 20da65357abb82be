using DigiHub.Members;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>
/// Signing in by e-mail address and password. The same answer, after the same time, whether the address is a member's or not.
/// </summary>
public sealed class SignIn(UserManager<Member> members, SignInManager<Member> signIns, PasswordHashing passwords, ILogger<SignIn> log)
{
    public static Refusal WrongPassword { get; } = new("wrong_password", new(
        "The e-mail address or password is wrong. Try again, or get a sign-in link.",
        "E-Mail-Adresse oder Passwort ist falsch. Versuchen Sie es noch einmal oder lassen Sie sich einen Anmeldelink senden.",
        "E-Mail-Adresse oder Passwort ist falsch. Versuch es noch einmal oder lass dir einen Anmeldelink senden."));

    public async Task<Outcome<Member>> Run(HttpContext http, EmailAddress email, string password)
    {
        var member = await members.FindByEmailAsync(email) is { DisabledAt: null } known ? known : null;
        var right = await passwords.IsRight(http, email, member, password);
        if (!right.IsDone)
            return right.Refusal;
        if (member is null || !right.Value)
        {
            log.LogInformation("A sign-in was refused (member {MemberId})", member?.Id);
            return WrongPassword;
        }

        await signIns.SignInAsync(member, isPersistent: true);
        return member;
    }
}

/// <summary>
/// A member's principal for signing in: identity only. Each request loads the permissions by its session.
/// </summary>
internal sealed class MemberPrincipals : IUserClaimsPrincipalFactory<Member>
{
    public Task<System.Security.Claims.ClaimsPrincipal> CreateAsync(Member user) =>
        Task.FromResult(Principal.Of(user.Id, user.Name, user.Email, [], user.Language, SessionHandler.SchemeName));
}
