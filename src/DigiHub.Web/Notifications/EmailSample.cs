using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Webhooks;

namespace DigiHub.Web.Notifications;

/// <summary>Which e-mail the gallery shows: a kind, and which of its readings, for some read otherwise to some people or for some reasons.</summary>
/// <param name="Reading">Part of an address; empty for the usual one.</param>
public sealed record EmailSample(NotificationType Kind, string Reading = "")
{
    public const string Late = "late";
    public const string Again = "again";
    public const string Several = "several";
    public const string Slight = "slight";
    public const string Waiting = "waiting";
    public const string Open = "open";

    /// <summary>All the hub can write, by kind and the usual one first.</summary>
    public static IReadOnlyList<EmailSample> All { get; } =
        [.. Enum.GetValues<NotificationType>().SelectMany(kind => ReadingsOf(kind).Prepend("").Select(reading => new EmailSample(kind, reading)))];

    /// <summary>To whom or why it reads so; null for the usual one.</summary>
    public Words? Occasion => Reading switch
    {
        "" => null,
        Late => new("For people who join around the time of a reminder", "Für alle, die erst um die Zeit einer Erinnerung dazukommen"),
        Again => new("For people who register again", "Für alle, die sich noch einmal anmelden"),
        Several => new("With other reminders due within the hour", "Mit weiteren Erinnerungen derselben Stunde"),
        Slight => new("For a minor change", "Bei einer kleinen Änderung"),
        Waiting => new("For people on the waiting list", "Für alle auf der Warteliste"),
        Open => new("When the site is open after all", "Wenn der Standort doch geöffnet ist"),
        nameof(AlarmCause.NotificationsLate) => new("When e-mails are late", "Wenn E-Mails überfällig sind"),
        nameof(AlarmCause.InboundUnread) => new("When the mailbox for returned e-mails can’t be read", "Wenn das Postfach für zurückkommende E-Mails nicht gelesen werden kann"),
        nameof(AlarmCause.FailedNotifications) => new("When e-mails failed", "Wenn E-Mails nicht zustellbar waren"),
        nameof(WebhookStop.Gone) => new("When the receiving end no longer exists", "Wenn es die Empfangsseite nicht mehr gibt"),
        nameof(WebhookStop.Full) => new("When too many deliveries are waiting", "Wenn zu viele Zustellungen warten"),
        _ => throw new ArgumentOutOfRangeException(nameof(Reading), Reading, "A reading without a name."),
    };

    private static IEnumerable<string> ReadingsOf(NotificationType kind) => kind switch
    {
        NotificationType.RegistrationConfirmed => [Late, Again],
        NotificationType.RegistrationPromoted => [Late],
        NotificationType.EventReminder => [Several],
        NotificationType.EventChanged => [Slight, Waiting],
        NotificationType.EventCancelled => [Waiting],
        NotificationType.SiteClosure => [Open],
        NotificationType.Alarm => Enum.GetValues<AlarmCause>().Where(cause => cause != AlarmCause.RelayPaused).Select(cause => cause.ToString()),
        NotificationType.WebhookStopped => [nameof(WebhookStop.Gone), nameof(WebhookStop.Full)],
        _ => [],
    };
}
