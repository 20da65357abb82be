using System.Diagnostics;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using MailKit.Net.Smtp;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Mail;

/// <summary>Every way in which a relay can misbehave, on a real one: what becomes of the e-mail, and what of all others.</summary>
public abstract class SmtpFaultTests(SmtpFaultTests.Fixture fixture)
{
    public sealed class OnSqlite(Fixture<SqliteDatabase> fixture) : SmtpFaultTests(fixture), IClassFixture<Fixture<SqliteDatabase>>;

    public sealed class OnPostgres(Fixture<PostgresDatabase> fixture) : SmtpFaultTests(fixture), IClassFixture<Fixture<PostgresDatabase>>;

    private static readonly Instant Now = TestHub.Opening;

    /// <summary>
    /// In the words of smtp_server.py, and what it leads to: e-mail, attempts used, why the relay is
    /// paused ("-": it is not), how slow it is.
    /// </summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "GREETING reply 421 4.3.2 Too busy", "Planned 0 Away 0" },
        { "GREETING reply 554 5.7.1 Go away", "Planned 0 Refuses 0" },
        { "GREETING cut", "Planned 0 Away 0" },
        { "GREETING wait 10", "Planned 0 Away 0" },
        { "EHLO reply 421 4.3.2 Too busy", "Planned 0 Away 0" },
        { "EHLO reply 550 5.7.1 Go away", "Planned 0 Refuses 0" },
        { "EHLO cut", "Planned 0 Away 0" },
        { "AUTH reply 454 4.7.0 Try later", "Planned 0 Away 0" },
        { "AUTH reply 535 5.7.8 Wrong password", "Planned 0 Refuses 0" },
        { "AUTH cut", "Planned 0 Away 0" },
        { "MAIL reply 421 4.7.0 Closing", "Retry 1 - 1" },
        { "MAIL reply 450 4.7.1 Too much mail from you", "Retry 1 - 1" },
        { "MAIL reply 550 5.7.1 Not your domain", "Planned 0 Refuses 0" },
        { "MAIL reply 530 5.7.0 Authentication required", "Planned 0 Refuses 0" },
        { "MAIL reply 552 5.3.4 Too large", "Failed 1 - 0" },
        { "MAIL cut", "Planned 0 Away 0" },
        { "RCPT reply 421 4.7.0 Too many", "Retry 1 - 1" },
        { "RCPT reply 450 4.7.1 Greylisted", "Retry 1 - 0" },
        { "RCPT reply 451 Please come back", "Retry 1 - 0" },
        { "RCPT reply 451 4.3.0 Queue file", "Retry 1 - 1" },
        { "RCPT reply 452 4.2.2 Mailbox full", "Retry 1 - 0" },
        { "RCPT reply 452 4.3.1 Disk full", "Retry 1 - 1" },
        { "RCPT reply 450 4.7.28 Rate limit", "Retry 1 - 1" },
        { "RCPT reply 550 5.1.1 No such user", "Failed 1 - 0" },
        { "RCPT reply 554 5.7.1 Relay access denied", "Planned 0 Refuses 0" },
        { "RCPT cut", "Planned 0 Away 0" },
        { "DATA reply 451 4.3.0 Try again", "Retry 1 - 1" },
        { "DATA reply 432 4.7.0 Slowly", "Retry 1 - 1" },
        { "DATA reply 554 5.6.0 No", "Failed 1 - 0" },
        { "DATA cut", "Retry 1 - 0" },
        { "END reply 450 4.2.0 Later", "Retry 1 - 0" },
        { "END reply 452 4.3.1 Disk full", "Retry 1 - 1" },
        { "END reply 554 5.7.1 Looks like spam", "Failed 1 - 0" },
        { "END cut", "Retry 1 - 0" },
        { "END cut-after", "Retry 1 - 0" },
        { "END wait 10", "Retry 1 - 0" },
        { "ANY tarpit 0.2", "Planned 0 Away 0" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Two who deliver at once make nothing worse.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Handles_every_fault_of_the_relay(string fault, string expected)
    {
        await fixture.Clear("ada@example.org", "bob@example.org");
        fixture.Relay.SetFaults(fault);

        var watch = Stopwatch.StartNew();
        using (var sender = fixture.NewSender())
        using (var another = fixture.NewSender())
            await Task.WhenAll(Task.Run(() => fixture.Deliver(sender), Stop), Task.Run(() => fixture.Deliver(another), Stop));

        var relay = await fixture.RelayNow();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.All(await fixture.Notifications(), notification =>
        {
            Assert.Equal(expected, $"{notification.State} {notification.Attempts} {(relay.PausedSince is null ? "-" : relay.Trouble)} "
                + $"{relay.SlowLevelAt(Now)}");
            if (fault.StartsWith("END", StringComparison.Ordinal) && !fault.Contains("reply", StringComparison.Ordinal))
                Assert.Equal((NotificationReason.Unknown, 1), (notification.Reason, notification.UncertainCount));
        });
    }

    [Fact]
    public async Task A_relay_that_slows_down_in_the_middle_holds_an_email_for_a_while_and_no_longer()
    {
        await fixture.Clear("ada@example.org", "bob@example.org");
        using var sender = fixture.NewSender(connections: 1);
        fixture.Relay.SetFaults("RCPT wait 0.2", "MAIL wait 0.2");
        var deliver = Task.Run(() => fixture.Deliver(sender));
        await fixture.Relay.WaitFor(fixture.Before + 1);
        fixture.Relay.SetFaults("ANY tarpit 0.5");
        var watch = Stopwatch.StartNew();

        await deliver;

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(12));
        Assert.Contains(await fixture.Notifications(), notification => notification.State != NotificationState.Sent);
    }

