using System.ComponentModel.DataAnnotations;
using DigiHub.Access;

namespace DigiHub.Web;

/// <summary>Every setting of the hub, bound from the section "DigiHub" and checked at start.</summary>
public sealed class HubSettings
{
    public const string Section = "DigiHub";

    /// <summary>The address at which people reach the hub; all links in e-mails begin with it.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = new("http://localhost:5000");

    /// <summary>What the hub is called on its pages and in its e-mails.</summary>
    [Required, StringLength(60)]
    public string Name { get; init; } = "DigiHub";

    /// <summary>A line at the foot of every page, such as who pays for the hub; none by default.</summary>
    [StringLength(200)]
    public string FooterEnglish { get; init; } = "";

    /// <summary>The same in German; where one is empty the other is shown.</summary>
    [StringLength(200)]
    public string FooterGerman { get; init; } = "";

    /// <summary>How the German of pages and e-mails addresses its readers: Formal ("Sie") or Familiar ("du").</summary>
    [EnumDataType(typeof(FormOfAddress))]
    public FormOfAddress FormOfAddress { get; init; }

    /// <summary>
    /// An id of the IANA time zone database: the clock of pages, mails and commands that are about no site. Sites have their own.
    /// </summary>
    [Required, StringLength(60)]
    public string Zone { get; init; } = UsualZone;

    /// <summary>
    /// Minutes from the door of one site to that of another: with less between two things of one's own, a warning says so. 0: no warning.
    /// </summary>
    [Range(0, 240)]
    public int MinutesBetweenSites { get; init; } = 35;

    internal Duration WayBetweenSites => Duration.FromMinutes(MinutesBetweenSites);

    internal const string UsualZone = "Europe/Berlin";

    internal DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb[Zone];

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
    public BackupSettings Backup { get; init; } = new();

    [Required]
    public JobSettings Jobs { get; init; } = new();

    [Required]
    public LimitSettings Limits { get; init; } = new();

    [Required]
    public ServerSettings Server { get; init; } = new();

    /// <summary>Whose e-mails they are: Mail:From, or hub@ and the host of the public address.</summary>
    public EmailAddress SenderAddress =>
        EmailAddress.OfTheHub(Mail.From) ?? EmailAddress.OfTheHub($"hub@{PublicUrl.Host}") ?? EmailAddress.OfTheHub("hub@localhost")!;

    [Required]
    public WebhookSettings Webhooks { get; init; } = new();

    [Required]
    public DnsSettings Dns { get; init; } = new();

    /// <summary>
    /// Host names beside that of PublicUrl under which the hub answers, such as the one a load balancer checks; none by default.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Where files are kept: the SQLite database, e-mails of the pickup folder.</summary>
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

    internal SessionLives Lives => new(
        new(Duration.FromHours(SessionIdleHours), Duration.FromDays(SessionDays)),
        new(Duration.FromMinutes(AdministratorIdleMinutes), Duration.FromHours(AdministratorHours)));
}

/// <summary>
/// Who runs the hub, for the imprint (§ 5 DDG), the privacy notice and the foot of every e-mail. While Operator, Address and Email are
/// empty, a sample is shown and says so.
/// </summary>
public sealed class ImprintSettings
{
    /// <summary>Name and legal form: "Muster Hub gGmbH".</summary>
    [StringLength(200)]
    public string Operator { get; init; } = "";

    /// <summary>Street, post code and city, separated by commas.</summary>
    [StringLength(300)]
    public string Address { get; init; } = "";

    /// <summary>Who may sign for the operator; empty for a person.</summary>
    [StringLength(200)]
    public string RepresentedBy { get; init; } = "";

    [Mailbox]
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
    [Mailbox]
    public string PrivacyEmail { get; init; } = "";

    /// <summary>The supervisory authority people may complain to; empty: the one of their Land.</summary>
    [StringLength(200)]
    public string PrivacyAuthority { get; init; } = "";

    public bool IsComplete => Operator.Length > 0 && Address.Length > 0 && Email.Length > 0;
}

/// <summary>When people are reminded and when they are left alone.</summary>
public sealed class ReminderSettings
{
    /// <summary>From then on, on the clock of each site, no e-mail leaves that can wait.</summary>
    public TimeOnly QuietFrom { get; init; } = new(21, 0);

    /// <summary>Until then; the same as QuietFrom for no quiet hours.</summary>
    public TimeOnly QuietUntil { get; init; } = new(7, 0);

