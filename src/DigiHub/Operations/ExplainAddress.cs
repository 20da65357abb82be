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
    public IEnumerable<Letter> ToCome => Letters.Where(letter => letter.State is LetterState.Planned or LetterState.Retry or LetterState.Claimed or LetterState.Sending);

    public IEnumerable<Letter> Done => Letters.Except(ToCome);
}

/// <summary>Why did somebody get a letter, or none? Everything the hub knows about one address, for whoever must answer that at night.</summary>
public sealed class ExplainAddress(HubDbFactory databases, HubSeal seals, IClock clock)
{
    public const int LettersMax = 200;

    public async Task<ExplainedAddress> Run(string email, CancellationToken stop)
    {
        var seal = await seals.Get(stop);
        var (normalized, typed, pseudonym) = (Suppression.Normalize(email), email.Trim(), ForgetLetters.PseudonymOf(seal, email));
        var small = typed.ToLowerInvariant();
        await using var db = databases.Open();
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(known => known.NormalizedEmail == Member.Normalize(typed), stop);
        var spelled = member?.Email ?? typed;
        return new ExplainedAddress(
            member,
            await db.Suppressions.AsNoTracking().Where(one => one.NormalizedEmail == normalized).ToListAsync(stop),
            // Each spelling by the index; addresses are kept as they were typed.
            await db.Letters.AsNoTracking()
                .Where(letter => letter.RecipientEmail == typed || letter.RecipientEmail == small || letter.RecipientEmail == spelled || letter.RecipientEmail == pseudonym)
                .OrderByDescending(letter => letter.Id).Take(LettersMax).ToListAsync(stop),
            await db.RelayNow(stop),
            clock.GetCurrentInstant());
    }
}
