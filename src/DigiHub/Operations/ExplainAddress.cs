using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Operations;

/// <param name="Notifications">
/// The latest written first, at most <see cref="ExplainAddress.NotificationsMax"/>; forgotten ones are found by their pseudonym.
/// </param>
public sealed record ExplainedAddress(
    Member? Member, IReadOnlyList<Suppression> Suppressions, IReadOnlyList<Notification> Notifications, Relay Relay, Instant Now)
{
    public IEnumerable<Notification> ToCome =>
        Notifications.Where(notification => notification.State is NotificationState.Planned or NotificationState.Retry
            or NotificationState.Leased or NotificationState.Sending or NotificationState.Carried);

    public IEnumerable<Notification> Past => Notifications.Except(ToCome);
}

/// <summary>Why somebody got a notification, or none: everything the hub knows about one address, for the operator.</summary>
public sealed class ExplainAddress(HubDbFactory databases, HubTokenSigner signers, IClock clock)
{
    public const int NotificationsMax = 200;

    public async Task<ExplainedAddress> Run(EmailAddress email, CancellationToken stop)
    {
        var signer = await signers.Get(stop);
        var (normalized, pseudonym) = (email.Key, AnonymiseNotifications.PseudonymOf(signer, email));
        await using var db = databases.Open();
        return new ExplainedAddress(
            await db.Members.AsNoTracking().SingleOrDefaultAsync(known => known.NormalizedEmail == normalized, stop),
            await db.Suppressions.AsNoTracking().Where(one => one.NormalizedEmail == normalized).ToListAsync(stop),
            await db.Notifications.AsNoTracking()
                .Where(notification => notification.NormalizedEmail == normalized || notification.NormalizedEmail == pseudonym)
                .OrderByDescending(notification => notification.Id).Take(NotificationsMax).ToListAsync(stop),
            await db.RelayNow(stop),
            clock.GetCurrentInstant());
    }
}
