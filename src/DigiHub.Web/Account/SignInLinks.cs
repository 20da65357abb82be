using System.Diagnostics;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>Signing in by a link in an e-mail: requesting the link and using it.</summary>
public sealed class SignInLinks(
    SendSignInLink send, UseSignInLink use, HubTokenSigner signers, SignInManager<Member> signIns, Limits limits)
{
    /// <summary>Every request takes this long, so that the time does not reveal whether an e-mail was written.</summary>
    private static readonly TimeSpan AnswerAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>True always, unless the database is too busy; never whether there is such a member.</summary>
    public async Task<Outcome<bool>> Ask(HttpContext http, EmailAddress email)
    {
        var stop = http.RequestAborted;
        if (limits.WhyNoEmail(http, email) is { } tooMany)
            return tooMany;

        var begun = Stopwatch.GetTimestamp();
        var outcome = await send.Run(email, stop);
        var left = AnswerAfter - Stopwatch.GetElapsedTime(begun);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, stop);
        return outcome.IsDone ? true : outcome.Refusal;
    }

    /// <summary>False for a token that this hub never made; a link that is used or too old is still ours.</summary>
    public async Task<bool> IsOurs(string link, CancellationToken stop) =>
        (await signers.Get(stop)).Open(TokenPurpose.SignIn, link) is not null;

    /// <summary>Signs in the member the signed link was written to.</summary>
    public async Task<Outcome<Member>> Use(string link, CancellationToken stop)
    {
        var signer = await signers.Get(stop);
        if (signer.Open(TokenPurpose.SignIn, link) is not { } linkId)
            return UseSignInLink.LinkOver;
        var outcome = await use.Run(linkId, stop);
        if (outcome.IsDone)
            await signIns.SignInAsync(outcome.Value, isPersistent: true);
        return outcome;
    }
}
