using DigiHub.Letters;
using DigiHub.Operations;
using DigiHub.Webhooks;

namespace DigiHub.Web.Letters;

/// <summary>Which letter the gallery shows: a kind, and which of its readings, for some read otherwise to some people or for some reasons.</summary>
/// <param name="Reading">Part of an address; empty for the usual one.</param>
public sealed record LetterSample(LetterKind Kind, string Reading = "")
{
    public const string Late = "late";
    public const string Again = "again";
    public const string Several = "several";
    public const string Slight = "slight";
    public const string Waiting = "waiting";
    public const string Open = "open";

    /// <summary>All the hub can write, by kind and the usual one first.</summary>
    public static IReadOnlyList<LetterSample> All { get; } =
        [.. Enum.GetValues<LetterKind>().SelectMany(kind => ReadingsOf(kind).Prepend("").Select(reading => new LetterSample(kind, reading)))];

    /// <summary>To whom or why it reads so; null for the usual one.</summary>
    public Words? Occasion => Reading switch
    {
        "" => null,
        Late => new("To who comes at about the time of a reminder", "An Leute, die erst um die Zeit einer Erinnerung dazukommen"),
        Again => new("To who registers once more", "An Leute, die sich noch einmal anmelden"),
        Several => new("With other reminders of the same hour", "Mit weiteren Erinnerungen der gleichen Stunde"),
        Slight => new("For a slight change", "Bei einer kleinen Änderung"),
        Waiting => new("To who is on the waiting list", "An Leute auf der Warteliste"),
        Open => new("When it is open after all", "Wenn doch geöffnet ist"),
        nameof(AlarmCause.LettersLate) => new("When letters are late", "Wenn sich Nachrichten verspäten"),
        nameof(AlarmCause.ReturnsUnread) => new("When the mailbox of returned mail cannot be read", "Wenn das Postfach für zurückkommende E-Mails nicht gelesen werden kann"),
        nameof(AlarmCause.LettersGivenUp) => new("When letters were not delivered", "Wenn Nachrichten nicht zugestellt wurden"),
        nameof(WebhookStop.Gone) => new("When nobody is there any more", "Wenn dort niemand mehr ist"),
        nameof(WebhookStop.Full) => new("When too much waits", "Wenn zu viel wartet"),
        _ => throw new ArgumentOutOfRangeException(nameof(Reading), Reading, "A reading without a name."),
    };

    private static IEnumerable<string> ReadingsOf(LetterKind kind) => kind switch
    {
        LetterKind.RegistrationConfirmed => [Late, Again],
        LetterKind.RegistrationPromoted => [Late],
        LetterKind.EventReminder => [Several],
        LetterKind.EventChanged => [Slight, Waiting],
        LetterKind.EventCancelled => [Waiting],
        LetterKind.SiteClosure => [Open],
        LetterKind.Alarm => Enum.GetValues<AlarmCause>().Where(cause => cause != AlarmCause.RelayPaused).Select(cause => cause.ToString()),
        LetterKind.WebhookStopped => [nameof(WebhookStop.Gone), nameof(WebhookStop.Full)],
        _ => [],
    };
}
