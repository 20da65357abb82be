using DigiHub.Members;
using DigiHub.Web.Guards;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>Signing in by e-mail address and password. The same answer, after the same time, whether the address is a member's or not.</summary>
public sealed class SignIn(UserManager<Member> members, SignInManager<Member> signIns, PasswordDoor passwords, Limits limits, ILogger<SignIn> log)
{
    public static Refusal WrongPassword { get; } = new("wrong_password", new(
        "The address and the password do not belong together. Please check both, or have a sign-in link sent to you.",
        "Adresse und Passwort gehören nicht zusammen. Bitte prüfen Sie beides, oder lassen Sie sich einen Anmeldelink schicken."));

    public async Task<Outcome<Member>> Run(HttpContext http, EmailAddress email, string password)
    {
        var stop = http.RequestAborted;
        if (limits.WhyNoSignIn(http, email) is { } tooMany)
            return tooMany;

        var member = await members.FindByEmailAsync(email);
        if (password.Length > PasswordRules.LengthMax * 2)
            password = ""; // longer than any that could have been set; hashing a megabyte is work for nothing

        var right = await passwords.IsRight(member, password, stop);
        if (!right.IsDone)
            return right.Refusal;
        if (member is null || !right.Value || member.DisabledAt is not null)
        {
            limits.SignInFailed(http, email);
            log.LogInformation("A sign-in was refused (member {MemberId})", member?.Id);
            return WrongPassword;
        }

        await signIns.SignInAsync(member, isPersistent: true);
        return member;
    }
}

/// <summary>A member's principal, in the one form it has everywhere.</summary>
internal sealed class MemberPrincipals : IUserClaimsPrincipalFactory<Member>
{
    public Task<System.Security.Claims.ClaimsPrincipal> CreateAsync(Member user) =>
        Task.FromResult(Principal.Of(user.Id, user.Name, user.Email, user.Roles, user.Language, SessionHandler.SchemeName));
}
