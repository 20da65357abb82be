using System.ComponentModel.DataAnnotations;

namespace DigiHub.Web;

/// <summary>Every setting of the hub, bound from the section "DigiHub" and checked at start.</summary>
public sealed class HubSettings
{
    public const string Section = "DigiHub";

    // As a pattern, which lets an empty text pass: EmailAddress would call that malformed, and it means "none".
    internal const string Mailbox = @"[^@\s]+@[^@\s]+";
    internal const string NoMailbox = "Give an e-mail address like hub@example.org, or leave it empty.";

    /// <summary>The address at which people reach the hub; all links in letters begin with it.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = new("http://localhost:5000");

    /// <summary>What the hub is called on its pages and in its letters.</summary>
    [Required, StringLength(60)]
    public string Name { get; init; } = "DigiHub";

    /// <summary>Demo mode seeds made-up data on first start, shows its cast on the sign-in page and opens the mail viewer.</summary>
    public bool Demo { get; init; }

    [Required]
    public DatabaseSettings Database { get; init; } = new();

    [Required]
    public AccountSettings Account { get; init; } = new();

    [Required]
    public ImprintSettings Imprint { get; init; } = new();

    [Required]
    public MailSettings Mail { get; init; } = new();

    [Required]
    public ReminderSettings Reminders { get; init; } = new();

    [Required]
    public MetricsSettings Metrics { get; init; } = new();

    [Required]
    public JobSettings Jobs { get; init; } = new();

    [Required]
    public LimitSettings Limits { get; init; } = new();

    [Required]
    public ServerSettings Server { get; init; } = new();

    /// <summary>Whose letters they are: Mail:From, or hub@ and the host of the public address.</summary>
    public string SenderAddress => Mail.From is { Length: > 0 } from ? from : $"hub@{PublicUrl.Host}";

    [Required]
    public WebhookSettings Webhooks { get; init; } = new();

    /// <summary>Host names beside that of PublicUrl under which the hub answers, such as the one a load balancer checks; none by default.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Where files are kept: the SQLite database, letters of the pickup folder.</summary>
    [Required]
    public string DataFolder { get; init; } = "data";
}

public sealed class DatabaseSettings
{
    /// <summary>An Npgsql connection string; empty for SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>PostgreSQL connections of this process at most.</summary>
    [Range(2, 200)]
    public int PoolMax { get; init; } = 16;
}

/// <summary>How long a sign-in lasts.</summary>
public sealed class AccountSettings
{
    /// <summary>Hours without a request after which a session is over.</summary>
    [Range(1, 720)]
    public int SessionIdleHours { get; init; } = 12;

    /// <summary>Days after which a session is over however busy it was.</summary>
    [Range(1, 365)]
    public int SessionDays { get; init; } = 30;

    /// <summary>The same for administrators, in minutes.</summary>
    [Range(5, 1440)]
    public int AdministratorIdleMinutes { get; init; } = 60;

    /// <summary>The same for administrators, in hours.</summary>
    [Range(1, 720)]
    public int AdministratorHours { get; init; } = 12;
}

/// <summary>Who runs the hub, for the imprint (§ 5 DDG), the privacy notice and the foot of every letter. While Operator, Address and Email are empty, a sample is shown and says so.</summary>
public sealed class ImprintSettings
{
    /// <summary>Name and legal form: "Muster Hub gGmbH".</summary>
    [StringLength(200)]
    public string Operator { get; init; } = "";

    /// <summary>Street, post code and city, parted by commas.</summary>
    [StringLength(300)]
    public string Address { get; init; } = "";

    /// <summary>Who may sign for the operator; empty for a person.</summary>
    [StringLength(200)]
    public string RepresentedBy { get; init; } = "";

    [RegularExpression(HubSettings.Mailbox, ErrorMessage = HubSettings.NoMailbox), StringLength(254)]
    public string Email { get; init; } = "";

    [StringLength(60)]
    public string Phone { get; init; } = "";

    /// <summary>Court and number in the register, if there is one.</summary>
    [StringLength(200)]
    public string Register { get; init; } = "";

