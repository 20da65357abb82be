using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using MailKit.Net.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace DigiHub.Web.Tests.Mail;

/// <summary>E-mails over a real SMTP server, with and without faults.</summary>
public sealed class SmtpSenderTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private static readonly Instant Now = TestHub.Opening;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpEncryption.None, "None", null, "no")]
    [InlineData(SmtpEncryption.None, "None", "hub", "no")]
    [InlineData(SmtpEncryption.StartTls, "StartTls", "hub", "yes")]
    [InlineData(SmtpEncryption.Implicit, "Tls", "hub", "yes")]
    public async Task Hands_over_in_clear_text_or_encrypted_signed_in_or_not(
        SmtpEncryption encryption, string security, string? user, string encrypted)
    {
        await using var server =
            await SmtpServer.Start(new SmtpOptions(Encryption: encryption, User: user, Password: user is null ? null : "pass wörd"));
        await using var web = await Open(server.Port, security, user, user is null ? null : "pass wörd", trusted: server);
        await Lay(web, "ada@example.org", "bob@example.org", "jürgen@müller.example");

        var sent = await Deliver(web);

        Assert.Equal(3, sent);
        var notifications = await server.WaitFor(3);
        Assert.Equal(["ada@example.org", "bob@example.org", "jürgen@müller.example"],
            notifications.Select(notification => notification.Headers["X-Envelope-To"]).Order(StringComparer.Ordinal));
        Assert.All(notifications, notification => Assert.Equal(encrypted, notification.Headers["X-Encrypted"]));
        Assert.All(await Rows(web), row => Assert.Equal((NotificationState.Sent, 1), (row.State, row.Attempts)));
    }

    [Fact]
    public async Task Burns_no_attempt_over_a_wrong_password_and_says_so_in_the_log()
    {
        await using var server =
            await SmtpServer.Start(new SmtpOptions(Encryption: SmtpEncryption.StartTls, User: "hub", Password: "right"));
        await using var web = await Open(server.Port, "StartTls", "hub", "wrong", trusted: server);
        await Lay(web, "ada@example.org");

        Assert.Equal(0, await Deliver(web));

        var row = Assert.Single(await Rows(web));
        Assert.Equal((NotificationState.Planned, 0, Now), (row.State, row.Attempts, row.NextAttemptAt));
        var relay = await web.Read(db => db.RelayNow(Stop));
        Assert.Equal((RelayTrouble.Refuses, Now, Now + Duration.FromMinutes(5)), (relay.Trouble, relay.PausedSince, relay.PausedUntil));
        Assert.Contains(web.Log, line => line.Level == LogLevel.Warning && line.ToString().Contains("Refuses", StringComparison.Ordinal));
        Assert.DoesNotContain(web.Log, line => line.ToString().Contains("ada@example.org", StringComparison.Ordinal)
            || line.ToString().Contains("wrong\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sends_nothing_to_a_relay_whose_certificate_no_authority_signed()
    {
        await using var server = await SmtpServer.Start(new SmtpOptions(Encryption: SmtpEncryption.StartTls));
        await using var web = await Open(server.Port, "StartTls");
        await Lay(web, "ada@example.org");

        Assert.Equal(0, await Deliver(web));

        Assert.Equal((NotificationState.Planned, 0), Assert.Single(await Rows(web)) is var row ? (row.State, row.Attempts) : default);
        Assert.Equal(0, server.Count);
    }

    [Fact]
    public async Task Waits_for_a_relay_that_is_down_and_delivers_when_it_is_back()
    {
        var port = Ports.Free();
        await using var web = await Open(port, "None");
        await Lay(web, [.. Enumerable.Range(0, 30).Select(i => $"reader{i}@example.org")]);

        Assert.Equal(0, await Deliver(web));
        Assert.All(await Rows(web), row => Assert.Equal((NotificationState.Planned, 0), (row.State, row.Attempts)));

        await using var server = await SmtpServer.Start(new SmtpOptions(Port: port));
        web.Clock.AdvanceMinutes(1);
        Assert.Equal(30, await Deliver(web));
        Assert.Equal(30, (await server.WaitFor(30)).Select(notification => notification.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Knows_a_passing_refusal_from_a_lasting_one()
    {
        await using var server = await SmtpServer.Start();
        await using var web = await Open(server.Port, "None");
        await Lay(web, "ada@later.test", "bob@never.test", "grace@example.org");

        Assert.Equal(1, await Deliver(web));

        var rows = (await Rows(web)).ToDictionary(row => row.RecipientEmail!.Shown, StringComparer.Ordinal);
        Assert.Equal(NotificationState.Retry, rows["ada@later.test"].State);
        Assert.InRange(rows["ada@later.test"].NextAttemptAt, Now + Duration.FromMinutes(1), Now + Duration.FromSeconds(72));
        Assert.Equal((NotificationState.Failed, NotificationReason.Refused), (rows["bob@never.test"].State, rows["bob@never.test"].Reason));
        Assert.StartsWith("550", rows["bob@never.test"].SmtpReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeats_a_service_email_cut_off_before_its_answer_under_the_same_id_and_a_reminder_not_at_all()
    {
        await using var server = await SmtpServer.Start();
        await using var web = await Open(server.Port, "None");
        await LayEmails(web, NewEmail("ada@cut.test"), NewEmail("bob@cut.test", ReminderNotifications.OfEvent));

        Assert.Equal(0, await Deliver(web));
        web.Clock.AdvanceMinutes(1);
        Assert.Equal(1, await Deliver(web));

        var rows = (await Rows(web)).ToDictionary(row => row.RecipientEmail!.Shown, StringComparer.Ordinal);
        Assert.Equal(NotificationState.Sent, rows["ada@cut.test"].State);
        Assert.Equal((NotificationState.Failed, NotificationReason.Unknown), (rows["bob@cut.test"].State, rows["bob@cut.test"].Reason));
        var arrived = (await server.WaitFor(3)).ToLookup(notification => notification.Headers["X-Envelope-To"],
            notification => notification.MessageId, StringComparer.Ordinal);
        Assert.Equal(2, arrived["ada@cut.test"].Count());
        Assert.Single(arrived["ada@cut.test"].Distinct());
        Assert.Single(arrived["bob@cut.test"]);
    }

    [Fact]
    public async Task Delivers_a_thousand_emails_in_seconds()
    {
        await using var server = await SmtpServer.Start();
        await using var web = await Open(server.Port, "None");
        await Lay(web, [.. Enumerable.Range(0, 1_000).Select(i => $"reader{i}@example.org")]);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var sent = await Deliver(web);

        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 e-mails in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(1_000, sent);
        Assert.Equal(1_000, (await server.WaitFor(1_000)).Select(notification => notification.MessageId).Distinct().Count());
    }

    private async Task<WebTestHub> Open(
        int port, string security, string? user = null, string? password = null, SmtpServer? trusted = null) =>
        await WebTestHub.Open(database, new WebTestHubOptions
        {
            Warnings = ["Warning DigiHub.Mail."], // of what a relay refuses
            Settings = new Dictionary<string, string?>
            {
                ["Jobs:Workers"] = "0", // the tests deliver by hand
                ["Mail:Mode"] = "Smtp",
                ["Mail:Host"] = "localhost",
                ["Mail:Port"] = $"{port}",
                ["Mail:Security"] = security,
                ["Mail:User"] = user,
                ["Mail:Password"] = password,
                ["Mail:TimeoutSeconds"] = "20",
                ["Mail:PerMinute"] = "0",
                ["Mail:PerMinuteAndDomain"] = "0",
            },
            ConfigureServices = services =>
            {
                if (trusted is not null)
                    services.Replace(ServiceDescriptor.Singleton<Func<MailClient>>(() => Trusting(trusted)));
            },
        });

    private static MailClient Trusting(SmtpServer server) => new()
    {
        ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.Certificate?.GetCertHashString(),
    };

    private static async Task<int> Deliver(WebTestHub web)
    {
        await using var scope = web.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
    }

    private static Task<List<Notification>> Rows(WebTestHub web) => web.Read(db => db.Notifications.AsNoTracking().ToListAsync(Stop));

    private static Task Lay(WebTestHub web, params string[] recipients) =>
        LayEmails(web, [.. recipients.Select(to => NewEmail(to))]);

    private static async Task LayEmails(WebTestHub web, params Notification[] notifications)
    {
        var evt = DueEmails.NewEvent(web.Cast, Now, Now + Duration.FromHours(2));
        await using var db = web.OpenDb();
        db.Add(evt);
        foreach (var notification in notifications)
        {
            db.Add(DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown));
            db.Add(notification);
        }

        await db.SaveChangesAsync(Stop);
    }

    private static Notification NewEmail(string to, NotificationType? kind = null) =>
        DueEmails.New(kind ?? RegistrationNotifications.Confirmed, to, Now, Now + Duration.FromHours(2));
}
