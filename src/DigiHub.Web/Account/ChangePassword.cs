using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>
/// Sets a member's password and ends all their other sessions; on request the tokens of their programs, too. After a recent sign-in,
/// by password or by a link, no password is asked for; later the current one is.
/// </summary>
public sealed class ChangePassword(
    UserManager<Member> members, SignInManager<Member> signIns, PasswordHashing passwords, Sessions sessions, AccessTokens tokens,
    UnitOfWork unitOfWork, IClock clock, IOptions<HubSettings> settings)
{
    public static readonly Duration FreshFor = Duration.FromMinutes(10);

    /// <summary>True while the sign-in is recent enough to replace the current password.</summary>
    public bool IsFresh(HttpContext http) => http.User.SignedInAt() is { } at && clock.GetCurrentInstant() - at < FreshFor;

    /// <param name="endsTokens">An intruder who knew the old password may have created tokens.</param>
    public async Task<Outcome<bool>> Run(HttpContext http, string? current, string newPassword, bool endsTokens)
    {
        var stop = http.RequestAborted;
        var member = await Of(http);
        List<Refusal> wrong = [];
        if (await WhyNotThem(http, current) is { } stranger)
            wrong.Add(stranger);
        if (PasswordRules.WhyNot(newPassword, member.Name, member.Email, settings.Value.Name) is { } weak)
            wrong.Add(weak);
        if (Refusal.AllOf(wrong) is { } refusal)
            return refusal;

        var hash = await passwords.Hash(http, member, newPassword);
        if (!hash.IsDone)
            return hash.Refusal;
        // Before the password is set, so that a "busy" here leaves nothing half done.
        if (endsTokens && await tokens.RevokeAll(member.Id, stop) is { Refusal: { } busy })
            return busy;
        member.PasswordHash = hash.Value;
        var saved = await members.UpdateSecurityStampAsync(member); // saves both at once; sessions under the old stamp are over
        if (!saved.Succeeded)
            return Refusal.Busy;

        await sessions.EndOthers(member.Id, exceptKey: null, stop);
        await unitOfWork.Run<bool>(db =>
        {
            db.Record(clock.GetCurrentInstant(), member.Id, MemberActs.PasswordChanged, member.Id);
            return Task.FromResult<Outcome<bool>>(true);
        }, stop);
        await signIns.SignInAsync(member, isPersistent: true);
        return true;
    }

    /// <summary>Null after a fresh sign-in, or if the current password is right.</summary>
    public async Task<Refusal?> WhyNotThem(HttpContext http, string? current)
    {
        if (IsFresh(http))
            return null;
        var member = await Of(http);
        var right = await passwords.IsRight(http, member.Email, member, current ?? "");
        return !right.IsDone ? right.Refusal : right.Value ? null : WrongCurrent;
    }

    private async Task<Member> Of(HttpContext http) => await members.FindByIdAsync(http.User.MemberId()?.ToString() ?? "")
        ?? throw new InvalidOperationException("Only members have passwords.");

    private static Refusal WrongCurrent { get; } = new("wrong_password", new(
        "That isn’t your current password. If you’ve forgotten it, sign out and get a sign-in link.",
        "Das ist nicht Ihr aktuelles Passwort. Haben Sie es vergessen, melden Sie sich ab und lassen sich einen Anmeldelink senden.",
        "Das ist nicht dein aktuelles Passwort. Hast du es vergessen, melde dich ab und lass dir einen Anmeldelink senden."))
    { Field = "currentPassword" };
}
