using DigiHub.Mail;
using DigiHub.Notifications;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace DigiHub.Web.Mail;

/// <summary>
/// What a relay's refusal means: for this e-mail, for its recipient, or for all e-mails. A refusal of one recipient is about that
/// recipient, even a temporary one (450, 451 4.7.1: greylisting, a full mailbox): that e-mail waits and the others go on. What the relay
/// says about itself (421, 432, 452, x.3.x, other policies) slows all down, and what it says about the hub as its client (password,
/// certificate, sender) pauses all until the next try.
/// </summary>
internal static class SmtpReplies
{
    /// <summary>In the middle of handing over an e-mail.</summary>
    public static SendReply Of(SmtpCommandException refusal)
    {
        var (code, status) = ((int)refusal.StatusCode, MailStatus.Find(refusal.Message));
        return new(refusal.ErrorCode switch
        {
            _ when code is 421 or 432 => SendResult.Busy,
            _ when code is 530 or 534 or 535 or 538 => SendResult.RelayRefuses, // sign in first
            SmtpErrorCode.SenderNotAccepted => OfSender(code, status),
            SmtpErrorCode.RecipientNotAccepted => OfRecipient(code, status, refusal.Message),
            _ when code >= 500 => SendResult.Never,
            _ => IsAboutItself(code, status) || status.Subject == 7 ? SendResult.Busy : SendResult.Later,
        }, Words(refusal));
    }

    /// <summary>
    /// Before any e-mail: connecting, saying hello, encrypting, signing in. Null for a bug, or when the hub itself is stopping.
    /// </summary>
    public static SendReply? OfConnecting(Exception exception, CancellationToken stop) => exception switch
    {
        OperationCanceledException when stop.IsCancellationRequested => null,
        SmtpCommandException refusal =>
            new(IsForGood((int)refusal.StatusCode) ? SendResult.RelayRefuses : SendResult.RelayAway, Words(refusal)),
        AuthenticationException { InnerException: SmtpCommandException refusal } when !IsForGood((int)refusal.StatusCode) =>
            new(SendResult.RelayAway, Words(refusal)),
        AuthenticationException failure =>
            new(MailStatus.Find(failure.Message).IsDelayed ? SendResult.RelayAway : SendResult.RelayRefuses, failure.Message),
        SslHandshakeException or SaslException or NotSupportedException or ServiceNotAuthenticatedException =>
            new(SendResult.RelayRefuses, exception.Message),
        OperationCanceledException or TimeoutException => new(SendResult.RelayAway, "The mail server did not answer in time."),
        _ when IsBrokenLine(exception) => new(SendResult.RelayAway, exception.Message),
        _ => null,
    };

    public static bool IsBrokenLine(Exception exception) =>
        exception is IOException or System.Net.Sockets.SocketException or ProtocolException or ServiceNotConnectedException;

    // A refused sender is the hub's fault, unless the e-mail is too large (552 5.3.4) or needs SMTPUTF8 (553, 555 5.6.7).
    private static SendResult OfSender(int code, MailStatus status) =>
        !IsForGood(code) ? SendResult.Busy
        : code is 552 or 555 || status is { Subject: 3, Detail: 4 } or { Subject: 6 } ? SendResult.Never
        : SendResult.RelayRefuses;

    private static SendResult OfRecipient(int code, MailStatus status, string words) => (IsForGood(code), status) switch
    {
        // "Relay access denied" concerns all e-mails: the relay does not accept the hub. Only the text tells it
        // from a policy against one recipient.
        (true, { Subject: null or 7 }) when words.Contains("relay", StringComparison.OrdinalIgnoreCase) => SendResult.RelayRefuses,
        (true, _) => SendResult.RecipientRejected,
        (false, { Subject: 7, Detail: 0 or 1 }) => SendResult.Later,
        (false, _) when IsAboutItself(code, status) || status.Subject == 7 => SendResult.Busy,
        _ => SendResult.Later,
    };

    /// <summary>Its disk, its load; 452 without more words is its disk, with 4.2.2 it is the reader's mailbox.</summary>
    private static bool IsAboutItself(int code, MailStatus status) => status.Subject == 3 || (code == 452 && status.Subject is null or 5);

    private static bool IsForGood(int code) => code >= 500;

    private static string Words(SmtpCommandException refusal) => $"{(int)refusal.StatusCode} {refusal.Message}";
}
