using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// Retries failed notifications, as if they had never been tried: for when the cause was the relay's or
/// the hub's and is fixed. Also sends those again of which it is unknown whether they went out.
/// </summary>
public sealed class RetryNotifications(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Notifications put back by one call of <see cref="Failed"/>.</summary>
    public const int AtOnceMax = 10_000;

    /// <summary>
    /// Refuses with not_found; with not_given_up what is not Failed; with too_late what has passed its last moment; with
    /// email_anonymised what has lost its recipient to the time limit; with address_suspended what would be held back at once.
    /// </summary>
    public Task<Outcome<Guid>> One(Guid notificationId, Guid? actorId, CancellationToken stop) => unitOfWork.Run<Guid>(
        async db =>
        {
            var now = clock.GetCurrentInstant();
            var notification = await db.Notifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notificationId, stop);
            if (WhyNot(notification, now) is { } refusal)
                return refusal;
            if (await IsSuspended(db, notification!.NormalizedEmail, stop))
                return Suspended;
            if (await PutBack(db.Notifications.Where(one => one.Id == notificationId), now, stop) == 0)
                return NotGivenUp;
            db.Record(now, actorId, EmailActs.Retried, notificationId);
            db.LeavesWork = true;
            return notificationId;
        },
        stop);

    /// <summary>
    /// All that were given up, due since this instant and still worth sending, but for those to suspended addresses; at most
    /// <see cref="AtOnceMax"/>, the longest written first. Says how many.
    /// </summary>
    public Task<Outcome<int>> Failed(Instant dueSince, Guid? actorId, CancellationToken stop) => unitOfWork.Run<int>(
        db =>
        {
            var suspended = db.Suppressions.Where(one => one.Scope == SuppressionScope.Everything);
            return PutAllBack(db, db.Notifications.Where(notification => notification.DueAt >= dueSince
                && !suspended.Any(one => one.NormalizedEmail == notification.NormalizedEmail)), actorId, stop);
        },
        stop);

    /// <summary>The same for one address, however it is spelled; refuses with address_suspended.</summary>
    public Task<Outcome<int>> To(EmailAddress email, Instant dueSince, Guid? actorId, CancellationToken stop) => unitOfWork.Run<int>(
        async db =>
        {
            var normalized = email.Key;
            if (await IsSuspended(db, normalized, stop))
                return Suspended;
            return await PutAllBack(db, db.Notifications.Where(notification => notification.NormalizedEmail == normalized
                && notification.DueAt >= dueSince), actorId, stop);
        },
        stop);

    private async Task<Outcome<int>> PutAllBack(HubDb db, IQueryable<Notification> notifications, Guid? actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var ids = await notifications
            .Where(notification => notification.State == NotificationState.Failed && notification.ForgottenAt == null
                && (notification.NotAfter == null || notification.NotAfter > now))
            .OrderBy(notification => notification.Id).Select(notification => notification.Id).Take(AtOnceMax).ToListAsync(stop);
        var count = 0;
        foreach (var some in ids.Chunk(500)) // parameters of one statement
        {
            count += await PutBack(db.Notifications.Where(notification => EF.Parameter(some).Contains(notification.Id)), now, stop);
            foreach (var id in some)
                db.Record(now, actorId, EmailActs.Retried, id);
        }

        db.LeavesWork = count > 0;
        return count;
    }

    private static Task<bool> IsSuspended(HubDb db, string normalized, CancellationToken stop) =>
        db.Suppressions.AnyAsync(one => one.NormalizedEmail == normalized && one.Scope == SuppressionScope.Everything, stop);

    private static Refusal? WhyNot(Notification? notification, Instant now) => notification switch
    {
        null => Refusal.NotFound,
        { State: not NotificationState.Failed } => NotGivenUp,
        { ForgottenAt: not null } => Forgotten,
        { NotAfter: { } last } when last <= now => TooLate,
        _ => null,
    };

    private static Task<int> PutBack(IQueryable<Notification> notifications, Instant now, CancellationToken stop) => notifications
        .Where(notification => notification.State == NotificationState.Failed)
        .ExecuteUpdateAsync(set => set
            .SetProperty(notification => notification.State, NotificationState.Retry)
            .SetProperty(notification => notification.NextAttemptAt, now)
            .SetProperty(notification => notification.Attempts, 0)
            .SetProperty(notification => notification.LeasedAt, (Instant?)null)
            .SetProperty(notification => notification.CarriedBy, (Guid?)null)
            .SetProperty(notification => notification.UncertainAt, (Instant?)null)
            .SetProperty(notification => notification.UncertainCount, 0)
            .SetProperty(notification => notification.Reason, (NotificationReason?)NotificationReason.Retried), stop);

    private static Refusal NotGivenUp { get; } = new("not_given_up", new(
        "Only a failed e-mail can be retried.",
        "Nur eine nicht zustellbare E-Mail lässt sich erneut versuchen."));

    private static Refusal Suspended { get; } = new("address_suspended", new(
        "This address is blocked, so the e-mail can’t be sent. "
            + "If the reason no longer applies, unblock the address first (/admin/suspended).",
        "Diese Adresse ist gesperrt, daher wird die E-Mail nicht gesendet. "
            + "Ist der Grund weggefallen, heben Sie zuerst die Sperre auf (/admin/suspended).",
        "Diese Adresse ist gesperrt, daher wird die E-Mail nicht gesendet. Ist der Grund weggefallen, heb zuerst die Sperre auf "
            + "(/admin/suspended)."));

    private static Refusal TooLate { get; } = new("too_late", new(
        "It’s too late to send this e-mail. What it was about is over.",
        "Für diese E-Mail ist es zu spät. Der Anlass ist vorbei."));

    private static Refusal Forgotten { get; } = new("email_anonymised", new(
        "This e-mail can’t be sent: its recipient was deleted after the retention period.",
        "Diese E-Mail lässt sich nicht senden: Die Angaben zur Person wurden nach Ablauf der Frist gelöscht."));
}