    public Time.QuietHours QuietHours => new(LocalTime.FromTimeOnly(QuietFrom), LocalTime.FromTimeOnly(QuietUntil));
}

/// <summary>Who may read /metrics; nobody unless a token or addresses are set.</summary>
public sealed class MetricsSettings
{
    /// <summary>Expected as "Authorization: Bearer"; empty: no access by token.</summary>
    [RegularExpression(@"\S{16,200}",
        ErrorMessage = "Use at least 16 characters without spaces (better 40 random ones), or leave it empty.")]
    public string Token { get; init; } = "";

    /// <summary>Addresses or networks (CIDR) that may read without a token; behind a proxy set Server:KnownProxies, too.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];
}

public sealed class BackupSettings
{
    /// <summary>Hours without a backup found good after which administrators are alerted; 0: never, others see to backups.</summary>
    [Range(0, 8_760)]
    public int AlertAfterHours { get; init; } = 48;

    internal Duration? AgeMax => AlertAfterHours == 0 ? null : Duration.FromHours(AlertAfterHours);
}

public sealed class JobSettings
{
    /// <summary>Jobs at the same time in this process; 0 leaves all to other processes on the same database.</summary>
    [Range(0, 20)]
    public int Workers { get; init; } = 2;

    /// <summary>
    /// Hangfire's dashboard at /admin/jobs, for administrators of the hub. Its pages are made by others and need scripts and styles inline.
    /// </summary>
    public bool Dashboard { get; init; }
}

/// <summary>Rate limits. Counted per process.</summary>
public sealed class LimitSettings
{
    private const int Most = 10_000_000;

    /// <summary>Failed sign-ins for one account from one network address in 15 minutes.</summary>
    [Range(1, Most)]
    public int FailedSignInsPer15Minutes { get; init; } = 10;

    /// <summary>Failed sign-ins from one network address in an hour.</summary>
    [Range(1, Most)]
    public int FailedSignInsPerHourAndCaller { get; init; } = 60;

    /// <summary>
    /// E-mails asked for one e-mail address in an hour, by whatever form: sign-in links, registrations of guests, corrected addresses.
    /// </summary>
    [Range(1, Most)]
    public int EmailsPerHourAndAddress { get; init; } = 5;

    /// <summary>E-mails asked for from one network address in an hour.</summary>
    [Range(1, Most)]
    public int EmailsPerHourAndCaller { get; init; } = 20;

    /// <summary>Registrations of guests from one network address in an hour.</summary>
    [Range(1, Most)]
    public int GuestFormsPerHourAndCaller { get; init; } = 20;

    /// <summary>Bookings made, moved and cancelled by one member in a minute.</summary>
    [Range(1, Most)]
    public int BookingWritesPerMinute { get; init; } = 30;

    /// <summary>Calls to the API with one token in a minute.</summary>
    [Range(1, Most)]
    public int ApiCallsPerMinute { get; init; } = 600;

    /// <summary>
    /// Tickets, feeds and signed links that are invalid, tried from one network address in a minute; valid ones are not counted.
    /// </summary>
    [Range(1, Most)]
    public int WrongLinksPerMinute { get; init; } = 30;

    /// <summary>Wrong codes of screens, typed from one network address in an hour.</summary>
    [Range(1, Most)]
    public int WrongScreenCodesPerHour { get; init; } = 10;

    /// <summary>Codes that screens of one network address are shown in an hour; one that waits needs six.</summary>
    [Range(1, Most)]
    public int NewScreenCodesPerHour { get; init; } = 120;
}

/// <summary>Limits of one process, and the proxies it trusts.</summary>
public sealed class ServerSettings
{
    /// <summary>
    /// Addresses or networks (CIDR) of the reverse proxies whose X-Forwarded-For and -Proto are believed; none by default.
    /// </summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Connections at the same time.</summary>
    [Range(10, 1_000_000)]
    public int ConnectionsMax { get; init; } = 2_000;

    /// <summary>Connections at the same time from one network address, while no proxy is named: behind one, all come from it.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerCallerMax { get; init; } = 200;

    /// <summary>Seconds after which a connection on which nothing is asked is closed.</summary>
    [Range(1, 600)]
    public int KeepAliveSeconds { get; init; } = 25;

    /// <summary>Seconds within which the head of a request has to arrive, once it has begun.</summary>
    [Range(1, 60)]
    public int HeaderSecondsMax { get; init; } = 10;

    /// <summary>Seconds after which a request is given up.</summary>
    [Range(1, 600)]
    public int RequestSecondsMax { get; init; } = 30;
}
