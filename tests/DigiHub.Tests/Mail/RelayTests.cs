using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Tests.Mail;

/// <summary>The relay's state, shared by all processes: its pauses, its pace, its requests to slow down.</summary>
public abstract class RelayTests(TestDatabase database) : HubTests(database)
{
    private static readonly SendReply Taken = new(SendResult.Taken, "250 OK");
    private static readonly SendReply Away = new(SendResult.RelayAway, "Connection refused");
    private static readonly SendReply Refused = new(SendResult.RelayRefuses, "535 Authentication failed");
    private static readonly SendReply Busy = new(SendResult.Busy, "421 4.7.0 Too many messages");

    [Fact]
    public async Task Emails_leave_at_the_set_pace_and_the_longest_due_first()
    {
        await Lay(60, i => $"reader{i}@domain{i}.example");

        var perSecond = new List<int>();
        for (var second = 0; second < 30; second++)
        {
            perSecond.Add(await Deliver());
            TestHub.Clock.AdvanceSeconds(1);
        }

        Assert.Equal(10, perSecond[0]); // what may go at once after silence
        Assert.All(perSecond.Skip(1), count => Assert.Equal(1, count));
        var oneByOne = TestHub.Sender.Taken.Skip(10).Select(notification => notification.DueAt).ToList();
        Assert.Equal(oneByOne.Order(), oneByOne);
    }

