using System.Diagnostics;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Mail;

/// <summary>
/// Somebody sets the clock of the machine while e-mails leave: an hour ahead, back, a day behind, a year ahead. Nobody gets an e-mail
/// twice, what is due is sent whatever the clock said before, what has become stale is not, and the hub does not spin.
/// </summary>
public abstract class JumpingClockTests(TestDatabase database)
{
    private const int Each = 16;
    private static readonly Duration patienceMax = Duration.FromSeconds(100);

    private int readers;

    public sealed class OnSqlite(SqliteDatabase database) : JumpingClockTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : JumpingClockTests(database), IClassFixture<PostgresDatabase>;

    [Fact]
    public async Task A_clock_that_jumps_sends_nothing_twice_and_keeps_nothing_back()
    {
        using var clock = new JumpingClock();
        await using var testHub = await TestHub.Open(database);
        // so that each jump meets e-mails being sent
        await using var relay = await SmtpServer.Start(new SmtpOptions { AnswerAfter = Duration.FromMilliseconds(600) });
        var evt = DueEmails.NewEvent(testHub.Cast, clock.Now, clock.Now + Duration.FromDays(3));
        await testHub.Lay(evt);
        var link = new SignInLink { Id = Guid.NewGuid(), MemberId = testHub.Cast.Ada.Id, ExpiresAt = clock.Now + SignInLink.Life };
        await testHub.Lay(link);
        await LayReminders(testHub, evt, clock.Now, Each);
        await LayReminders(testHub, evt, clock.Now + Duration.FromMinutes(40), Each);
        await LayReminders(testHub, evt, clock.Now + Duration.FromDays(2), Each);
        await using var hub = await HubProcess.Start(
            database.Options, clock,
            ("Mail:Mode", "Smtp"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{relay.Port}"), ("Mail:Security", "None"),
            ("Mail:Connections", "2"), ("Mail:PerMinute", "0"), ("Mail:PerMinuteAndDomain", "0"),
            ("Mail:LateAfterMinutes", "1440")); // the jump of a year still alarms the administrators, as it should

        await relay.WaitFor(Each / 4, patienceMax);
        clock.Jump(Duration.FromHours(1)); // in the middle of the load
        await relay.WaitFor(2 * Each, patienceMax);
        await CheckCalm(hub);
        Assert.Contains("has expired", await UseLink(testHub, hub, link), StringComparison.Ordinal); // it was good for 15 minutes

        clock.Jump(Duration.Zero);
        await LayReminders(testHub, evt, clock.Now, 5);
        await relay.WaitFor((2 * Each) + 5, patienceMax);

        clock.Jump(Duration.FromDays(-1));
        await LayReminders(testHub, evt, clock.Now, 5);
        await relay.WaitFor((2 * Each) + 10, patienceMax);
        await CheckCalm(hub);

        clock.Jump(Duration.FromDays(365));
        await WaitUntilNothingWaits(testHub);
        await CheckCalm(hub);

        var arrived = relay.Messages().GroupBy(message => message.Headers["X-Envelope-To"], StringComparer.Ordinal)
            .Where(notifications => notifications.Key!.StartsWith("reader", StringComparison.Ordinal)).ToList();
        Assert.Equal((2 * Each) + 10, arrived.Count);
        Assert.All(arrived, notifications => Assert.Single(notifications));
        var late = await testHub.Read(db => db.Notifications.Where(notification => notification.State == NotificationState.Skipped)
            .Select(notification => notification.Reason).ToListAsync());
        Assert.Equal(Enumerable.Repeat<NotificationReason?>(NotificationReason.Late, Each), late);
    }

    private static async Task<string> UseLink(TestHub testHub, HubProcess hub, SignInLink link)
    {
        using var reader =
            new Reader(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Url }, Language.English);
        await reader.Open(
            $"/sign-in/link/{(await testHub.Get<HubTokenSigner>().Get(CancellationToken.None)).Close(TokenPurpose.SignIn, link.Id)}");
        await reader.Send("main form[method=post]");
        return reader.Text;
    }

    private async Task LayReminders(TestHub testHub, Event evt, Instant due, int count)
    {
        List<object> rows = [];
        for (var i = 0; i < count; i++)
        {
            var notification = DueEmails.New(ReminderNotifications.OfEvent, $"reader{readers++}@example.org", due, evt.Start);
            rows.Add(DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown));
            rows.Add(notification);
        }

        await testHub.Lay([.. rows]);
    }

    private static async Task WaitUntilNothingWaits(TestHub testHub)
    {
        var watch = Stopwatch.StartNew();
        while (await testHub.Read(db => db.Notifications.AnyAsync(notification => notification.State != NotificationState.Sent
            && notification.State != NotificationState.Skipped)))
        {
            Assert.True(watch.Elapsed < patienceMax.ToTimeSpan(), "E-mails still wait.");
            await Task.Delay(250);
        }
    }

    /// <summary>
    /// Once it has caught up it does next to nothing: no timer fires at once for ever because its time has passed. A spinning thread
    /// would show in every look.
    /// </summary>
    private static async Task CheckCalm(HubProcess hub)
    {
        List<double> looks = [];
        while (looks.Count < 15)
        {
            var before = hub.Worked;
            await Task.Delay(TimeSpan.FromSeconds(2));
            looks.Add((hub.Worked - before).TotalSeconds);
            if (looks[^1] < 0.6)
                return;
        }

        Assert.Fail($"It never comes to rest: {string.Join(", ", looks)} s of work in each 2 s.");
    }
}
