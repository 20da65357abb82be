using System.Text.RegularExpressions;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>Renders a notification and sends it: to a mail relay, or to a folder. Called outside any transaction.</summary>
public interface IMailSender
{
    /// <summary>
    /// Never throws for what a relay can do to a notification; throws only for bugs, and when stopped before the hand-over.
    /// </summary>
    /// <param name="notification">Only read.</param>
    /// <param name="mayLeave">
    /// Called once, just before the end of DATA. False:
    /// the notification was withdrawn meanwhile or is leased by another worker; abort and return <see cref="SendReply.Cancelled"/>.
    /// </param>
    /// <param name="stop">Ignored once the transfer has begun, which ends within the sender's own time limit.</param>
    Task<SendReply> Send(Notification notification, Func<Task<bool>> mayLeave, CancellationToken stop);

    /// <summary>Whether notifications could leave at all: connects and signs in. Taken, RelayAway or RelayRefuses.</summary>
    Task<SendReply> Greet(CancellationToken stop);
}

/// <param name="Reply">What the relay said, for the row; at most <see cref="Notification.ReasonMax"/> characters of it are kept.</param>
public sealed partial record SendReply(SendResult Result, string Reply)
{
    public static SendReply Cancelled { get; } = new(SendResult.Cancelled, "");

    /// <summary>For logs, alarms and all that is not about this one notification: relays like to quote the reader's address.</summary>
    public string WithoutAddresses => Address().Replace(Reply, "…");

    [GeneratedRegex(@"[^\s<>()\[\]:,;""']+@[^\s<>()\[\]:,;""']+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
