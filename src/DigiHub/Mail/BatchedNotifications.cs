using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>The state of notifications that go out inside another's mail: recorded in the same transaction as their carrier's.</summary>
internal static class BatchedNotifications
{
    /// <summary>Those that a notification carries and that have not been withdrawn meanwhile, in the order they are due.</summary>
    public static Task<List<Notification>> Of(HubDb db, Notification carrier, CancellationToken stop)
    {
        var id = carrier.Id;
        return CarriedOrLeaving(db).AsNoTracking()
            .Where(notification => notification.CarriedBy == id && notification.State == NotificationState.Carried)
            .OrderBy(notification => notification.DueAt).ThenBy(notification => notification.Id).ToListAsync(stop);
    }

    /// <summary>
    /// Moves the carried ones to the carrier's next state. False: the mail is outdated, because one of them was withdrawn
    /// or added since it was written; it must be written again.
    /// </summary>
    public static async Task<bool> Follow(
        HubDb db, Notification carrier, NotificationState to, Instant? sentAt,
        Instant? claimedAt, Instant? uncertainAt, NotificationReason? reason)
    {
        var id = carrier.Id;
        var carried = CarriedOrLeaving(db).Where(notification => notification.CarriedBy == id);
        switch (to)
        {
            case NotificationState.Sending:
                Guid[] told = [.. (carrier.Carries ?? []).Select(notification => notification.Id)];
                var all = await carried.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State,
                    NotificationState.Sending).SetProperty(notification => notification.LeasedAt, claimedAt));
                var still = await carried.CountAsync(notification => EF.Parameter(told).Contains(notification.Id));
                return all == told.Length && still == told.Length;
            case NotificationState.Sent:
                await carried.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, NotificationState.Sent)
                    .SetProperty(notification => notification.SentAt, sentAt));
                return true;
            // A retry sends the same mail; and if it is unknown whether it went out, only the same mail may be sent again.
            case NotificationState.Retry:
            case NotificationState.Planned when uncertainAt is not null:
                await carried.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, NotificationState.Carried)
                    .SetProperty(notification => notification.LeasedAt, (Instant?)null));
                return true;
            case NotificationState.Failed or NotificationState.Skipped when uncertainAt is not null || reason == NotificationReason.Unknown:
                await carried.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, NotificationState.Failed)
                    .SetProperty(notification => notification.Reason, (NotificationReason?)NotificationReason.Unknown));
                return true;
            default:
                await SetFree(carried);
                return true;
        }
    }

    /// <summary>Their carrier's mail bounced, and they with it, whatever their state. Returns how many.</summary>
    public static Task<int> ComeBack(HubDb db, Guid carrierId, string? reply, Instant at, CancellationToken stop) => db.Notifications
        .Where(notification => notification.CarriedBy == carrierId
            && (notification.State == NotificationState.Carried || notification.State == NotificationState.Sending
                || notification.State == NotificationState.Sent || notification.State == NotificationState.Failed))
        .ExecuteUpdateAsync(set => set
            .SetProperty(notification => notification.State, NotificationState.Bounced)
            .SetProperty(notification => notification.BouncedAt, at)
            .SetProperty(notification => notification.SmtpReply, reply)
            .SetProperty(notification => notification.Reason, (NotificationReason?)NotificationReason.Bounced), stop);

    /// <summary>Releases those whose carrier was withdrawn or failed, to be sent by themselves. Returns how many.</summary>
    public static Task<int> FreeOrphans(HubDb db)
    {
        var carriers = db.Notifications.Where(carrier => carrier.State == NotificationState.Planned
            || carrier.State == NotificationState.Retry
            || carrier.State == NotificationState.Leased || carrier.State == NotificationState.Sending);
        return SetFree(CarriedOrLeaving(db).Where(notification => notification.State == NotificationState.Carried
            && !carriers.Any(carrier => carrier.Id == notification.CarriedBy)));
    }

    private static IQueryable<Notification> CarriedOrLeaving(HubDb db) => db.Notifications.Where(notification =>
        (notification.State == NotificationState.Carried || notification.State == NotificationState.Sending)
            && notification.CarriedBy != null);

    private static Task<int> SetFree(IQueryable<Notification> carried) => carried.ExecuteUpdateAsync(set => set
        .SetProperty(notification => notification.State,
            notification => notification.Attempts == 0 ? NotificationState.Planned : NotificationState.Retry)
        .SetProperty(notification => notification.CarriedBy, (Guid?)null)
        .SetProperty(notification => notification.LeasedAt, (Instant?)null));
}
