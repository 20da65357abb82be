using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Mail;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Operations;

/// <summary>What a monitoring system sees of the e-mails.</summary>
public abstract class EmailsWatchTests(TestDatabase database) : WebHubTests(database)
{
    private const string Token = "a-token-of-prometheus-0123456789";

    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0", ["Metrics:Token"] = Token },
        Warnings = ["DigiHub.Mail.", "DigiHub.Operations.WatchNotifications"], // of e-mails that are late, and the alarms about them
    };

    [Theory]
    [InlineData(4, false, HttpStatusCode.OK, "healthy")]
    [InlineData(6, false, HttpStatusCode.ServiceUnavailable, "unhealthy")]
    [InlineData(0, true, HttpStatusCode.OK, "degraded")]
    public async Task Health_tells_late_emails_while_the_web_stays_ready(int minutesLate, bool paused, HttpStatusCode status, string word)
    {
        var now = TestHub.Clock.GetCurrentInstant();
        await TestHub.Lay(NewEmail(now - Duration.FromMinutes(minutesLate)));
        if (paused)
        {
            var relay = new Relay();
            relay.Pause(RelayTrouble.Away, "no route", now);
            await TestHub.Lay(relay);
        }

        using var client = TestHub.NewClient();
        using var health = await client.GetAsync(new Uri("/health/mail", UriKind.Relative), Stop);
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);

        Assert.Equal(status, health.StatusCode);
        Assert.Contains($"\"status\":\"{word}\"", await health.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong-token-0123456789")]
    [InlineData("Basic " + Token)]
    public async Task Nobody_finds_the_metrics_without_the_token(string? authorization)
    {
        using var client = TestHub.NewClient();
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_metrics_tell_what_is_due_what_left_and_what_was_given_up()
    {
        var now = TestHub.Clock.GetCurrentInstant();
        var evt = Mail.DueEmails.NewEvent(Cast, now, now + Duration.FromDays(1));
        var going = Mail.DueEmails.New(RegistrationNotifications.Confirmed,
            "reader@example.org", now - Duration.FromSeconds(42), evt.Start);
        var lost = Mail.DueEmails.New(RegistrationNotifications.Waiting, "reader@example.org", now, evt.Start);
        await TestHub.Lay(evt, Mail.DueEmails.NewRegistration(evt, going.SubjectId, "reader@example.org"), going, lost);
        await using (var scope = TestHub.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
        var back = NewEmail(now - Duration.FromDays(2), NotificationState.Bounced);
        back.BouncedAt = now;
        await TestHub.Lay(NewEmail(now - Duration.FromSeconds(90)), NewEmail(now, NotificationState.Failed), back);

        using var client = TestHub.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative), Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("digihub_mail_sent_total{type=\"registration_confirmed\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_skipped_total{reason=\"gone\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_lag_seconds_bucket{le=\"30\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_lag_seconds_bucket{le=\"60\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_lag_seconds_sum 42\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_due 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_oldest_due_seconds 90\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_given_up_today 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_mail_bounced_today 1\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Matches(new Regex("^(# (HELP|TYPE) digihub_[a-z_]+ .+|digihub_[a-z_]+(\\{[^}]*\\})? [0-9.+eE-]+)$",
                RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture), line));
    }

    [Fact]
    public async Task The_metrics_tell_of_webhooks_what_arrived_what_waits_and_how_late()
    {
        var now = TestHub.Clock.GetCurrentInstant();
        var endpoints = TestHub.Services.GetRequiredService<WebhookEndpoints>();
        var failing = (await endpoints.Add(Cast.Alan.Id, "a", "https://192.0.2.1.nip.invalid/",
            WebhookShape.Standard, ["booking.created"], Stop)).Value!.Endpoint;
        await endpoints.Ping(Cast.Alan.Id, failing.Id, Stop);
        await using (var scope = TestHub.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DeliverWebhooks>().Run(Stop);
        await TestHub.Lay(new WebhookDelivery
        {
            Id = Guid.CreateVersion7(),
            EndpointId = failing.Id,
            Type = "ping",
            Body = "{}",
            At = now,
            NextAttemptAt = now - Duration.FromSeconds(75),
        });

        using var client = TestHub.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop);

        Assert.Contains("digihub_webhooks_retried_total{answer=\"none\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_webhooks_waiting 2\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_webhooks_oldest_due_seconds 75\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_webhooks_endpoints_failing 1\n", text, StringComparison.Ordinal);
        Assert.Contains("digihub_webhooks_endpoints_stopped 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pickup_folder_keeps_no_email_longer_than_its_row_keeps_the_name()
    {
        var folder = TestHub.DataFolder.CreateSubdirectory("mail").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "20261001T080000-0198b1a000007000800000000000e001.eml"),
            "Subject: old\r\n\r\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "20261101T080000-0198b1a000007000800000000000e002.eml"),
            "Subject: new\r\n\r\n", Stop);

        var gone = await TestHub.Services.GetRequiredService<TidyPickup>().Run();

        Assert.Equal(1, gone);
        Assert.StartsWith("20261101", Assert.Single(Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!)),
            StringComparison.Ordinal);
    }

    private static Notification NewEmail(Instant due, NotificationState state = NotificationState.Planned) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = MemberNotifications.SignInLink,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = due.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture) + state,
        RecipientName = PersonName.Of("Ada"),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        WrittenAt = due,
        DueAt = due,
        NextAttemptAt = due,
        State = state,
    };

    public sealed class OnSqlite(SqliteDatabase database) : EmailsWatchTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EmailsWatchTests(database), IClassFixture<PostgresDatabase>;
}

/// <summary>Without a token and without addresses there are no metrics; listed addresses need no token.</summary>
public sealed class MetricsEndpointTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData("10.1.2.0/24", HttpStatusCode.NotFound)]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    public async Task Is_open_to_listed_addresses_only(string? address, HttpStatusCode expected)
    {
        var settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0" };
        if (address is not null)
            settings["Metrics:AllowedAddresses:0"] = address;
        await using var web = await WebTestHub.Open(database, new WebTestHubOptions { Settings = settings });
        using var client = web.NewClient();

        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }
}
