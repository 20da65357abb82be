using DigiHub.Data;

namespace DigiHub.Letters;

/// <param name="State">Failed, or Bounced for all that came back, whatever the servers said.</param>
/// <param name="Reason">As in the row.</param>
/// <param name="Since">When the first of them was tried, or came back.</param>
public sealed record GivenUp(LetterState State, string Reason, int Count, Instant Since);

/// <summary>What was given up or came back within a day, by reason, the most frequent first: what an administrator must look at.</summary>
public sealed class LettersGivenUp(HubDbFactory databases, IClock clock)
{
    public async Task<IReadOnlyList<GivenUp>> Run(CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - Duration.FromDays(1);
        await using var db = databases.Open();
        var found = await db.Letters.Where(letter => letter.State == LetterState.Failed && letter.NextAttemptAt > since)
            .GroupBy(letter => letter.Reason)
            .Select(group => new { Reason = group.Key, Count = group.Count(), Since = group.Min(letter => letter.NextAttemptAt) })
            .ToListAsync(stop);
        var back = db.Letters.Where(letter => letter.State == LetterState.Bounced && letter.BouncedAt > since);
        var given = found.ConvertAll(one => new GivenUp(LetterState.Failed, one.Reason ?? "", one.Count, one.Since));
        if (await back.MinAsync(letter => letter.BouncedAt, stop) is { } first)
            given.Add(new GivenUp(LetterState.Bounced, ForgetLetters.CameBack, await back.CountAsync(stop), first));
        return [.. given.OrderByDescending(one => one.Count).ThenBy(one => one.Reason, StringComparer.Ordinal)];
    }
}
