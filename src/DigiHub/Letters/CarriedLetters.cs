using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>The fate of letters that go out inside another's mail: recorded in the very transaction that records their carrier's.</summary>
internal static class CarriedLetters
{
    /// <summary>Those that a letter carries and that have not been withdrawn meanwhile, in the order they are due.</summary>
    public static Task<List<Letter>> Of(HubDb db, Letter carrier, CancellationToken stop)
    {
        var id = carrier.Id;
        return CarriedOrLeaving(db).AsNoTracking().Where(letter => letter.CarriedBy == id && letter.State == LetterState.Carried)
            .OrderBy(letter => letter.DueAt).ThenBy(letter => letter.Id).ToListAsync(stop);
    }

    /// <summary>
    /// Takes the carried along to the carrier's next state. False: the mail does not tell what it should, because one of them was withdrawn
    /// or has come along since it was written; it must be written anew.
    /// </summary>
    public static async Task<bool> Follow(HubDb db, Letter carrier, LetterState to, Instant? sentAt, Instant? claimedAt, Instant? uncertainAt, string? reason)
    {
        var id = carrier.Id;
        var carried = CarriedOrLeaving(db).Where(letter => letter.CarriedBy == id);
        switch (to)
        {
            case LetterState.Sending:
                Guid[] told = [.. (carrier.Carries ?? []).Select(letter => letter.Id)];
                var all = await carried.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Sending).SetProperty(letter => letter.ClaimedAt, claimedAt));
                var still = await carried.CountAsync(letter => EF.Parameter(told).Contains(letter.Id));
                return all == told.Length && still == told.Length;
            case LetterState.Sent:
                await carried.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Sent).SetProperty(letter => letter.SentAt, sentAt));
                return true;
            // The mail is tried again as it was; and where nobody knows whether it went out, it must be the same mail, or none at all.
            case LetterState.Retry:
            case LetterState.Planned when uncertainAt is not null:
                await carried.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Carried).SetProperty(letter => letter.ClaimedAt, (Instant?)null));
                return true;
            case LetterState.Failed or LetterState.Skipped when uncertainAt is not null || reason == "unknown":
                await carried.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Failed).SetProperty(letter => letter.Reason, "unknown"));
                return true;
            default:
                await SetFree(carried);
                return true;
        }
    }

    /// <summary>Their carrier's mail came back, and they with it, however far their rows have got. Says how many.</summary>
    public static Task<int> ComeBack(HubDb db, Guid carrierId, string reason, Instant at, CancellationToken stop) => db.Letters
        .Where(letter => letter.CarriedBy == carrierId && (letter.State == LetterState.Carried || letter.State == LetterState.Sending
            || letter.State == LetterState.Sent || letter.State == LetterState.Failed))
        .ExecuteUpdateAsync(set => set
            .SetProperty(letter => letter.State, LetterState.Bounced)
            .SetProperty(letter => letter.BouncedAt, at)
            .SetProperty(letter => letter.Reason, reason), stop);

    /// <summary>Those whose carrier was withdrawn or has come to its end in any other way are on their own again. Says how many.</summary>
    public static Task<int> FreeOrphans(HubDb db)
    {
        var carriers = db.Letters.Where(carrier => carrier.State == LetterState.Planned || carrier.State == LetterState.Retry
            || carrier.State == LetterState.Claimed || carrier.State == LetterState.Sending);
        return SetFree(CarriedOrLeaving(db).Where(letter => letter.State == LetterState.Carried && !carriers.Any(carrier => carrier.Id == letter.CarriedBy)));
    }

    private static IQueryable<Letter> CarriedOrLeaving(HubDb db) => db.Letters.Where(letter =>
        (letter.State == LetterState.Carried || letter.State == LetterState.Sending) && letter.CarriedBy != null);

    private static Task<int> SetFree(IQueryable<Letter> carried) => carried.ExecuteUpdateAsync(set => set
        .SetProperty(letter => letter.State, letter => letter.Attempts == 0 ? LetterState.Planned : LetterState.Retry)
        .SetProperty(letter => letter.CarriedBy, (Guid?)null)
        .SetProperty(letter => letter.ClaimedAt, (Instant?)null));
}
