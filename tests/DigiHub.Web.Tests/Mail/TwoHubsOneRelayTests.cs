using System.Diagnostics;
using System.Globalization;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Time;
using MimeKit;

namespace DigiHub.Web.Tests.Mail;

/// <summary>
/// Two real processes on one database in front of one real relay: what they guarantee together, during faults and after them.
/// </summary>
public sealed class TwoHubsOneRelayTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly Guid otherEvent = new("0198b1a0-0000-7000-8000-00000000e001");

    /// <summary>
    /// One of each kind, so that they take less than a minute. DIGIHUB_TEST_FAULTS=all takes every one of SmtpFaultTests.
    /// </summary>
    private static readonly string[] faults = Environment.GetEnvironmentVariable("DIGIHUB_TEST_FAULTS") == "all"
        ? [.. SmtpFaultTests.Faults.Select(row => row.Data.Item1)]
        : [LosesAnswers, "GREETING cut", "AUTH reply 535 5.7.8 Wrong password", "MAIL reply 421 4.7.0 Closing",
            "RCPT reply 450 4.7.1 Greylisted", "RCPT reply 550 5.1.1 No such user",
            "DATA cut", "END reply 452 4.3.1 Disk full", "END cut", "END wait 10"];

    /// <summary>The first of all, while there is still much to send: without it there would be nothing to see.</summary>
    private const string LosesAnswers = "END cut-after";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_the_fault_nobody_is_missed_and_nobody_gets_an_email_twice_unless_its_answer_was_lost()
    {
        await using var testHub = await TestHub.Open(database);
        await using var relay = await SmtpServer.Start(new SmtpOptions(User: "hub", Password: "secret"));
        var first = Now() + Duration.FromSeconds(15);
        // the hubs know when the next is due
        await LayConfirmations(testHub, 10 * faults.Length, number => first + Duration.FromMilliseconds(400) * number);
        await using var hub = await StartHub(relay, perMinute: 0);
        await using var other = await StartHub(relay, perMinute: 0);
        foreach (var fault in faults)
        {
            relay.SetFaults(fault);
            await WaitUntilMet(testHub, fault);
            if (fault == LosesAnswers)
                await WaitUntil(() => testHub.Read(db => db.Notifications.AnyAsync(notification => notification.UncertainCount > 0, Stop)),
                    "No answer is lost.");
            await Clear();
        }

        relay.SetFaults();
        await Wait(Duration.FromSeconds(2)); // what is still being sent meets the last of it
        await Clear();
        // the minutes of the first wait pass
        await testHub.Read(db => db.Notifications.Where(notification => notification.State == NotificationState.Retry)
            .ExecuteUpdateAsync(set => set.SetProperty(notification => notification.NextAttemptAt, Now()), Stop));
        await WaitUntilDone(testHub, Duration.FromMinutes(2));

        var notifications =
            (await Notifications(testHub)).ToDictionary(notification => notification.RecipientEmail!.Shown, StringComparer.Ordinal);
        var arrived = relay.Messages().Where(IsForReader).ToLookup(ReaderOf, StringComparer.Ordinal);
        var uncertain = notifications.Values.Where(notification => notification.UncertainCount > 0).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{faults.Length} faults, {notifications.Count} e-mails: "
                + $"{notifications.Values.Count(notification => notification.State == NotificationState.Sent)} sent, "
                + $"{notifications.Values.Count(notification => notification.State == NotificationState.Failed)} refused for good, "
            + $"{uncertain.Count} whose answer was lost, {arrived.Count(mails => mails.Count() > 1)} of these twice");
        // On a slow machine the second try may still meet a relay that loses answers: then people are told, and nothing is sent again.
        var lostTwice = notifications.Values.Where(notification =>
            notification is { State: NotificationState.Failed, Reason: NotificationReason.Unknown, UncertainCount: 2 }).ToList();
        Assert.All(lostTwice, notification => Assert.InRange(arrived[notification.RecipientEmail!.Shown].Count(), 0, 2));
        Assert.All(notifications.Values.Except(lostTwice), notification => Assert.Contains((notification.State, notification.Reason),
            new[] { (NotificationState.Sent, null), (NotificationState.Failed, (NotificationReason?)NotificationReason.Refused) }));
        Assert.All(notifications.Values.Except(lostTwice).Where(notification => notification.State == NotificationState.Failed),
            notification => Assert.Empty(arrived[notification.RecipientEmail!.Shown]));
        Assert.All(notifications.Values.Where(notification => notification.State == NotificationState.Sent), notification =>
            Assert.InRange(arrived[notification.RecipientEmail!.Shown].Count(), 1, notification.UncertainCount > 0 ? 2 : 1));
        Assert.All(arrived, mails => Assert.Single(mails.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal)));
        Assert.NotEmpty(uncertain);

        async Task Clear() => await testHub.Read(db => db.Relays.ExecuteDeleteAsync(Stop));
    }

    [Fact]
    public async Task After_a_day_without_relay_ten_thousand_emails_drain_at_the_set_pace_the_longest_due_first_and_stale_reminders_stay()
    {
        const int Count = 10_000, Stale = 500, PerSecond = 200;
        await using var testHub = await TestHub.Open(database);
        await using var relay = await SmtpServer.Start();
        var down = Now() - Duration.FromDays(1);
        await LayConfirmations(testHub, Count - Stale, number => down + Duration.FromSeconds(9) * number);
        await LayStaleReminders(testHub, Stale);
        await testHub.Lay(PausedSince(down));

        await using var hub = await StartHub(relay, 60 * PerSecond);
        await using var other = await StartHub(relay, 60 * PerSecond);
        await WaitUntilDone(testHub, Duration.FromMinutes(5));

        var arrivals = relay.Arrivals().Where(arrival => IsForReader(arrival.Message)).ToList();
        var order = arrivals.Select(arrival => NumberOf(arrival.Message)).ToList();
        var ahead = order.Select((number, place) => number - place).Max();
        var took = arrivals[^1].At - arrivals[0].At;
        TestContext.Current.TestOutputHelper?.WriteLine($"{order.Count} e-mails in {took.TotalSeconds:0.0} s; "
            + $"at most {MostWithin(10)} within ten seconds; nobody more than {ahead} places ahead");
        Assert.Equal(Enumerable.Range(0, Count - Stale), order.Order());
        Assert.Equal([(NotificationState.Skipped, (NotificationReason?)NotificationReason.Late, Stale)],
            (await Notifications(testHub)).Where(notification => notification.Class == NotificationClass.Reminder)
            .GroupBy(notification => (notification.State, notification.Reason))
            .Select(group => (group.Key.State, group.Key.Reason, group.Count())));
        Assert.InRange(MostWithin(10), 1, PerSecond * (10 + 10)); // ten seconds' worth may go at once after silence
        Assert.InRange(MostWithin(30), 1, PerSecond * (30 + 10));
        Assert.InRange(ahead, 0, Count / 20); // two processes, several connections each, a few leased by each

        int MostWithin(int seconds)
        {
            var (first, most) = (0, 0);
            for (var last = 0; last < arrivals.Count; last++)
            {
                while (arrivals[last].At - arrivals[first].At > Duration.FromSeconds(seconds))
                    first++;
                most = Math.Max(most, last - first + 1);
            }

            return most;
        }
    }

    /// <summary>Until an e-mail was refused, its answer was lost, or the relay is paused.</summary>
    private static async Task WaitUntilMet(TestHub testHub, string fault)
    {
        var since = Now();
        while (await testHub.Read(db => db.RelayNow(Stop)) is { PausedSince: null }
            && !await testHub.Read(db => db.NotificationAttempts.AnyAsync(attempt => attempt.At >= since, Stop)))
        {
            Assert.True(Now() - since < Duration.FromSeconds(60), $"No e-mail meets '{fault}'.");
            await Task.Delay(50, Stop);
        }
    }

    private static async Task WaitUntil(Func<Task<bool>> isSo, string complaint)
    {
        for (var since = Now(); !await isSo(); await Task.Delay(50, Stop))
            Assert.True(Now() - since < Duration.FromSeconds(60), complaint);
    }

    private static Relay PausedSince(Instant down)
    {
        var relay = new Relay();
        relay.Pause(RelayTrouble.Away, "Connection refused", down);
        return relay;
    }

    private static async Task LayConfirmations(TestHub testHub, int count, Func<int, Instant> due)
    {
        var evt = DueEmails.NewEvent(testHub.Cast, Now(), Now() + Duration.FromDays(9));
        List<object> rows = [evt];
        for (var i = 0; i < count; i++)
        {
            var notification = DueEmails.New(RegistrationNotifications.Confirmed, $"reader{i}@example.org", due(i), evt.Start);
            rows.AddRange([DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown), notification]);
        }

        await testHub.Lay([.. rows]);
    }

    /// <summary>Of an event that has begun while the relay was away.</summary>
    private static async Task LayStaleReminders(TestHub testHub, int count)
    {
        var begun = DueEmails.NewEvent(testHub.Cast, Now() - Duration.FromDays(2), Now() - Duration.FromHours(1), otherEvent);
        List<object> rows = [begun];
        for (var i = 0; i < count; i++)
        {
            var notification = DueEmails.New(ReminderNotifications.OfEvent, $"stale{i}@example.org",
                Now() - Duration.FromHours(20), begun.Start, otherEvent: otherEvent);
            rows.AddRange([DueEmails.NewRegistration(begun, notification.SubjectId, notification.RecipientEmail!.Shown), notification]);
        }

        await testHub.Lay([.. rows]);
    }

    private Task<HubProcess> StartHub(SmtpServer relay, int perMinute) => HubProcess.Start(
        database.Options,
        ("Mail:Mode", "Smtp"), ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{relay.Port}"), ("Mail:Security", "None"),
        ("Mail:User", relay.User ?? ""), ("Mail:Password", relay.User is null ? "" : "secret"),
        ("Mail:PerMinute", $"{perMinute}"), ("Mail:PerMinuteAndDomain", "0"),
        ("Mail:TimeoutSeconds", "1"), ("Mail:LateAfterMinutes", "1440"));

    private static async Task WaitUntilDone(TestHub testHub, Duration atMost)
    {
        var watch = Stopwatch.StartNew();
        while (await testHub.Read(db => db.Notifications.AnyAsync(notification => notification.State != NotificationState.Sent
            && notification.State != NotificationState.Failed && notification.State != NotificationState.Skipped, Stop)))
        {
            if (watch.Elapsed > atMost.ToTimeSpan())
            {
                var left = await testHub.Read(db => db.Notifications
                    .GroupBy(notification => new { notification.State, notification.Reason })
                    .Select(group => new { group.Key, Count = group.Count() }).ToListAsync());
                Assert.Fail($"Not done after {watch.Elapsed}: {string.Join("; ", left)}");
            }

            await Task.Delay(500, Stop);
        }
    }

    /// <summary>Without the alarms to administrators.</summary>
    private static Task<List<Notification>> Notifications(TestHub testHub) =>
        testHub.Read(db => db.Notifications.AsNoTracking()
            .Where(notification => notification.Type != OperationsNotifications.Alarm).ToListAsync(Stop));

    private static bool IsForReader(MimeMessage mail) => ReaderOf(mail).StartsWith("reader", StringComparison.Ordinal);

    private static string ReaderOf(MimeMessage mail) => mail.Headers["X-Envelope-To"] ?? "";

    private static int NumberOf(MimeMessage mail) =>
        int.Parse(ReaderOf(mail).AsSpan("reader".Length..ReaderOf(mail).IndexOf('@', StringComparison.Ordinal)),
            CultureInfo.InvariantCulture);

    private static Task Wait(Duration time) => Task.Delay(Duration.Max(time, Duration.Zero).ToTimeSpan(), Stop);

#pragma warning disable RS0030 // the hubs under test are other processes, with the real clock
    private static Instant Now() => SystemClock.Instance.GetCurrentInstant().InWholeMicroseconds();
#pragma warning restore RS0030
}
