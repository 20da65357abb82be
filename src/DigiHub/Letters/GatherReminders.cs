using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>
/// At most one mail of the reminder class goes to one address in an hour. Of those claimed, and those due within the hour, the first
/// <b>carries</b> the others: they go out inside its mail and follow its fate. Where one has just left, the next waits for its hour to
/// be over, unless it would then be too late: rather two mails than one missing.
/// </summary>
public static class GatherReminders
{
    /// <summary>Between two such mails to one address.</summary>
    public static readonly Duration Between = Duration.FromHours(1);

    /// <summary>Letters one mail carries beside its own: it stays readable, and below 60 kB.</summary>
    public const int CarriedMax = 9;

    /// <summary>Of the letters just claimed, in the transaction of the claim, those to be delivered now.</summary>
    internal static async Task<List<Letter>> Among(HubDb db, List<Letter> claimed, Instant now, CancellationToken stop)
    {
        // One that may have left already goes again as it was, with those it carried then.
        var reminders = claimed.Where(letter => letter.Class == LetterClass.Reminder && letter.UncertainAt is null).ToList();
        if (reminders.Count == 0)
            return claimed;

        var others = await Others(db, reminders, now, stop);
        var gone = new HashSet<Guid>();
        foreach (var mine in reminders.GroupBy(letter => letter.NormalizedEmail))
        {
            var known = others[mine.Key].ToList();
            var underWay = known.Where(letter => letter.SentAt is not null || letter.State is LetterState.Claimed or LetterState.Sending)
                .Max(letter => (Instant?)(letter.SentAt ?? now));
            var waiting = await PutOff(db, mine, underWay + Between, now, stop);
            gone.UnionWith(waiting);
            var leaving = mine.Where(letter => !waiting.Contains(letter.Id)).OrderBy(letter => letter.NextAttemptAt).ThenBy(letter => letter.Id).ToList();
            // More than fit into one mail: the next goes an hour later.
            var tooMany = await PutOff(db, leaving.Skip(1 + CarriedMax), now + Between, now, stop);
            gone.UnionWith(tooMany);
            leaving.RemoveAll(letter => tooMany.Contains(letter.Id));
            foreach (var mail in leaving.Chunk(1 + CarriedMax))
                gone.UnionWith(await Carry(db, mail, mail[0] == leaving[0] ? known : [], now, stop));
        }

        return [.. claimed.Where(letter => !gone.Contains(letter.Id))];
    }

    private sealed record Other(Guid Id, string NormalizedEmail, LetterState State, Instant NextAttemptAt, Instant? SentAt);

    /// <summary>What else goes to these addresses: due within the hour, on its way, or gone within the last.</summary>
    private static async Task<ILookup<string, Other>> Others(HubDb db, List<Letter> reminders, Instant now, CancellationToken stop)
    {
        string[] addresses = [.. reminders.Select(letter => letter.NormalizedEmail).Distinct()];
        Guid[] mine = [.. reminders.Select(letter => letter.Id)];
        var (soon, lately) = (now + Between, now - Between);
        var found = await db.Letters.AsNoTracking().Where(letter => EF.Parameter(addresses).Contains(letter.NormalizedEmail))
            .OfReminderClass()
            .Where(letter => ((letter.State == LetterState.Planned || letter.State == LetterState.Retry) && letter.NextAttemptAt <= soon && letter.UncertainAt == null)
                || letter.State == LetterState.Claimed || letter.State == LetterState.Sending
                || (letter.SentAt != null && letter.SentAt > lately))
            .Select(letter => new Other(letter.Id, letter.NormalizedEmail, letter.State, letter.NextAttemptAt, letter.SentAt))
            .ToListAsync(stop);
        return found.Where(letter => !mine.Contains(letter.Id)).ToLookup(letter => letter.NormalizedEmail, StringComparer.Ordinal);
    }

    private static async Task<HashSet<Guid>> PutOff(HubDb db, IEnumerable<Letter> mine, Instant? until, Instant now, CancellationToken stop)
    {
        if (until is not { } later)
            return [];
        Guid[] ids = [.. mine.Where(letter => !(letter.NotAfter <= later)).Select(letter => letter.Id)];
        if (ids.Length == 0)
            return [];
        await db.Letters.Where(letter => EF.Parameter(ids).Contains(letter.Id) && letter.State == LetterState.Claimed && letter.ClaimedAt == now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(letter => letter.State, letter => letter.Attempts == 0 ? LetterState.Planned : LetterState.Retry)
                .SetProperty(letter => letter.NextAttemptAt, later)
                .SetProperty(letter => letter.ClaimedAt, (Instant?)null), stop);
        return [.. ids];
    }

    /// <summary>The first carries the others, and those that are due within the hour as far as there is room. Says which.</summary>
    private static async Task<Guid[]> Carry(HubDb db, Letter[] mail, IEnumerable<Other> known, Instant now, CancellationToken stop)
    {
        var soon = known.Where(letter => letter.State is LetterState.Planned or LetterState.Retry).OrderBy(letter => letter.NextAttemptAt);
        Guid[] carried = [.. mail.Skip(1).Select(letter => letter.Id).Concat(soon.Select(letter => letter.Id)).Take(CarriedMax)];
        if (carried.Length == 0)
            return carried;
        var carrier = mail[0].Id;
        await db.Letters
            .Where(letter => EF.Parameter(carried).Contains(letter.Id) && (letter.State == LetterState.Planned || letter.State == LetterState.Retry
                || (letter.State == LetterState.Claimed && letter.ClaimedAt == now)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(letter => letter.State, LetterState.Carried)
                .SetProperty(letter => letter.CarriedBy, carrier)
                .SetProperty(letter => letter.ClaimedAt, (Instant?)null), stop);
        return carried;
    }
}
