using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>What is planned to leave, the latest written first; at most <see cref="CountMax"/>.</summary>
public sealed class UpcomingNotifications(HubDbFactory databases)
{
    public const int CountMax = 12;

    /// <param name="recipient">Part of a recipient's name or address; null for all.</param>
    public async Task<IReadOnlyList<Notification>> Run(string? recipient, CancellationToken stop)
    {
        await using var db = databases.Open();
        var planned = db.Notifications.AsNoTracking().Where(notification => notification.State == NotificationState.Planned);
        if (!string.IsNullOrWhiteSpace(recipient))
            planned = planned.ToSomebodyLike(recipient);
        return await planned.OrderByDescending(notification => notification.WrittenAt)
            .ThenBy(notification => notification.NextAttemptAt).Take(CountMax).ToListAsync(stop);
    }
}
