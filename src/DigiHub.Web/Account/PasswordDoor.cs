using DigiHub.Members;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>
/// Lets as many passwords be hashed at once as there are cores, and no more: a hash takes a core for a quarter of a second
/// on purpose, so without a door a few dozen sign-ins a second would stop the hub for everybody.
/// </summary>
public sealed class PasswordDoor : IDisposable
{
    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA512.</summary>
    public const int Iterations = 210_000;

    private static readonly TimeSpan waitMax = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim cores = new(Environment.ProcessorCount);
    private readonly Lazy<string> nobodysHash;
    private readonly IPasswordHasher<Member> hasher;

    public PasswordDoor(IPasswordHasher<Member> hasher)
    {
        this.hasher = hasher;
        nobodysHash = new(() => hasher.HashPassword(null!, "no password of anybody"));
    }

    /// <summary>
    /// Is it the member's password? Takes as long for nobody, and for a member without a password, as for anybody else.
    /// Refuses with "busy" when too many are waiting.
    /// </summary>
    public async Task<Outcome<bool>> IsRight(Member? member, string password, CancellationToken stop)
    {
        if (!await cores.WaitAsync(waitMax, stop))
            return Refusal.Busy;
        try
        {
            var result = hasher.VerifyHashedPassword(member!, member?.PasswordHash ?? nobodysHash.Value, password);
            return member?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
        }
        finally
        {
            cores.Release();
        }
    }

    /// <summary>Does something that hashes a password, when a core is free for it.</summary>
    public async Task<Outcome<T>> Through<T>(Func<Task<T>> act, CancellationToken stop)
    {
        if (!await cores.WaitAsync(waitMax, stop))
            return Refusal.Busy;
        try
        {
            return await act();
        }
        finally
        {
            cores.Release();
        }
    }

    public void Dispose() => cores.Dispose();
}
