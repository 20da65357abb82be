using System.Diagnostics;
using System.Globalization;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Mail;

/// <summary>
/// The guarantee of delivery, on real processes that are killed (SIGKILL) in the middle of their work: nobody is missed, and
/// nobody gets an e-mail twice except those whose e-mail was being sent at that moment, at most one for each of the
/// killed process's connections. They may get it once more, under the same Message-ID, because nobody can know whether the relay
/// had taken it: the window lasts from the stamp just before MAIL FROM until the relay's answer is recorded. Every fourth reader has two
/// reminders at the same time, which go in one mail: they stay together whatever happens.
/// <para>DIGIHUB_TEST_KILLS=100 kills as often, with a thousand e-mails; that takes some ten minutes.</para>
/// </summary>
public sealed class KilledDeliveryTests
{
    private const int Connections = 3;
    private static readonly Guid otherEvent = new("0198b1a0-0000-7000-8000-00000000e001");
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(4);

    public sealed class OnPostgres(PostgresDatabase database) : IClassFixture<PostgresDatabase>
    {
        private static readonly int Kills =
            int.Parse(Environment.GetEnvironmentVariable("DIGIHUB_TEST_KILLS") ?? "10", CultureInfo.InvariantCulture);

        [Fact]
        public async Task Reminders_by_two_processes_of_which_one_is_killed_again_and_again_reach_all_and_nobody_twice_outside_the_window()
        {
            var isShort = Kills <= 20;
            var count = isShort ? 300 : 1_000;
            var timeout = isShort ? 4 : 10;
            await using var testHub = await TestHub.Open(database);
            await using var relay =
                await SmtpServer.Start(new SmtpOptions { AnswerAfter = Duration.FromMilliseconds(isShort ? 150 : 1_600) });
            await LayReminders(testHub, count);

            var hubs = new List<HubProcess> { await StartHub(database, relay, timeout), await StartHub(database, relay, timeout) };
            try
            {
                for (var kill = 1; kill <= Kills; kill++)
                {
                    // Whenever a few more e-mails have arrived, and then at any moment: they flow the whole time.
                    await relay.WaitFor(Math.Min(relay.Count + 2, count), Duration.FromMinutes(3));
                    await Task.Delay(Random.Shared.Next(0, 400), TestContext.Current.CancellationToken);
                    var doomed = Random.Shared.Next(hubs.Count);
                    await hubs[doomed].Kill();
                    await hubs[doomed].DisposeAsync();
                    hubs.RemoveAt(doomed);
                    hubs.Add(await StartHub(database, relay, timeout));
                }

                await WaitUntilDone(testHub);
            }
            finally
            {
                foreach (var hub in hubs)
                    await hub.DisposeAsync();
            }

            await Check(testHub, relay, count, kills: Kills);
        }
    }

    public sealed class OnSqlite(SqliteDatabase database) : IClassFixture<SqliteDatabase>
    {
        [Fact]
        public async Task Jobs_in_memory_die_with_the_process_and_yet_nothing_is_lost()
        {
            await using var testHub = await TestHub.Open(database);
            await using var relay = await SmtpServer.Start(new SmtpOptions { AnswerAfter = Duration.FromMilliseconds(20) });
            await LayReminders(testHub, 300);

            await using (var doomed = await StartHub(database, relay))
            {
                await relay.WaitFor(60, Duration.FromMinutes(2));
                await doomed.Kill();
            }

            Assert.InRange(relay.Count, 60, 299);
            await using var successor = await StartHub(database, relay);
            await WaitUntilDone(testHub);

            await Check(testHub, relay, 300, kills: 1);
        }
    }

