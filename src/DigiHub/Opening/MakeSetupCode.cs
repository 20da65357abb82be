using DigiHub.Access;
using DigiHub.Data;

namespace DigiHub.Opening;

/// <summary>At each start: a new code for the set-up page, as long as nobody ever administrated the hub. Earlier codes are void.</summary>
public sealed class MakeSetupCode(UnitOfWork unitOfWork, IClock clock)
{
    /// <returns>The code to print, which is stored as a hash only; null: the hub has had an administrator.</returns>
    public async Task<string?> Run(CancellationToken stop)
    {
        var fresh = SetupCode.New();
        var made = await unitOfWork.Run<bool>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            if (await db.HasHadAdministrator(stop))
                return false;

            var (hash, expiresAt) = (SetupCode.HashOf(fresh), clock.GetCurrentInstant() + SetupCode.GoodFor);
            if (await db.Set<SetupCode>().SingleOrDefaultAsync(stop) is { } earlier)
                (earlier.Hash, earlier.ExpiresAt, earlier.WrongTries) = (hash, expiresAt, 0);
            else
                db.Add(new SetupCode { Hash = hash, ExpiresAt = expiresAt });
            return true;
        }, stop);
        return made is { IsDone: true, Value: true } ? fresh : null;
    }
}
