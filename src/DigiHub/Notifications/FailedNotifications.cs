using DigiHub.Data;

namespace DigiHub.Notifications;

/// <param name="State">Failed, or Bounced for all that came back, whatever the servers said.</param>
/// <param name="Reason">As in the row.</param>
/// <param name="Since">When the first of them was tried, or came back.</param>
public sealed record GivenUp(NotificationState State, NotificationReason Reason, int Count, Instant Since);

/// <summary>What was given up or came back within a day, by reason, the most frequent first: what an administrator must look at.</summary>
public sealed class FailedNotifications(HubDbFactory databases, IClock clock)
{
    public async Task<IReadOnlyList<GivenUp>> Run(CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - Duration.FromDays(1);
        await using var db = databases.Open();
        var found = await db.Notifications.Where(
            notification => notification.State == NotificationState.Failed && notification.NextAttemptAt > since)
            .GroupBy(notification => notification.Reason)
            .Select(group =>
                new { Reason = group.Key, Count = group.Count(), Since = group.Min(notification => notification.NextAttemptAt) })
            .ToListAsync(stop);
        var back = db.Notifications.Where(
            notification => notification.State == NotificationState.Bounced && notification.BouncedAt > since);
        var given = found.ConvertAll(one =>
            new GivenUp(NotificationState.Failed, one.Reason ?? NotificationReason.Unknown, one.Count, one.Since));
        if (await back.MinAsync(notification => notification.BouncedAt, stop) is { } first)
            given.Add(new GivenUp(NotificationState.Bounced, NotificationReason.Bounced, await back.CountAsync(stop), first));
        return [.. given.OrderByDescending(one => one.Count).ThenBy(one => one.Reason.ToString(), StringComparer.Ordinal)];
    }
}
