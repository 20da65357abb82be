using DigiHub.Data;

namespace DigiHub.Letters;

/// <param name="Reason">As in the row.</param>
/// <param name="Since">When the first of them was tried.</param>
public sealed record GivenUp(string Reason, int Count, Instant Since);

/// <summary>What was given up within a day, by reason, the most frequent first: what an administrator must look at.</summary>
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
        return [.. found.OrderByDescending(one => one.Count).ThenBy(one => one.Reason, StringComparer.Ordinal).Select(one => new GivenUp(one.Reason ?? "", one.Count, one.Since))];
    }
}
