using DigiHub.Members;
using DigiHub.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>
/// The only code that hashes passwords. Hashes at most one password per core at a time: a hash takes a core for a quarter of
/// a second on purpose. Guesses are limited before (<see cref="Limits"/>), so a flood of them costs no hashing, and callers
/// are served in turn, so that one cannot block the others.
/// </summary>
public sealed class PasswordHashing
{
    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA512.</summary>
    public const int Iterations = 210_000;

    private readonly FairQueue cores = new(Environment.ProcessorCount);
    private readonly Lazy<string> nobodysHash;
    private readonly IPasswordHasher<Member> hasher;
    private readonly Limits limits;

    public PasswordHashing(IPasswordHasher<Member> hasher, Limits limits)
    {
        this.hasher = hasher;
        this.limits = limits;
        nobodysHash = new(() => hasher.HashPassword(null!, "no password of anybody"));
    }

    /// <summary>
    /// Verifies a member's password. Takes equally long for an unknown address and for a member without a password.
    /// Refuses with "too_many" after too many wrong ones and with "busy" when too many are waiting, which counts as a wrong one.
    /// </summary>
    /// <param name="email">The account that is tried, whether there is one or not.</param>
    public async Task<Outcome<bool>> IsRight(HttpContext http, string email, Member? member, string password)
    {
        if (limits.TakePasswordGuess(http, email) is { } tooMany)
            return tooMany;
        if (password.Length > PasswordRules.LengthMax * 2)
            password = ""; // longer than any that could have been set; hashing a megabyte is work for nothing

        var checkedIt = await Through(http, email, () =>
            hasher.VerifyHashedPassword(member!, member?.PasswordHash ?? nobodysHash.Value, password) != PasswordVerificationResult.Failed);
        if (!checkedIt.IsDone)
            return checkedIt.Refusal;
        var isRight = member?.PasswordHash is not null && checkedIt.Value;
        if (isRight)
            limits.GiveBackPasswordGuess(http, email);
        return isRight;
    }

    /// <summary>The hash to keep of a new password. Refuses with "busy" when too many are waiting.</summary>
    public Task<Outcome<string>> Hash(HttpContext http, Member member, string password) =>
        Through(http, member.Email, () => hasher.HashPassword(member, password));

    /// <summary>The same for somebody who is no member yet.</summary>
    public Task<Outcome<string>> Hash(HttpContext http, EmailAddress email, string password) =>
        Through(http, email, () => hasher.HashPassword(null!, password));

    private async Task<Outcome<T>> Through<T>(HttpContext http, string email, Func<T> hash)
    {
        var caller = Caller.Of(http);
        if (!await cores.Enter(caller, Limits.KeyOf(email), http.RequestAborted))
            return Busy;
        try
        {
            return hash();
        }
        finally
        {
            cores.Leave(caller);
        }
    }

    private static Refusal Busy { get; } = new(Refusal.Busy.Code, new(
        "Too many passwords are being checked right now. Please try again in a few seconds.",
        "Gerade werden zu viele Passwörter geprüft. Bitte versuchen Sie es in einigen Sekunden noch einmal.",
        "Gerade werden zu viele Passwörter geprüft. Bitte versuch es in einigen Sekunden noch einmal."))
    { IsTransient = true };
}