    [Fact]
    public async Task Gets_through_a_greylist_and_keeps_nobody_else_waiting()
    {
        await fixture.Clear("ada@example.org", "bob@example.org");
        fixture.Relay.SetFaults("RCPT greylist 1");

        await fixture.Deliver(fixture.NewSender());
        await Task.Delay(1_200, Stop);
        fixture.Web.Clock.AdvanceSeconds(75);
        var sent = await fixture.Deliver(fixture.NewSender());

        Assert.Equal(2, sent);
        Assert.Equal(0, (await fixture.RelayNow()).SlowLevelAt(Now));
        Assert.All(await fixture.Notifications(),
            notification => Assert.Equal((NotificationState.Sent, 2), (notification.State, notification.Attempts)));
    }

    [Fact]
    public async Task A_no_to_everybody_slows_delivery_down()
    {
        await fixture.Clear([.. Enumerable.Range(0, 20).Select(i => $"reader{i}@example.org")]);
        fixture.Relay.SetFaults("RCPT reply 450 4.7.1 Greylisted");

        await fixture.Deliver(fixture.NewSender());

        Assert.InRange((await fixture.RelayNow()).SlowLevelAt(Now), 1, 2);
        Assert.All(await fixture.Notifications(), notification => Assert.NotEqual(NotificationState.Failed, notification.State));
    }

    [Fact]
    public async Task Goes_up_the_whole_ladder_then_gives_up_and_does_not_repeat_what_is_refused_for_good()
    {
        await fixture.Clear("ada@later.test", "bob@never.test");
        var attempts = 0;
        for (; (await fixture.Notifications())
            .Any(notification => notification.State is NotificationState.Planned or NotificationState.Retry); attempts++)
        {
            await fixture.Deliver(fixture.NewSender());
            if ((await fixture.Notifications()).FirstOrDefault(notification =>
                notification.State == NotificationState.Retry) is { } waiting)
                fixture.Web.Clock.Reset(waiting.NextAttemptAt);
        }

        var notifications =
            (await fixture.Notifications()).ToDictionary(notification => notification.RecipientEmail!.Shown, StringComparer.Ordinal);
        Assert.Equal(8, attempts);
        Assert.Equal((NotificationState.Failed, NotificationReason.GaveUp, 8),
            (notifications["ada@later.test"].State, notifications["ada@later.test"].Reason, notifications["ada@later.test"].Attempts));
        Assert.Equal((NotificationState.Failed, NotificationReason.Refused, 1),
            (notifications["bob@never.test"].State, notifications["bob@never.test"].Reason, notifications["bob@never.test"].Attempts));
        // 1, 5, 15, 60 min, 4, 12, 24 h, and up to a fifth
        Assert.InRange((fixture.Web.Clock.GetCurrentInstant() - Now).TotalHours, 41.3, 49.7);
    }

    [Fact]
    public async Task Pages_stay_as_they_are_and_nothing_grows_while_the_relay_holds_every_line()
    {
        await fixture.Clear([.. Enumerable.Range(0, 40).Select(i => $"reader{i}@example.org")]);
        using var client = fixture.Web.NewClient();
        await Pages(client, 100);
        var (before, threadsBefore, linesBefore) =
            (await Pages(client, 200), Process.GetCurrentProcess().Threads.Count, fixture.Relay.Lines().Ever);

        fixture.Relay.SetFaults("END wait 0.9");
        var deliver = Task.Run(() => fixture.Deliver(fixture.NewSender(connections: 4)));
        await Task.Delay(300, Stop);
        var (meanwhile, threads) = (await Pages(client, 200), Process.GetCurrentProcess().Threads.Count);
        fixture.Relay.SetFaults();
        await deliver;

        TestContext.Current.TestOutputHelper?.WriteLine($"p95 {before.TotalMilliseconds:0.0} ms before, "
            + $"{meanwhile.TotalMilliseconds:0.0} ms meanwhile; threads {threadsBefore}, {threads}");
        Assert.InRange(meanwhile, TimeSpan.Zero, before * 2 + TimeSpan.FromSeconds(0.5)); // a page that waited for a line would take 0.9 s
        Assert.InRange(threads - threadsBefore, -100, 16);
        Assert.InRange(fixture.Relay.Lines().Ever - linesBefore, 1, 8);
    }

