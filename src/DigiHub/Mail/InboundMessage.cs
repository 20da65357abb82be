
namespace DigiHub.Mail;

/// <summary>
/// An inbound mail as parsed. Its contents are untrusted: only a notification's id (which cannot be guessed),
/// a calendar entry of its own sender or a token of ours is acted on.
/// </summary>
public abstract record InboundMessage
{
    private InboundMessage()
    {
    }

    public abstract InboundKind Kind { get; }

    /// <summary>Does not concern the hub, or does not prove to.</summary>
    public sealed record Other : InboundMessage
    {
        public override InboundKind Kind => InboundKind.Other;
    }

    /// <param name="Why">Too large, too deep, malformed; no words of the mail's own.</param>
    public sealed record Unreadable(string Why) : InboundMessage
    {
        public override InboundKind Kind => InboundKind.Unreadable;
    }

    /// <summary>A delivery status (RFC 3464), or a server's own words for one.</summary>
    /// <param name="Said">
    /// Of class 4 also where a server gave up after days of "later": then it has failed, through no fault of the address.
    /// </param>
    /// <param name="HasFailed">The notification will not arrive; else a server still tries.</param>
    public sealed record Status(Guid NotificationId, MailStatus Said, string Diagnostic, bool HasFailed) : InboundMessage
    {
        public override InboundKind Kind => HasFailed ? InboundKind.Bounce : InboundKind.Delay;
    }

    /// <summary>A feedback report (RFC 5965): its reader marked it as spam.</summary>
    public sealed record Complaint(Guid NotificationId) : InboundMessage
    {
        public override InboundKind Kind => InboundKind.Complaint;
    }

    /// <summary>A mail that asks for no more reminders, by the address of a reminder's List-Unsubscribe (RFC 2369).</summary>
    /// <param name="Token">The token of the unsubscribe link: it proves whose reminders they are, regardless of the sender.</param>
    public sealed record Unsubscribe(string Token) : InboundMessage
    {
        public override InboundKind Kind => InboundKind.Unsubscribe;
    }

    /// <summary>METHOD:REPLY (RFC 5546 3.2.3). Nothing proves who sent it.</summary>
    /// <param name="Sequence">Of the invitation that is answered.</param>
    /// <param name="DateOfSeries">
    /// For one date of a series: when it begins by the series' rule (RECURRENCE-ID). Null: all that has the UID.
    /// </param>
    public sealed record Reply(
        string Uid, EmailAddress Attendee, ReplyAnswer Answer, int Sequence, Instant? DateOfSeries = null) : InboundMessage
    {
        public override InboundKind Kind => InboundKind.Reply;
    }
}

/// <summary>PARTSTAT of a reply.</summary>
public enum ReplyAnswer { Accepted, Tentative, Declined }
