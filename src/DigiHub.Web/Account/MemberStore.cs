using DigiHub.Data;
using DigiHub.Members;
using Microsoft.AspNetCore.Identity;

namespace DigiHub.Web.Account;

/// <summary>
/// User store of ASP.NET Core Identity over the Member entity, which does not depend on Identity. Members, passwords, addresses and
/// security stamps; passkeys would be added here (IUserPasskeyStore).
/// </summary>
public sealed class MemberStore(HubDbFactory databases, UnitOfWork unitOfWork) :
    IUserPasswordStore<Member>, IUserEmailStore<Member>, IUserSecurityStampStore<Member>
{
    private static readonly IdentityError Taken =
        new() { Code = "email_taken", Description = "There’s already a member with this address." };
    private static readonly IdentityError Gone = new() { Code = "gone", Description = "This member no longer exists." };
    private static readonly IdentityError Busy = new() { Code = Refusal.Busy.Code, Description = Refusal.Busy.Message.English };

    public async Task<Member?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
            return null;
        await using var db = databases.Open();
        return await db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.Id == id, cancellationToken);
    }

    // Members sign in by address, so it is also the user name.
    public Task<Member?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public async Task<Member?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        await using var db = databases.Open();
        return await db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.NormalizedEmail == normalizedEmail, cancellationToken);
    }

    public Task<IdentityResult> CreateAsync(Member user, CancellationToken cancellationToken) => Write(async db =>
    {
        if (await db.Members.AnyAsync(member => member.NormalizedEmail == user.NormalizedEmail, cancellationToken))
            return IdentityResult.Failed(Taken);
        db.Members.Add(user);
        return IdentityResult.Success;
    }, cancellationToken);

    // Updates only what Identity changes: other columns may have changed meanwhile.
    public Task<IdentityResult> UpdateAsync(Member user, CancellationToken cancellationToken) => Write(async db =>
    {
        var stored = await db.Members.SingleOrDefaultAsync(member => member.Id == user.Id, cancellationToken);
        if (stored is null)
            return IdentityResult.Failed(Gone);
        stored.PasswordHash = user.PasswordHash;
        stored.SecurityStamp = user.SecurityStamp;
        return IdentityResult.Success;
    }, cancellationToken);

    public Task<IdentityResult> DeleteAsync(Member user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Members are disabled, not deleted: their bookings stay.");

    public Task<string> GetUserIdAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(Member user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedUserNameAsync(Member user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedEmail);

    public Task SetNormalizedUserNameAsync(Member user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetEmailAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(Member user, string? email, CancellationToken cancellationToken)
    {
        user.Email = EmailAddress.Of(email ?? throw new ArgumentNullException(nameof(email)));
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedEmailAsync(Member user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedEmail);

    // Derived from the address.
    public Task SetNormalizedEmailAsync(Member user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    // Addresses are proved by sign-in links; members do not sign up themselves.
    public Task<bool> GetEmailConfirmedAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(Member user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetPasswordHashAsync(Member user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Member user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Member user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public void Dispose()
    {
        // Holds nothing between calls.
    }

    private async Task<IdentityResult> Write(Func<HubDb, Task<IdentityResult>> work, CancellationToken stop)
    {
        var outcome = await unitOfWork.Run<IdentityResult>(async db => await work(db), stop);
        return outcome.IsDone ? outcome.Value : IdentityResult.Failed(Busy);
    }
}

/// <summary>Addresses are compared in the one form the Member entity knows.</summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    public string? NormalizeName(string? name) => NormalizeEmail(name);

    public string? NormalizeEmail(string? email) => email is null ? null : EmailAddress.KeyOfPart(email);
}
