using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// At most one mail of the reminder class goes to one address in an hour. Of those leased, and those due within the hour, the first
/// <b>carries</b> the others: they go out inside its mail and share its state. After one has left, the next waits for the hour to
/// end, unless it would then be too late: two mails are better than a missing one.
/// </summary>
public static class BatchReminders
{
    /// <summary>Between two such mails to one address.</summary>
    public static readonly Duration Between = Duration.FromHours(1);

    /// <summary>Notifications one mail carries beside its own: it stays readable, and below 60 kB.</summary>
    public const int CarriedMax = 9;

    /// <summary>Of the notifications just leased, in the same transaction, those to be delivered now.</summary>
    internal static async Task<List<Notification>> Among(HubDb db, List<Notification> claimed, Instant now, CancellationToken stop)
    {
        // One that may have left already is sent again unchanged, with those it carried then.
        var reminders =
            claimed.Where(notification => notification.Class == NotificationClass.Reminder && notification.UncertainAt is null).ToList();
        if (reminders.Count == 0)
            return claimed;

        var others = await Others(db, reminders, now, stop);
        var gone = new HashSet<Guid>();
        foreach (var mine in reminders.GroupBy(notification => notification.NormalizedEmail))
        {
            var known = others[mine.Key].ToList();
            var underWay = known.Where(notification => notification.SentAt is not null
                || notification.State is NotificationState.Leased or NotificationState.Sending)
                .Max(notification => (Instant?)(notification.SentAt ?? now));
            var waiting = await PutOff(db, mine, underWay + Between, now, stop);
            gone.UnionWith(waiting);
            var leaving = mine.Where(notification => !waiting.Contains(notification.Id))
                .OrderBy(notification => notification.NextAttemptAt).ThenBy(notification => notification.Id).ToList();
            // More than fit into one mail: the next goes an hour later.
            var tooMany = await PutOff(db, leaving.Skip(1 + CarriedMax), now + Between, now, stop);
            gone.UnionWith(tooMany);
            leaving.RemoveAll(notification => tooMany.Contains(notification.Id));
            foreach (var mail in leaving.Chunk(1 + CarriedMax))
                gone.UnionWith(await Carry(db, mail, mail[0] == leaving[0] ? known : [], now, stop));
        }

        return [.. claimed.Where(notification => !gone.Contains(notification.Id))];
    }

    private sealed record Other(Guid Id, string NormalizedEmail, NotificationState State, Instant NextAttemptAt, Instant? SentAt);

    /// <summary>What else goes to these addresses: due within the hour, on its way, or gone within the last.</summary>
    private static async Task<ILookup<string, Other>> Others(HubDb db, List<Notification> reminders, Instant now, CancellationToken stop)
    {
        string[] addresses = [.. reminders.Select(notification => notification.NormalizedEmail).Distinct()];
        Guid[] mine = [.. reminders.Select(notification => notification.Id)];
        var (soon, lately) = (now + Between, now - Between);
        var found = await db.Notifications.AsNoTracking()
            .Where(notification => EF.Parameter(addresses).Contains(notification.NormalizedEmail))
            .OfReminderClass()
            .Where(notification => ((notification.State == NotificationState.Planned || notification.State == NotificationState.Retry)
                && notification.NextAttemptAt <= soon && notification.UncertainAt == null)
                || notification.State == NotificationState.Leased || notification.State == NotificationState.Sending
                || (notification.SentAt != null && notification.SentAt > lately))
            .Select(notification => new Other(notification.Id, notification.NormalizedEmail,
                notification.State, notification.NextAttemptAt, notification.SentAt))
            .ToListAsync(stop);
        return found.Where(notification => !mine.Contains(notification.Id))
            .ToLookup(notification => notification.NormalizedEmail, StringComparer.Ordinal);
    }

    private static async Task<HashSet<Guid>> PutOff(
        HubDb db, IEnumerable<Notification> mine, Instant? until, Instant now, CancellationToken stop)
    {
        if (until is not { } later)
            return [];
        Guid[] ids = [.. mine.Where(notification => !(notification.NotAfter <= later)).Select(notification => notification.Id)];
        if (ids.Length == 0)
            return [];
        await db.Notifications.Where(notification => EF.Parameter(ids).Contains(notification.Id)
            && notification.State == NotificationState.Leased && notification.LeasedAt == now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(notification => notification.State,
                    notification => notification.Attempts == 0 ? NotificationState.Planned : NotificationState.Retry)
                .SetProperty(notification => notification.NextAttemptAt, later)
                .SetProperty(notification => notification.LeasedAt, (Instant?)null), stop);
        return [.. ids];
    }

    /// <summary>The first carries the others, and those that are due within the hour as far as there is room. Says which.</summary>
    private static async Task<Guid[]> Carry(HubDb db, Notification[] mail, IEnumerable<Other> known, Instant now, CancellationToken stop)
    {
        var soon = known.Where(notification => notification.State is NotificationState.Planned or NotificationState.Retry)
            .OrderBy(notification => notification.NextAttemptAt);
        Guid[] carried = [.. mail.Skip(1).Select(notification => notification.Id)
            .Concat(soon.Select(notification => notification.Id)).Take(CarriedMax)];
        if (carried.Length == 0)
            return carried;
        var carrier = mail[0].Id;
        await db.Notifications
            .Where(notification => EF.Parameter(carried).Contains(notification.Id)
                && (notification.State == NotificationState.Planned || notification.State == NotificationState.Retry
                    || (notification.State == NotificationState.Leased && notification.LeasedAt == now)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(notification => notification.State, NotificationState.Carried)
                .SetProperty(notification => notification.CarriedBy, carrier)
                .SetProperty(notification => notification.LeasedAt, (Instant?)null), stop);
        return carried;
    }
}
