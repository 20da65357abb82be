using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Suppressions;

namespace DigiHub.Operations;

/// <param name="Letters">The latest written first, at most <see cref="ExplainAddress.LettersMax"/>; forgotten ones are found by their pseudonym.</param>
public sealed record ExplainedAddress(
    Member? Member, IReadOnlyList<Suppression> Suppressions, IReadOnlyList<Letter> Letters, Relay Relay, Instant Now)
{
    public IEnumerable<Letter> ToCome => Letters.Where(letter => letter.State is LetterState.Planned or LetterState.Retry
        or LetterState.Claimed or LetterState.Sending or LetterState.Carried);

    public IEnumerable<Letter> Done => Letters.Except(ToCome);
}

/// <summary>Why did somebody get a letter, or none? Everything the hub knows about one address, for whoever must answer that at night.</summary>
public sealed class ExplainAddress(HubDbFactory databases, HubSeal seals, IClock clock)
{
    public const int LettersMax = 200;

    public async Task<ExplainedAddress> Run(EmailAddress email, CancellationToken stop)
    {
        var seal = await seals.Get(stop);
        var (normalized, pseudonym) = (email.Key, ForgetLetters.PseudonymOf(seal, email));
        await using var db = databases.Open();
        return new ExplainedAddress(
            await db.Members.AsNoTracking().SingleOrDefaultAsync(known => known.NormalizedEmail == normalized, stop),
            await db.Suppressions.AsNoTracking().Where(one => one.NormalizedEmail == normalized).ToListAsync(stop),
            await db.Letters.AsNoTracking().Where(letter => letter.NormalizedEmail == normalized || letter.NormalizedEmail == pseudonym)
                .OrderByDescending(letter => letter.Id).Take(LettersMax).ToListAsync(stop),
            await db.RelayNow(stop),
            clock.GetCurrentInstant());
    }
}
