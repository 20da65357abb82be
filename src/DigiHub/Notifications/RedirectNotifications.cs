using DigiHub.Data;

namespace DigiHub.Notifications;

/// <summary>Sends notifications that are not yet on their way to an address that was proven good, in the caller's transaction.</summary>
internal static class RedirectNotifications
{
    public static async Task Run(HubDb db, IQueryable<Notification> which, EmailAddress email, CancellationToken stop)
    {
        var normalized = email.Key;
        var waiting = which.NotYetLeaving();
        var purposes = waiting.Select(notification => notification.Purpose);
        // Correcting an address back and forth leaves withdrawn notifications of these purposes at it; they never left,
        // and would violate the unique purpose.
        await db.Notifications.Where(notification => notification.NormalizedEmail == normalized && notification.SentAt == null
                && (notification.State == NotificationState.Cancelled || notification.State == NotificationState.Skipped
                    || notification.State == NotificationState.Failed)
                && purposes.Contains(notification.Purpose))
            .ExecuteDeleteAsync(stop);
        await waiting.ExecuteUpdateAsync(row => row.SetProperty(notification => notification.RecipientEmail, email)
            .SetProperty(notification => notification.NormalizedEmail, normalized), stop);
    }
}