    [Fact]
    public async Task The_pace_holds_over_several_processes()
    {
        await Lay(200, i => $"reader{i}@domain{i}.example");

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Deliver)));

        Assert.Equal(10, sent.Sum());
    }

    [Fact]
    public async Task Hundreds_of_readers_of_one_provider_keep_nobody_else_waiting()
    {
        await Lay(600, i => $"reader{i}@{(i % 2 == 0 ? "Large.example" : "large.EXAMPLE")}");
        await TestHub.Lay(NewEmail(600, "ada@small.example"));

        var first = await Deliver();
        var toLarge = TestHub.Sender.Taken.Count(notification =>
            notification.RecipientEmail!.Shown.EndsWith("@large.example", StringComparison.OrdinalIgnoreCase));
        TestHub.Clock.AdvanceMinutes(1);
        await Deliver();

        Assert.Equal((4, 3), (first, toLarge));
        Assert.Contains(TestHub.Sender.Taken, notification => notification.RecipientEmail!.Shown == "ada@small.example");
    }

    [Fact]
    public async Task One_domain_gets_no_more_than_its_share_in_a_minute()
    {
        await Lay(100, i => $"reader{i}@large.example");
        await Deliver();
        var before = TestHub.Sender.Taken.Count;

        for (var second = 0; second < 60; second += 3)
        {
            TestHub.Clock.AdvanceSeconds(3);
            await Deliver();
        }

        Assert.InRange(TestHub.Sender.Taken.Count - before, 19, 20);
    }

    [Fact]
    public async Task A_plea_for_patience_halves_the_pace_for_all_and_time_brings_it_back()
    {
        await Lay(200, i => $"reader{i}@domain{i}.example");
        await Deliver();
        TestHub.Clock.AdvanceSeconds(1);
        TestHub.Sender.Answer = _ => Busy;
        await Deliver();
        TestHub.Sender.Answer = _ => Taken;

        var slowed = await CountIn(seconds: 60);
        TestHub.Clock.AdvanceMinutes(5);
        await Deliver();
        var recovered = await CountIn(seconds: 60);

        Assert.InRange(slowed, 29, 31);
        Assert.InRange(recovered, 59, 61);
    }

    [Fact]
    public async Task A_relay_that_never_stops_complaining_still_gets_an_email_each_minute()
    {
        await Lay(200, i => $"reader{i}@domain{i}.example");
        TestHub.Sender.Answer = _ => Busy;
        for (var minute = 0; minute < 30; minute++)
        {
            await Deliver();
            TestHub.Clock.AdvanceMinutes(1);
        }

        TestHub.Sender.Answer = _ => Taken;

        Assert.InRange(await CountIn(seconds: 600, step: 20), 9, 30);
    }

    [Fact]
    public async Task While_the_relay_is_away_nobody_connects_to_it_and_no_attempt_is_used_up()
    {
        await Lay(50, i => $"reader{i}@domain{i}.example");
        var asked = 0;
        TestHub.Sender.Answer = _ => Interlocked.Increment(ref asked) > 0 ? Away : Taken;
        await Deliver();
        var askedAtOnce = asked;

        TestHub.Clock.AdvanceSeconds(59);
        await Deliver();

        var relay = await Relay();
        Assert.InRange(askedAtOnce, 1, 4);
        Assert.Equal(askedAtOnce, asked);
        Assert.Equal((RelayTrouble.Away, "Connection refused", TestHub.Opening, TestHub.Opening + Duration.FromMinutes(1)),
            (relay.Trouble, relay.Reply, relay.PausedSince, relay.PausedUntil));
        Assert.All(await All(), notification => Assert.Equal((NotificationState.Planned, 0, notification.DueAt),
            (notification.State, notification.Attempts, notification.NextAttemptAt)));
    }

    // Relays quote the reader: "554 5.7.1 <ada@example.org>: Relay access denied". That is not for the logs, nor for all administrators.
    [Fact]
    public async Task What_is_kept_of_a_relays_words_names_no_reader()
    {
        await Lay(1, _ => "ada@example.org");
        TestHub.Sender.Answer = notification => new SendReply(SendResult.RelayRefuses,
            $"554 5.7.1 <{notification.RecipientEmail!.Shown}>: Relay access denied for 'ada@example.org', see https://relay.test");

        await Deliver();

        Assert.Equal("554 5.7.1 <…>: Relay access denied for '…', see https://relay.test", (await Relay()).Reply);
    }

    [Theory]
    [InlineData(SendResult.RelayAway, "1 2 5 5")]
    [InlineData(SendResult.RelayRefuses, "5 15 30 60 60")]
    public async Task Is_tried_again_by_one_process_after_ever_longer_pauses(SendResult trouble, string minutes)
    {
        await Lay(5, i => $"reader{i}@domain{i}.example");
        var reply = trouble == SendResult.RelayAway ? Away : Refused;
        TestHub.Sender.Answer = _ => reply;
        var hellos = 0;
        TestHub.Sender.Hello = () => Interlocked.Increment(ref hellos) > 0 ? reply : Taken;
        await Deliver();

        var waits = new List<double>();
        while (waits.Count < minutes.Split(' ').Length)
        {
            var until = (await Relay()).PausedUntil!.Value;
            waits.Add((until - TestHub.Clock.GetCurrentInstant()).TotalMinutes);
            TestHub.Clock.Reset(until);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(Deliver)));
        }

        Assert.Equal(minutes, string.Join(' ', waits));
        Assert.Equal(waits.Count, hellos);
        Assert.Equal(TestHub.Opening, (await Relay()).PausedSince);
    }

    [Fact]
    public async Task Resumes_by_itself_when_the_relay_is_back()
    {
        await Lay(5, i => $"reader{i}@domain{i}.example");
        TestHub.Sender.Answer = _ => Refused;
        await Deliver();
        TestHub.Sender.Answer = _ => Taken;
        TestHub.Clock.AdvanceMinutes(5);

        var sent = await Deliver();

        Assert.Equal(5, sent);
        Assert.Null((await Relay()).PausedSince);
    }

    [Fact]
    public async Task Is_found_well_again_even_when_no_email_waits()
    {
        await Lay(1, _ => "ada@example.org");
        TestHub.Sender.Answer = _ => Away;
        await Deliver();
        await TestHub.Read(db => db.Notifications.Withdraw(NotificationReason.Undone, Stop));
        TestHub.Clock.AdvanceMinutes(1);

        await Deliver();

        Assert.Null((await Relay()).PausedSince);
    }

    [Fact]
    public async Task A_relay_that_says_hello_and_then_refuses_the_sender_stays_paused_for_longer_each_time()
    {
        await Lay(5, i => $"reader{i}@domain{i}.example");
        TestHub.Sender.Answer = _ => Refused;
        await Deliver();
        TestHub.Clock.AdvanceMinutes(5);

        await Deliver();

        var relay = await Relay();
        Assert.Equal((2, TestHub.Opening), (relay.Failures, relay.PausedSince));
        Assert.Equal(Duration.FromMinutes(15), relay.PausedUntil - TestHub.Clock.GetCurrentInstant());
    }

    [Fact]
    public async Task An_administrator_resumes_at_once()
    {
        await Lay(5, i => $"reader{i}@domain{i}.example");
        TestHub.Sender.Answer = _ => Refused;
        await Deliver();
        TestHub.Sender.Answer = _ => Taken;

        var resumed = await TestHub.Get<ResumeRelay>().Run(TestHub.Cast.Grace.Id, Stop);
        var again = await TestHub.Get<ResumeRelay>().Run(TestHub.Cast.Grace.Id, Stop);

        Assert.Equal((true, false), (resumed.Value, again.Value));
        Assert.Equal(5, await Deliver());
    }

    [Fact]
    public async Task After_a_day_without_relay_what_still_helps_leaves_at_the_set_pace_and_what_is_stale_does_not()
    {
        var stale = Enumerable.Range(0, 20).Select(i =>
            NewEmail(i, $"reader{i}@domain{i}.example", ReminderNotifications.OfEvent, TestHub.Opening + Duration.FromHours(6)));
        var helpful = Enumerable.Range(20, 60).Select(i => NewEmail(i, $"reader{i}@domain{i}.example"));
        await TestHub.Lay([.. stale, .. helpful]);
        TestHub.Sender.Answer = _ => Away;
        TestHub.Sender.Hello = () => Away;
        for (var minute = 0; minute < 24 * 60; minute += 15)
        {
            await Deliver();
            TestHub.Clock.AdvanceMinutes(15);
        }

        (TestHub.Sender.Answer, TestHub.Sender.Hello) = (_ => Taken, () => Taken);
        var firstMinute = await Deliver() + await CountIn(seconds: 60);
        await CountIn(seconds: 60);

        Assert.InRange(firstMinute, 40, 70);
        Assert.All(await All(), notification => Assert.Equal(
            notification.Type == ReminderNotifications.OfEvent ? NotificationState.Skipped : NotificationState.Sent, notification.State));
        var order = TestHub.Sender.Taken.Select(notification => notification.DueAt).Skip(10).ToList();
        Assert.All(order.Zip(order.Skip(5)), pair => Assert.True(pair.First < pair.Second)); // in batches of five
    }

    protected override void ConfigureServices(IServiceCollection services) => services
        .RemoveAll<INotificationCheck>()
        .Replace(ServiceDescriptor.Singleton(new DeliveryPace { PerMinute = 60, PerMinuteAndDomain = 20 }));

    private async Task<int> Deliver() => await TestHub.Get<DeliverNotifications>().Run(Stop);

    private async Task<int> CountIn(int seconds, int step = 5)
    {
        var before = TestHub.Sender.Taken.Count;
        for (var second = 0; second < seconds; second += step)
        {
            TestHub.Clock.AdvanceSeconds(step);
            await Deliver();
        }

        return TestHub.Sender.Taken.Count - before;
    }

    private Task<Relay> Relay() => TestHub.Read(db => db.RelayNow(Stop));

    private Task<List<Notification>> All() => TestHub.Read(db => db.Notifications.AsNoTracking().ToListAsync(Stop));

    private Task Lay(int count, Func<int, string> email) =>
        TestHub.Lay([.. Enumerable.Range(0, count).Select(i => NewEmail(i, email(i)))]);

    /// <summary>Each due a second after the one before.</summary>
    private static Notification NewEmail(int number, string email, NotificationType? kind = null, Instant? notAfter = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = kind ?? RegistrationNotifications.Confirmed,
        NotAfter = notAfter,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = $"email {number}",
        RecipientName = PersonName.Of("Reader"),
        RecipientEmail = EmailAddress.Of(email),
        Language = Language.German,
        WrittenAt = TestHub.Opening,
        DueAt = TestHub.Opening - Duration.FromSeconds(2_000 - number),
        NextAttemptAt = TestHub.Opening - Duration.FromSeconds(2_000 - number),
    };

    public sealed class OnSqlite(SqliteDatabase database) : RelayTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RelayTests(database), IClassFixture<PostgresDatabase>;
}
