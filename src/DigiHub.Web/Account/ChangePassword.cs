using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Members;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>
/// Sets a member's password and ends all their other sessions. Whoever has just signed in, by password or by a link, has
/// proved who they are; later the present password is asked for.
/// </summary>
public sealed class ChangePassword(
    UserManager<Member> members, SignInManager<Member> signIns, PasswordDoor passwords, Sessions sessions, WriteDoor door, IClock clock)
{
    public static readonly Duration FreshFor = Duration.FromMinutes(15);

    /// <summary>True while the sign-in is young enough to stand for the present password.</summary>
    public bool IsFresh(HttpContext http) => http.User.SignedInAt() is { } at && clock.GetCurrentInstant() - at < FreshFor;

    public async Task<Outcome<bool>> Run(HttpContext http, string? current, string newPassword)
    {
        var stop = http.RequestAborted;
        if (await WhyNotThem(http, current) is { } stranger)
            return stranger;

        var member = await Of(http);
        if (PasswordRules.WhyNot(newPassword, member.Name, member.Email) is { } refusal)
            return refusal;

        var hash = await passwords.Through(() => Task.Run(() => members.PasswordHasher.HashPassword(member, newPassword), stop), stop);
        if (!hash.IsDone)
            return hash.Refusal;
        member.PasswordHash = hash.Value;
        var saved = await members.UpdateSecurityStampAsync(member); // saves both at once; sessions under the old stamp are over
        if (!saved.Succeeded)
            return Refusal.Busy;

        await sessions.EndOthers(member.Id, exceptKey: null, stop);
        await door.Run<bool>(db =>
        {
            db.Record(clock.GetCurrentInstant(), member.Id, Act.MemberPasswordChanged, member.Id);
            return Task.FromResult<Outcome<bool>>(true);
        }, stop);
        await signIns.SignInAsync(member, isPersistent: true);
        return true;
    }

    /// <summary>Null for who has proved just now that they are the member, by a fresh sign-in or by the present password.</summary>
    public async Task<Refusal?> WhyNotThem(HttpContext http, string? current)
    {
        if (IsFresh(http))
            return null;
        var right = await passwords.IsRight(await Of(http), current ?? "", http.RequestAborted);
        return !right.IsDone ? right.Refusal : right.Value ? null : WrongCurrent;
    }

    private async Task<Member> Of(HttpContext http) => await members.FindByIdAsync(http.User.MemberId()?.ToString() ?? "")
        ?? throw new InvalidOperationException("Only members have passwords.");

    private static Refusal WrongCurrent { get; } = new("wrong_password", new(
        "That is not your present password. If you have forgotten it, sign out and have a sign-in link sent to you.",
        "Das ist nicht Ihr jetziges Passwort. Wenn Sie es vergessen haben, melden Sie sich ab und lassen Sie sich einen Anmeldelink schicken."))
    { Field = "currentPassword" };
}