    /// <summary>The time below which 95 of 100 answers stay.</summary>
    private static async Task<TimeSpan> Pages(HttpClient client, int count)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(new Uri("/events", UriKind.Relative), Stop);
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return times.Order().ElementAt(count * 95 / 100);
    }

    /// <summary>A hub and a relay for all tests of the class; each brings its own e-mails, lines and faults.</summary>
    public sealed class Fixture<TDatabase>() : Fixture(new TDatabase()) where TDatabase : TestDatabase, new();

    public abstract class Fixture(TestDatabase database) : IAsyncLifetime
    {
        public SmtpServer Relay { get; private set; } = null!;

        public WebTestHub Web { get; private set; } = null!;

        /// <summary>How many e-mails earlier tests left.</summary>
        public int Before { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await database.InitializeAsync();
            if (database.Options is null)
                return; // each test says so
            Relay = await SmtpServer.Start(new SmtpOptions(User: "hub", Password: "secret"));
            Web = await WebTestHub.Open(database, new WebTestHubOptions
            {
                Warnings = ["Warning DigiHub.Mail."], // of the faults
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Jobs:Workers"] = "0", // the tests deliver by hand
                    ["Mail:Mode"] = "Smtp",
                    ["Mail:Host"] = "127.0.0.1",
                    ["Mail:Port"] = $"{Relay.Port}",
                    ["Mail:Security"] = "None",
                    ["Mail:User"] = "hub",
                    ["Mail:Password"] = "secret",
                    ["Mail:TimeoutSeconds"] = "1",
                    ["Mail:PerMinute"] = "0",
                    ["Mail:PerMinuteAndDomain"] = "0",
                },
            });
        }

        public async ValueTask DisposeAsync()
        {
            if (Web is not null)
                await Web.DisposeAsync();
            if (Relay is not null)
                await Relay.DisposeAsync();
            await database.DisposeAsync();
            GC.SuppressFinalize(this);
        }

        /// <summary>No faults, morning, and a confirmation to each of these; to Ada if to nobody.</summary>
        public async Task Clear(params string[] readers)
        {
            database.SkipUnlessAvailable();
            Relay.SetFaults();
            Before = Relay.Count;
            Web.Clock.Reset(Now);
            await using var db = Web.OpenDb();
            await db.Notifications.ExecuteDeleteAsync(Stop);
            await db.Relays.ExecuteDeleteAsync(Stop);
            await db.Suppressions.ExecuteDeleteAsync(Stop);
            await db.BounceRecords.ExecuteDeleteAsync(Stop);
            await db.Registrations.ExecuteDeleteAsync(Stop);
            await db.Events.Where(known => known.Id == DueEmails.EventId).ExecuteDeleteAsync(Stop);
            var evt = DueEmails.NewEvent(Web.Cast, Now, Now + Duration.FromDays(9));
            db.Add(evt);
            foreach (var notification in readers.DefaultIfEmpty("ada@example.org")
                .Select(to => DueEmails.New(RegistrationNotifications.Confirmed, to, Now, Now + Duration.FromDays(9))))
            {
                db.Add(DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown));
                db.Add(notification);
            }

            await db.SaveChangesAsync(Stop);
        }

        /// <summary>With lines of its own, so that no test uses those of another.</summary>
        public OwnSender NewSender(int connections = 2)
        {
            var settings = Microsoft.Extensions.Options.Options.Create(new HubSettings
            {
                Mail = new MailSettings
                {
                    Mode = MailMode.Smtp,
                    Host = "127.0.0.1",
                    Port = Relay.Port,
                    Security = MailSecurity.None,
                    User = "hub",
                    Password = "secret",
                    TimeoutSeconds = 1,
                    Connections = connections,
                },
            });
            var lines = new SmtpConnections(settings, () => new MailClient());
            return new OwnSender(new SmtpSender(Web.Services.GetRequiredService<EmailMessages>(),
                Web.Services.GetRequiredService<DkimSigning>(), lines, Web.Services.GetRequiredService<RelayReach>(), settings),
                lines, connections);
        }

        public async Task<int> Deliver(OwnSender own)
        {
            await using var scope = Web.Services.CreateAsyncScope();
            var breaker = ActivatorUtilities.CreateInstance<RelayCircuitBreaker>(scope.ServiceProvider, own.Post);
            var pace = new DeliveryPace { AtOnce = own.Connections };
            return await ActivatorUtilities.CreateInstance<DeliverNotifications>(scope.ServiceProvider, own.Post, breaker, pace).Run(Stop);
        }

        public Task<List<Notification>> Notifications() => Web.Read(db => db.Notifications.AsNoTracking().ToListAsync(Stop));

        public Task<Relay> RelayNow() => Web.Read(db => db.RelayNow(Stop));
    }

    public sealed record OwnSender(IMailSender Post, SmtpConnections Lines, int Connections) : IDisposable
    {
        public void Dispose() => Lines.Dispose();
    }
}