    [StringLength(40)]
    public string VatId { get; init; } = "";

    /// <summary>Who answers for what is published (§ 18 (2) MStV), if it is journalistic.</summary>
    [StringLength(200)]
    public string Responsible { get; init; } = "";

    /// <summary>The data protection officer's address, if there is one.</summary>
    [StringLength(254)]
    public string PrivacyEmail { get; init; } = "";

    /// <summary>The supervisory authority people may complain to.</summary>
    [StringLength(200)]
    public string PrivacyAuthority { get; init; } = "Berliner Beauftragte für Datenschutz und Informationsfreiheit";

    public bool IsComplete => Operator.Length > 0 && Address.Length > 0 && Email.Length > 0;
}

public enum MailMode
{
    /// <summary>Letters are laid down as files in the folder "mail" of the data folder: for trying things out.</summary>
    Pickup,

    /// <summary>Letters are handed to a mail relay.</summary>
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

/// <summary>How letters leave the house. A relay's certificate is always verified.</summary>
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
    [RegularExpression(HubSettings.Mailbox, ErrorMessage = HubSettings.NoMailbox)]
    public string? From { get; init; }

    /// <summary>Empty: the name of the hub.</summary>
    [StringLength(100)]
    public string? FromName { get; init; }

    /// <summary>Where answers go, if not to From.</summary>
    [RegularExpression(HubSettings.Mailbox, ErrorMessage = HubSettings.NoMailbox)]
    public string? ReplyTo { get; init; }

    /// <summary>
    /// The mailbox that letters return to which cannot be delivered; each letter with its own variant, bounce+(letter)@hub.example. Its server must
    /// take these (recipient_delimiter in Postfix). Empty: they return to From.
    /// </summary>
    [RegularExpression(HubSettings.Mailbox, ErrorMessage = HubSettings.NoMailbox), StringLength(200)]
    public string? BounceAddress { get; init; }

    /// <summary>How long the relay may be silent, and a quarter of how long one letter may take.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Connections to the relay at the same time.</summary>
    [Range(1, 20)]
    public int Connections { get; init; } = 4;

    /// <summary>Letters to the relay in a minute, all processes together; 0 for as many as it takes: for a relay of your own.</summary>
    [Range(0, 100_000)]
    public int PerMinute { get; init; } = 60;

    /// <summary>Of these to one recipient domain; 0 for no bound of its own.</summary>
    [Range(0, 100_000)]
    public int PerMinuteAndDomain { get; init; } = 20;

    /// <summary>
    /// After so long a letter that a process had begun to hand over when it died is sent once more. At least five times TimeoutSeconds, or a slow
    /// letter would be taken for a lost one.
    /// </summary>
    [Range(5, 3600)]
    public int UncertainAfterSeconds { get; init; } = 600;

    [Required]
    public DkimSettings Dkim { get; init; } = new();

    [Required]
    public ReturnsSettings Returns { get; init; } = new();

    /// <summary>A letter overdue by more than this is an alarm, and /health/letters says so.</summary>
    [Range(1, 1440)]
    public int LateAfterMinutes { get; init; } = 5;

    /// <summary>Days after which a letter's row forgets name, address and note, and the pickup folder its file.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == MailMode.Smtp && string.IsNullOrWhiteSpace(Host))
            yield return new ValidationResult("Mail:Host is needed for Mail:Mode Smtp.", [nameof(Host)]);
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
            yield return new ValidationResult("Mail:User and Mail:Password belong together.", [nameof(User)]);
        if (UncertainAfterSeconds < 5 * TimeoutSeconds)
            yield return new ValidationResult("Mail:UncertainAfterSeconds must be at least five times Mail:TimeoutSeconds.", [nameof(UncertainAfterSeconds)]);
    }
}

/// <summary>When people are reminded and when they are left alone.</summary>
public sealed class ReminderSettings
{
    /// <summary>From then on, on the clock of each site, no letter leaves that can wait.</summary>
    public TimeOnly QuietFrom { get; init; } = new(21, 0);

