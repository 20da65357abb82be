using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Displays;

/// <summary>A code that a screen shows, and the secret by which it is known again.</summary>
/// <param name="IsNew">The secret has to be kept by the screen.</param>
public sealed record ShownCode(string Code, string Secret, Instant ExpiresAt, bool IsNew);

/// <summary>
/// Gives a screen the code that it shows until it is paired. The same one while it lives, then another, with another secret: so a code that
/// somebody has read is worth nothing afterwards.
/// </summary>
public sealed class ShowPairingCode(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock)
{
    /// <summary>Null: it shows none that still lives.</summary>
    /// <param name="secret">Of the screen's cookie, if it has one.</param>
    public async Task<ShownCode?> Standing(string? secret, CancellationToken stop)
    {
        if (secret is null)
            return null;
        var (hash, now) = (RandomToken.Hash(secret), clock.GetCurrentInstant());
        await using var db = databases.Open();
        var expires = await db.Pairings.Where(one => one.SecretHash == hash && one.ExpiresAt > now)
            .Select(one => (Instant?)one.ExpiresAt).SingleOrDefaultAsync(stop);
        return expires is { } until ? new(PairingCode.Of(secret), secret, until, IsNew: false) : null;
    }

    /// <summary>Refuses with too_many_pairings and busy.</summary>
    public Task<Outcome<ShownCode>> New(CancellationToken stop) => unitOfWork.Run<ShownCode>(async db =>
    {
        await db.AcquireLocks([LockKey.OfPairings], stop);
        var now = clock.GetCurrentInstant();
        await db.Pairings.Where(one => one.ExpiresAt <= now).ExecuteDeleteAsync(stop);
        if (await db.Pairings.CountAsync(stop) >= Pairing.StandingMax)
            return DeviceRefusals.TooManyPairings;

        var secret = RandomToken.Make();
        var code = PairingCode.Of(secret);
        var hash = RandomToken.Hash(code);
        // Hardly ever: two screens must not show the same.
        if (await db.Pairings.AnyAsync(one => one.CodeHash == hash, stop))
            return Refusal.Busy;
        var pairing = new Pairing
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            CodeHash = hash,
            SecretHash = RandomToken.Hash(secret),
            ExpiresAt = now + Pairing.Life,
        };
        db.Pairings.Add(pairing);
        return new ShownCode(code, secret, pairing.ExpiresAt, IsNew: true);
    }, stop);
}