    private static Task<HubProcess> StartHub(TestDatabase database, SmtpServer relay, int timeout = 4) => HubProcess.Start(
        database.Options,
        ("Mail:Mode", "Smtp"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{relay.Port}"), ("Mail:Security", "None"),
        ("Mail:Connections", $"{Connections}"), ("Mail:PerMinute", "0"), ("Mail:PerMinuteAndDomain", "0"),
        // The relay is slow on purpose: an alarm about it would be an e-mail that is no reminder.
        ("Mail:LateAfterMinutes", "1440"),
        // As short as the settings allow, so that the test need not wait ten minutes for what a dead process had leased.
        ("Mail:TimeoutSeconds", $"{timeout}"), ("Mail:UncertainAfterSeconds", $"{5 * timeout}"));

    private static async Task LayReminders(TestHub testHub, int count)
    {
#pragma warning disable RS0030 // the hub under test is another process, with the real clock
        var now = SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
        var evt = DueEmails.NewEvent(testHub.Cast, now, now + Duration.FromHours(2));
        var other = DueEmails.NewEvent(testHub.Cast, now, evt.Start, otherEvent);
        List<object> rows = [evt, other];
        for (var i = 0; i < count; i++)
        {
            Add(evt, DueEmails.New(ReminderNotifications.OfEvent, Reader(i), now, evt.Start));
            if (HasTwo(i))
                Add(other, DueEmails.New(ReminderNotifications.OfEvent, Reader(i), now, evt.Start, otherEvent: otherEvent));
        }

        await testHub.Lay([.. rows]);

        void Add(Event about, Notification notification) =>
            rows.AddRange([DueEmails.NewRegistration(about, notification.SubjectId, notification.RecipientEmail!.Shown), notification]);
    }

    private static string Reader(int number) => $"reader{number}@example.org";

    private static bool HasTwo(int reader) => reader % 4 == 0;

    private static async Task WaitUntilDone(TestHub testHub)
    {
        var watch = Stopwatch.StartNew();
        // Two deaths over one e-mail are the end of it: the relay has had it whole twice, only its answers were lost.
        while (await testHub.Read(db => db.Notifications.AnyAsync(notification => notification.State != NotificationState.Sent
            && !(notification.State == NotificationState.Failed && notification.Reason == NotificationReason.Unknown))))
        {
            if (watch.Elapsed > PatienceMax)
            {
                var left = await testHub.Read(db => db.Notifications.Where(notification => notification.State != NotificationState.Sent)
                    .GroupBy(notification => new { notification.State, notification.Reason, notification.SmtpReply })
                    .Select(group => new { group.Key, Count = group.Count() }).ToListAsync());
                Assert.Fail($"Not done after {watch.Elapsed}: {string.Join("; ", left)}");
            }

            await Task.Delay(250);
        }
    }

    private static async Task Check(TestHub testHub, SmtpServer relay, int count, int kills)
    {
        // An e-mail over which two processes died is given up, and administrators hear of it.
        var arrived = relay.Messages().Where(mail => mail.Headers["X-Envelope-To"]!.StartsWith("reader", StringComparison.Ordinal))
            .ToLookup(mail => mail.Headers["X-Envelope-To"], StringComparer.Ordinal);
        var twice = arrived.Where(mails => mails.Count() > 1).ToList();
        var uncertain = (await testHub.Read(db => db.Notifications.Where(notification => notification.UncertainCount > 0)
            .Select(notification => new { notification.RecipientEmail!.Shown, notification.UncertainCount }).ToListAsync()))
            .ToDictionary(notification => notification.Shown, notification => notification.UncertainCount, StringComparer.Ordinal);
        var missed = Enumerable.Range(0, count).Select(Reader).Where(reader => !arrived.Contains(reader)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills; {count} readers, {missed.Count} missed; in the window at a kill: "
                + $"{uncertain.Values.Sum()} hand-overs of {uncertain.Count} mails; of these twice: {twice.Count}");

        Assert.Empty(missed);
        Assert.Equal(count, arrived.Count);
        Assert.InRange(uncertain.Values.Sum(), 0, kills * Connections);
        Assert.All(twice, mails =>
        {
            Assert.Contains(mails.Key!, uncertain.Keys);
            Assert.Equal(2, mails.Count());
            Assert.Single(mails.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal));
        });
        Assert.All(Enumerable.Range(0, count), reader => Assert.All(arrived[Reader(reader)], mail =>
        {
            var text = mail.TextBody ?? "";
            Assert.Contains(DueEmails.Title, text, StringComparison.Ordinal);
            Assert.Equal(HasTwo(reader), text.Contains(DueEmails.OtherTitle, StringComparison.Ordinal));
        }));
    }
}
