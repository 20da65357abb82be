using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>What is planned to leave, the latest written first; at most <see cref="CountMax"/>.</summary>
public sealed class LettersToCome(HubDbFactory databases)
{
    public const int CountMax = 12;

    /// <param name="recipient">Part of a recipient's name or address; null for all.</param>
    public async Task<IReadOnlyList<Letter>> Run(string? recipient, CancellationToken stop)
    {
        await using var db = databases.Open();
        var planned = db.Letters.AsNoTracking().Where(letter => letter.State == LetterState.Planned);
        if (!string.IsNullOrWhiteSpace(recipient))
            planned = planned.ToSomebodyLike(recipient);
        return await planned.OrderByDescending(letter => letter.WrittenAt).ThenBy(letter => letter.NextAttemptAt).Take(CountMax).ToListAsync(stop);
    }
}
