using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

public enum MailMode
{
    /// <summary>E-mails are written as files to the folder "mail" of the data folder: for trying things out.</summary>
    Pickup,

    /// <summary>E-mails are handed to a mail relay.</summary>
    Smtp,
}

public enum MailSecurity
{
    /// <summary>In clear text: for a relay on the same machine only.</summary>
    None,

    /// <summary>Begins in clear text and must go over to TLS before anything is said; port 587 as a rule.</summary>
    StartTls,

    /// <summary>TLS from the first byte; port 465 as a rule.</summary>
    Tls,
}

/// <summary>Sending e-mails. A relay's certificate is always verified.</summary>
public sealed class MailSettings : IValidatableObject
{
    public MailMode Mode { get; init; } = MailMode.Pickup;

    /// <summary>The relay; needed for Smtp.</summary>
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Empty where the relay asks for no sign-in.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Empty: hub@ and the host of the public address. The relay must be allowed to send for its domain (SPF, DKIM).</summary>
    [Mailbox]
    public string? From { get; init; }

    /// <summary>Empty: the name of the hub.</summary>
    [StringLength(100)]
    public string? FromName { get; init; }

    /// <summary>Where answers go, if not to From.</summary>
    [Mailbox]
    public string? ReplyTo { get; init; }

    /// <summary>
    /// The mailbox that e-mails return to which cannot be delivered; each e-mail with its own variant, bounce+(e-mail)@hub.example. Its
    /// server must take these (recipient_delimiter in Postfix). Empty: they return to From.
    /// </summary>
    [Mailbox, StringLength(200)]
    public string? BounceAddress { get; init; }

    /// <summary>How long the relay may be silent, and a quarter of how long one e-mail may take.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>
    /// False for a relay without SMTPUTF8 (RFC 6531): forms then refuse addresses with other letters than ASCII before the @. Once the
    /// relay has been spoken to, what it says itself counts.
    /// </summary>
    public bool SmtpUtf8 { get; init; } = true;

    /// <summary>Connections to the relay at the same time.</summary>
    [Range(1, 20)]
    public int Connections { get; init; } = 4;

    /// <summary>E-mails to the relay in a minute, all processes together; 0 for as many as it takes: for a relay of your own.</summary>
    [Range(0, 100_000)]
    public int PerMinute { get; init; } = 60;

    /// <summary>Of these to one recipient domain; 0 for no bound of its own.</summary>
    [Range(0, 100_000)]
    public int PerMinuteAndDomain { get; init; } = 20;

    /// <summary>
    /// After so long an e-mail that a process had begun to hand over when it died is sent once more. At least five times TimeoutSeconds, or
    /// a slow e-mail would be taken for a lost one.
    /// </summary>
    [Range(5, 3600)]
    public int UncertainAfterSeconds { get; init; } = 600;

    [Required]
    public DkimSettings Dkim { get; init; } = new();

    [Required]
    public InboundSettings Inbound { get; init; } = new();

    /// <summary>An e-mail overdue by more than this is an alarm, and /health/mail says so.</summary>
    [Range(1, 1440)]
    public int LateAfterMinutes { get; init; } = 5;

    /// <summary>Days after which an e-mail's row forgets name, address and note, and the pickup folder its file.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == MailMode.Smtp && string.IsNullOrWhiteSpace(Host))
            yield return new ValidationResult("Set Mail:Host. Mail:Mode Smtp needs it.", [nameof(Host)]);
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
            yield return new ValidationResult("Set both Mail:User and Mail:Password, or neither.", [nameof(User)]);
        if (UncertainAfterSeconds < 5 * TimeoutSeconds)
            yield return new ValidationResult("Mail:UncertainAfterSeconds must be at least five times Mail:TimeoutSeconds.",
                [nameof(UncertainAfterSeconds)]);
    }
}

/// <summary>
/// The mailbox, read by IMAP, to which bounces, complaints and the answers of calendar programs come. Its certificate is always verified.
/// </summary>
public sealed class InboundSettings : IValidatableObject
{
    /// <summary>Empty: nothing is read.</summary>
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 993;

    public MailSecurity Security { get; init; } = MailSecurity.Tls;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>What arrives there is moved to Processed, Other (for people) or Unreadable beside it.</summary>
    [Required, StringLength(100)]
    public string Folder { get; init; } = "INBOX";

    /// <summary>Organiser of all calendar entries, so that answers of calendar programs come to this mailbox. Empty: Mail:From.</summary>
    [Mailbox]
    public string? Address { get; init; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && (string.IsNullOrEmpty(User) || string.IsNullOrEmpty(Password)))
            yield return new ValidationResult(
                "Set Mail:Inbound:User and Mail:Inbound:Password. Mail:Inbound:Host needs them.", [nameof(User)]);
        if (!IsOn && !string.IsNullOrEmpty(Address))
            yield return new ValidationResult("Mail:Inbound:Address needs Mail:Inbound:Host, so that the mailbox is read.",
                [nameof(Address)]);
    }
}
