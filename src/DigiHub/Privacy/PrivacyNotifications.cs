using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Privacy;

/// <summary>What somebody is told who wants to be forgotten. That it is done is told to nobody: no address is left.</summary>
public static class PrivacyNotifications
{
    public static readonly NotificationType ErasureAsked = new(
        "erasure_asked", NotificationClass.Transactional,
        words: new("Account will be deleted", "Konto wird gelöscht"),
        occasion: new("because your account is to be deleted", "weil Ihr Konto gelöscht werden soll",
            "weil dein Konto gelöscht werden soll"))
    { LetsIn = true };
}

/// <summary>Sent only while they can come back by it.</summary>
internal sealed class ErasureCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == PrivacyNotifications.ErasureAsked;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var erasure = await db.Erasures.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop);
        return erasure is { IsStanding: true } && now < erasure.DueAt ? null : NotificationReason.Over;
    }
}
