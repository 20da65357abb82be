using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>
/// Somebody who registers and cancels repeatedly is notified of the first step and of the last. Notifications about one registration keep a
/// distance; each step withdraws what the one before has not sent yet, so of fifteen steps within ten minutes two notifications remain.
/// After so many in a day the last word waits for the next day, or for the last hour in which it still helps; also of an event that its
/// organiser moves again and again.
/// </summary>
internal sealed class ThrottleRepeats(Catalogue catalogue) : INotificationWait
{
    /// <summary>Automatic notifications to one address about one event in one day.</summary>
    public const int PerDayMax = 5;

    public static readonly Duration Distance = Duration.FromMinutes(10);

    private static readonly Duration lastWord = Duration.FromHours(1);

    public bool Concerns(NotificationType type) => type == EventNotifications.Changed || KeepsDistance(type);

    /// <summary>Changes of an event are gathered for a while before they are told.</summary>
    private static bool KeepsDistance(NotificationType type) =>
        type.IsOneOf(RegistrationNotifications.Confirmed, RegistrationNotifications.Waiting, RegistrationNotifications.Cancelled);

    public async Task<Instant?> Until(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        if (notification.SiteId is not { } siteId || (await catalogue.Map(stop)).Place(siteId) is not { } place)
            return null;
        var today = place.Time.DayOf(place.Time.DateOf(now));
        var sent = await db.Notifications.About(notification.About).Where(other => other.SentAt != null && other.SentAt >= today.Start)
            .Select(other => new { other.Type, other.SentAt }).ToListAsync(stop);

        Instant? until = null;
        if (sent.Count >= PerDayMax)
            until = notification.NotAfter is { } last ? Instant.Min(today.End, last - lastWord) : today.End;
        else if (KeepsDistance(notification.Type)
            && sent.Where(other => KeepsDistance(other.Type)).Max(other => other.SentAt) is { } latest)
            until = latest + Distance;
        return until > now && !(until >= notification.NotAfter) ? until : null;
    }
}