    /// <summary>Until then; the same as QuietFrom for no quiet hours.</summary>
    public TimeOnly QuietUntil { get; init; } = new(7, 0);

    public Time.QuietHours QuietHours => new(LocalTime.FromTimeOnly(QuietFrom), LocalTime.FromTimeOnly(QuietUntil));
}

/// <summary>The mailbox, read by IMAP, to which bounces, complaints and the answers of calendar programs come. Its certificate is always verified.</summary>
public sealed class ReturnsSettings : IValidatableObject
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
    [RegularExpression(HubSettings.Mailbox, ErrorMessage = HubSettings.NoMailbox)]
    public string? Address { get; init; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && (string.IsNullOrEmpty(User) || string.IsNullOrEmpty(Password)))
            yield return new ValidationResult("Mail:Returns:User and Mail:Returns:Password are needed for Mail:Returns:Host.", [nameof(User)]);
        if (!IsOn && !string.IsNullOrEmpty(Address))
            yield return new ValidationResult("Mail:Returns:Address is a mailbox that is read: give Mail:Returns:Host, too.", [nameof(Address)]);
    }
}

/// <summary>Who may read /metrics; nobody unless a token or addresses are set.</summary>
public sealed class MetricsSettings
{
    /// <summary>What a program says as "Authorization: Bearer"; empty: none gets in this way.</summary>
    [RegularExpression(@"\S{16,200}", ErrorMessage = "Give at least 16 characters without spaces, better 40 random ones, or leave it empty.")]
    public string Token { get; init; } = "";

    /// <summary>Addresses or networks (CIDR) that may read without a token; behind a proxy set Server:KnownProxies, too.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];
}

public sealed class JobSettings
{
    /// <summary>Jobs at the same time in this process; 0 leaves them all to other processes on the same database.</summary>
    [Range(0, 20)]
    public int Workers { get; init; } = 2;
}

/// <summary>How often is too often. Counted by each process.</summary>
public sealed class LimitSettings
{
    private const int Most = 10_000_000;

    /// <summary>Failed sign-ins for one account from one network address in 15 minutes.</summary>
    [Range(1, Most)]
    public int FailedSignInsPer15Minutes { get; init; } = 10;

    /// <summary>Failed sign-ins from one network address in an hour.</summary>
    [Range(1, Most)]
    public int FailedSignInsPerHourAndCaller { get; init; } = 60;

    /// <summary>Sign-in links asked for one e-mail address in an hour.</summary>
    [Range(1, Most)]
    public int SignInLinksPerHourAndAddress { get; init; } = 3;

    /// <summary>Letters asked for from one network address in an hour.</summary>
    [Range(1, Most)]
    public int LettersPerHourAndCaller { get; init; } = 20;

    /// <summary>Registrations and other forms of guests from one network address in an hour.</summary>
    [Range(1, Most)]
    public int GuestFormsPerHourAndCaller { get; init; } = 20;

    /// <summary>Bookings made, moved and cancelled by one member in a minute.</summary>
    [Range(1, Most)]
    public int BookingWritesPerMinute { get; init; } = 30;

    /// <summary>Calls to the API with one token in a minute.</summary>
    [Range(1, Most)]
    public int ApiCallsPerMinute { get; init; } = 600;

    /// <summary>Tickets, feeds and sealed links looked up from one network address in a minute.</summary>
    [Range(1, Most)]
    public int LookupsPerMinute { get; init; } = 30;
}

/// <summary>What one process takes on, and whom it believes.</summary>
public sealed class ServerSettings
{
    /// <summary>Addresses or networks (CIDR) of the reverse proxies whose X-Forwarded-For and -Proto are believed; none by default.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Connections at the same time.</summary>
    [Range(10, 1_000_000)]
    public int ConnectionsMax { get; init; } = 2_000;

    /// <summary>Seconds after which a request is given up.</summary>
    [Range(1, 600)]
    public int RequestSecondsMax { get; init; } = 30;
}
