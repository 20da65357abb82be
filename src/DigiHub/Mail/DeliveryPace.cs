using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>How notifications are delivered: how many are leased, how many at once, and when a worker counts as dead.</summary>
public sealed record DeliveryPace
{
    /// <summary>
    /// Notifications leased at a time by one worker, at most. It leases what it can deliver in about two seconds: with a slow relay the
    /// rest is left to others, and little waits for an expired lease when it dies.
    /// </summary>
    public int LeasedMax { get; init; } = 100;

    /// <summary>How many to lease next, by the time the last ones took.</summary>
    internal int InHandAfter(int count, TimeSpan took) =>
        count == 0 ? AtOnce : (int)Math.Clamp(count * (leasedFor / (took + TimeSpan.FromMilliseconds(1))), AtOnce, LeasedMax);

    private static readonly TimeSpan leasedFor = TimeSpan.FromSeconds(2);

    /// <summary>Notifications sent at the same time in one run; the relay's connections.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>
    /// A lease older than this has expired. Too short a time only costs work: a worker that lost its lease sends nothing.
    /// </summary>
    public Duration LeaseLife { get; init; } = Duration.FromMinutes(2);

    /// <summary>
    /// A transfer older than this was interrupted by the death of its process. Must be well above the sender's own time limit,
    /// or a slow notification would count as lost and be sent twice.
    /// </summary>
    public Duration HandOverLife { get; init; } = Duration.FromMinutes(10);

    /// <summary>Notifications to the relay in a minute, all processes together; 0 for as fast as it goes.</summary>
    public int PerMinute { get; init; }

    /// <summary>Of these to one recipient domain; 0 for no such bound.</summary>
    public int PerMinuteAndDomain { get; init; }

    /// <summary>With no limit set, a relay that asks to slow down gets this many a minute, and fewer if it goes on asking.</summary>
    private const int PerMinuteWhenSlowed = 120;

    /// <summary>Whether some of what is due may have to wait for its share of the pace.</summary>
    public bool IsBoundAt(Relay relay, Instant now) => PerMinute > 0 || PerMinuteAndDomain > 0 || relay.SlowLevelAt(now) > 0;

    /// <summary>From one notification to the next; null for as fast as it goes.</summary>
    /// <param name="slowLevel">Each level doubles it.</param>
    internal Duration? Between(int slowLevel) => (PerMinute, slowLevel) switch
    {
        (0, 0) => null,
        (0, _) => Duration.FromMinutes(1) / PerMinuteWhenSlowed * (1 << slowLevel),
        _ => Duration.FromMinutes(1) / PerMinute * (1 << slowLevel),
    };

    internal Duration? BetweenOfDomain => PerMinuteAndDomain == 0 ? null : Duration.FromMinutes(1) / PerMinuteAndDomain;

    /// <summary>Tries of one notification at most; about two days.</summary>
    public const int AttemptsMax = 20;

    private static readonly int[] minutesBetween = [1, 5, 15, 60, 180];
    private static readonly int[] minutesBetweenOfService = [1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60];

    /// <summary>
    /// The wait after so many failed attempts (from 1), up to a fifth longer by chance so that what failed together does not come back
    /// together. Service notifications wait 1, 5, 15, 60 minutes, 4, 12 and 24 hours and are then given up (null). Reminders wait 1, 5, 15,
    /// 60 minutes, then 3 hours each; they end at their last moment, and after two days at the latest.
    /// </summary>
    /// <param name="chance">From 0 until below 1.</param>
    public static Duration? WaitAfter(int attempts, NotificationClass notificationClass, double chance)
    {
        var minutes = notificationClass == NotificationClass.Transactional ? minutesBetweenOfService : minutesBetween;
        if (notificationClass == NotificationClass.Transactional ? attempts > minutes.Length : attempts >= AttemptsMax)
            return null;
        return Duration.FromMinutes(minutes[Math.Clamp(attempts, 1, minutes.Length) - 1] * (1 + chance / 5));
    }
}
