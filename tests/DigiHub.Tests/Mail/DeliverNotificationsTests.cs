using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Tests.Mail;

public abstract class DeliverNotificationsTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Due = TestHub.Opening;

    [Fact]
    public async Task Sends_what_is_due_once_and_the_longest_due_first()
    {
        await TestHub.Lay(NewEmail("second", due: Due), NewEmail("first", due: Due - Duration.FromHours(1)),
            NewEmail("not yet", due: Due + Duration.FromSeconds(10)));

        var first = await Deliver();
        var again = await Deliver();

        Assert.Equal((2, 0), (first, again));
        Assert.Equal(["first", "second"], TestHub.Sender.Taken.Select(notification => notification.Purpose).Order(StringComparer.Ordinal));
        Assert.Equal(NotificationState.Planned, (await Find("not yet")).State);
    }

    [Fact]
    public async Task Works_through_more_than_a_handful()
    {
        await TestHub.Lay([.. Enumerable.Range(0, 250).Select(i => NewEmail($"email {i}"))]);

        var sent = await Deliver();

        Assert.Equal(250, sent);
        Assert.Equal(250, TestHub.Sender.Taken.Select(notification => notification.Id).Distinct().Count());
    }

    [Fact]
    public async Task Several_runs_at_once_share_the_work()
    {
        await TestHub.Lay([.. Enumerable.Range(0, 300).Select(i => NewEmail($"email {i}"))]);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Deliver)));

        Assert.Equal(300, sent.Sum());
        Assert.Equal(300, TestHub.Sender.Taken.Count);
        Assert.Equal(300, TestHub.Sender.Taken.Select(notification => notification.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(-1, NotificationState.Sent)]
    [InlineData(0, NotificationState.Sent)]
    [InlineData(1, NotificationState.Skipped)]
    public async Task Skips_what_is_past_its_last_moment(int secondsLate, NotificationState expected)
    {
        await TestHub.Lay(NewEmail("reminder", notAfter: Due - Duration.FromSeconds(secondsLate)));

        await Deliver();

        var notification = await Find("reminder");
        Assert.Equal(expected, notification.State);
        Assert.Equal(expected == NotificationState.Skipped ? NotificationReason.Late : null, notification.Reason);
    }

    [Fact]
    public async Task Sends_what_a_weekend_without_power_left_only_if_it_still_helps()
    {
        await TestHub.Lay(NewEmail("friday's reminder", ReminderNotifications.OfEvent, notAfter: Due + Duration.FromHours(6)),
            NewEmail("confirmation"));

        TestHub.Clock.AdvanceHours(60);
        await Deliver();

        Assert.Equal(NotificationReason.Late, (await Find("friday's reminder")).Reason);
        Assert.Equal(NotificationState.Sent, (await Find("confirmation")).State);
    }

    [Fact]
    public async Task Looks_at_the_world_again_before_an_email_leaves()
    {
        await TestHub.Lay(NewEmail("true"), NewEmail("untrue", ReminderNotifications.OfEvent));

        await Deliver();

        var notification = await Find("untrue");
        Assert.Equal((NotificationState.Skipped, NotificationReason.Moved), (notification.State, notification.Reason));
        Assert.Equal("true", Assert.Single(TestHub.Sender.Taken).Purpose);
    }

    [Theory]
    [InlineData("booking_confirmed", "1 5 15 60 240 720 1440")]
    [InlineData("booking_reminder", "1 5 15 60 180 180 180 180 180 180 180 180 180 180 180 180 180 180 180")]
    public async Task Comes_back_after_ever_longer_waits_that_differ_a_little_and_gives_up_in_the_end(string type, string minutes)
    {
        await TestHub.Lay(NewEmail("email", NotificationType.Of(type)));
        TestHub.Sender.Answer = _ => new(SendResult.Later, "451 Please try again later");

        var waits = new List<double>();
        while (await Deliver() == 0 && await Find("email") is { State: NotificationState.Retry } waiting)
        {
            waits.Add((waiting.NextAttemptAt - TestHub.Clock.GetCurrentInstant()).TotalMinutes);
            TestHub.Clock.Reset(waiting.NextAttemptAt);
        }

        var expected = minutes.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var notification = await Find("email");
        Assert.Equal(expected.Count, waits.Count);
        Assert.All(expected.Zip(waits), pair => Assert.InRange(pair.Second, pair.First, pair.First * 1.2));
        Assert.Contains(expected.Zip(waits), pair => pair.Second > pair.First);
        Assert.Equal((NotificationState.Failed, NotificationReason.GaveUp, expected.Count + 1),
            (notification.State, notification.Reason, notification.Attempts));
        Assert.Equal("451 Please try again later", notification.SmtpReply);
    }

    [Fact]
    public async Task A_reminder_is_not_tried_beyond_its_last_moment()
    {
        await TestHub.Lay(NewEmail("reminder", BookingNotifications.Reminder, notAfter: Due + Duration.FromMinutes(3)));
        TestHub.Sender.Answer = _ => new(SendResult.Later, "451 Please try again later");

        await Deliver();
        TestHub.Clock.AdvanceSeconds(75);
        await Deliver();
        TestHub.Clock.AdvanceMinutes(6);
        await Deliver();

        var notification = await Find("reminder");
        Assert.Equal((NotificationState.Skipped, NotificationReason.Late, 2),
            (notification.State, notification.Reason, notification.Attempts));
    }

    [Fact]
    public async Task Does_not_try_again_what_is_refused_for_good_and_goes_on_with_the_others()
    {
        await TestHub.Lay(NewEmail("a"), NewEmail("refused"), NewEmail("z"));
        TestHub.Sender.Answer = notification =>
            notification.Purpose == "refused" ? new(SendResult.Never, "550 No such mailbox") : new(SendResult.Taken, "250 OK");

        await Deliver();
        TestHub.Clock.AdvanceHours(24);
        await Deliver();

        var notification = await Find("refused");
        Assert.Equal((NotificationState.Failed, NotificationReason.Refused, 1),
            (notification.State, notification.Reason, notification.Attempts));
        Assert.Equal(2, TestHub.Sender.Taken.Count);
    }

    [Fact]
    public async Task Goes_on_when_writing_one_email_throws()
    {
        await TestHub.Lay(NewEmail("a"), NewEmail("broken"), NewEmail("z"));
        TestHub.Sender.Answer = notification =>
            notification.Purpose == "broken" ? throw new InvalidOperationException("a bug") : new(SendResult.Taken, "250 OK");

        var sent = await Deliver();

        Assert.Equal(2, sent);
        Assert.Equal((NotificationState.Retry, (NotificationReason?)NotificationReason.Unknown), StateAndReason(await Find("broken")));
    }

    [Theory]
    [InlineData(SendResult.RelayAway)]
    [InlineData(SendResult.RelayRefuses)]
    public async Task Burns_no_attempt_and_asks_no_more_while_the_relay_is_gone(SendResult gone)
    {
        await TestHub.Lay([.. Enumerable.Range(0, 50).Select(i => NewEmail($"email {i}"))]);
        var asked = 0;
        TestHub.Sender.Answer = _ =>
        {
            Interlocked.Increment(ref asked);
            return new(gone, "535 Authentication failed");
        };

        var sent = await Deliver();

        Assert.Equal(0, sent);
        Assert.InRange(asked, 1, 4);
        Assert.All(await All(), notification => Assert.Equal((NotificationState.Planned, 0), (notification.State, notification.Attempts)));

        TestHub.Sender.Answer = _ => new(SendResult.Taken, "250 OK");
        TestHub.Clock.AdvanceMinutes(5);
        Assert.Equal(50, await Deliver());
    }

    [Fact]
    public async Task Takes_up_an_old_claim_of_a_dead_worker_and_sends_it_once()
    {
        await TestHub.Lay(InHand("email", NotificationState.Leased, Duration.FromMinutes(2)));

        Assert.Equal(0, await Deliver());
        TestHub.Clock.AdvanceSeconds(1);
        Assert.Equal(1, await Deliver());
        Assert.Equal(NotificationState.Sent, (await Find("email")).State);
    }

    [Theory]
    [InlineData("booking_confirmed")]
    [InlineData("event_reminder")]
    public async Task Sends_once_more_what_a_worker_died_over_so_that_nobody_misses_it(string type)
    {
        await TestHub.Lay(InHand("email", NotificationState.Sending, Duration.FromMinutes(10), NotificationType.Of(type)));

        Assert.Equal(0, await Deliver());
        TestHub.Clock.AdvanceSeconds(1);
        Assert.Equal(1, await Deliver());

        var notification = await Find("email");
        Assert.Equal((NotificationState.Sent, 1), (notification.State, notification.UncertainCount));
        Assert.NotNull(notification.UncertainAt);
    }

    [Fact]
    public async Task Sends_no_email_a_third_time_that_one_process_after_the_other_died_over()
    {
        var poison = InHand("email", NotificationState.Sending, Duration.FromMinutes(11));
        poison.UncertainCount = 1;
        await TestHub.Lay(poison);

        Assert.Equal(0, await Deliver());

        Assert.Equal((NotificationState.Failed, (NotificationReason?)NotificationReason.Unknown), StateAndReason(await Find("email")));
    }

    // The clock of the machine is set ahead: leases look expired.
    [Fact]
    public async Task Sends_an_email_once_though_the_clock_jumps_ahead_while_it_leaves()
    {
        await TestHub.Lay(NewEmail("reminder", ReminderNotifications.OfEvent), NewEmail("confirmation"));
        TestHub.Sender.WhileItLeaves = async _ =>
        {
            TestHub.Sender.WhileItLeaves = null;
            TestHub.Clock.AdvanceHours(1);
            await Deliver();
        };

        await Deliver();
        TestHub.Clock.AdvanceHours(1);
        await Deliver();

        Assert.Equal(["confirmation", "reminder"],
            TestHub.Sender.Taken.Select(notification => notification.Purpose).Order(StringComparer.Ordinal));
        Assert.All([await Find("reminder"), await Find("confirmation")],
            notification => Assert.Equal((NotificationState.Sent, 0), (notification.State, notification.UncertainCount)));
    }

    [Fact]
    public async Task A_refusal_of_the_reader_is_counted_against_the_address_and_one_of_the_email_is_not()
    {
        await TestHub.Lay(NewEmail("no such reader", to: "gone@example.org"), NewEmail("no such email", to: "ada@example.org"));
        TestHub.Sender.Answer = notification => notification.Purpose == "no such reader"
            ? new(SendResult.RecipientRejected, "550 5.1.1 No such mailbox")
            : new(SendResult.Never, "554 5.6.0 Message content rejected");

        await Deliver();

        var suppressed = await TestHub.Read(db => db.Suppressions.AsNoTracking().ToListAsync(Stop));
        Assert.Equal("GONE@EXAMPLE.ORG", Assert.Single(suppressed).NormalizedEmail);
        Assert.All(await All(), notification =>
            Assert.Equal((NotificationState.Failed, (NotificationReason?)NotificationReason.Refused), StateAndReason(notification)));
    }

    [Fact]
    public async Task Sends_a_service_email_again_when_the_line_broke_before_the_answer_but_only_once()
    {
        await TestHub.Lay(NewEmail("email", BookingNotifications.Confirmed));
        TestHub.Sender.Answer = _ => new(SendResult.Unknown, "the line broke");

        await Deliver();
        var uncertain = await Find("email");
        TestHub.Clock.AdvanceMinutes(1);
        await Deliver();
        var final = await Find("email");

        Assert.Equal((NotificationState.Retry, (NotificationReason?)NotificationReason.Unknown), StateAndReason(uncertain));
        Assert.Equal((NotificationState.Failed, (NotificationReason?)NotificationReason.Unknown), StateAndReason(final));
    }

    [Theory]
    [InlineData("booking_reminder")]
    [InlineData("event_reminder")]
    public async Task Does_not_send_a_reminder_again_when_the_line_broke_before_the_answer(string type)
    {
        await TestHub.Lay(NewEmail("email", NotificationType.Of(type)));
        TestHub.Sender.Answer = _ => new(SendResult.Unknown, "the line broke");

        await Deliver();

        Assert.Equal((NotificationState.Failed, (NotificationReason?)NotificationReason.Unknown), StateAndReason(await Find("email")));
    }

    [Fact]
    public async Task Drops_an_email_withdrawn_while_it_was_leased()
    {
        await TestHub.Lay(NewEmail("withdrawn in hand"));

        var sent = await Deliver();

        Assert.Equal(0, sent);
        Assert.Equal((NotificationState.Cancelled, (NotificationReason?)NotificationReason.Undone),
            StateAndReason(await Find("withdrawn in hand")));
    }

    [Fact]
    public async Task What_is_withdrawn_before_it_is_sent_never_leaves_however_close_the_race()
    {
        await TestHub.Lay([.. Enumerable.Range(0, 200).Select(i => NewEmail($"email {i}"))]);
        var deliver = Task.Run(async () => await Deliver() + await Deliver());

        var withdrawn = new List<string>();
        foreach (var number in Enumerable.Range(0, 200).OrderByDescending(i => i))
        {
            if (await TestHub.Read(db => db.Notifications.Where(notification => notification.Purpose == $"email {number}")
                .Withdraw(NotificationReason.Undone, Stop)) == 1)
                withdrawn.Add($"email {number}");
        }

        var sent = await deliver;

        Assert.Empty(TestHub.Sender.Taken.Select(notification => notification.Purpose).Intersect(withdrawn));
        Assert.Equal(200, sent + withdrawn.Count);
        Assert.All(await All(),
            notification => Assert.Contains(notification.State, new[] { NotificationState.Sent, NotificationState.Cancelled }));
    }

    [Theory]
    [InlineData(NotificationState.Planned, 1)]
    [InlineData(NotificationState.Retry, 1)]
    [InlineData(NotificationState.Leased, 1)]
    [InlineData(NotificationState.Sending, 0)]
    [InlineData(NotificationState.Sent, 0)]
    public async Task An_email_can_be_withdrawn_until_it_begins_to_leave(NotificationState state, int withdrawn)
    {
        await TestHub.Lay(InHand("email", state, Duration.Zero));

        var count = await TestHub.Read(db => db.Notifications.Withdraw(NotificationReason.Undone, Stop));

        Assert.Equal(withdrawn, count);
    }

    [Fact]
    public async Task Knows_when_the_next_email_is_due()
    {
        Assert.Null(await TestHub.Read(db => db.Notifications.NextDue(Due, Stop)));
        await TestHub.Lay(NewEmail("now"), NewEmail("later", due: Due + Duration.FromHours(1)),
            NewEmail("soon", due: Due + Duration.FromSeconds(10)));

        var next = await TestHub.Read(db => db.Notifications.NextDue(Due, Stop));

        Assert.Equal(Due + Duration.FromSeconds(10), next);
    }

    protected override void ConfigureServices(IServiceCollection services) => services
        .RemoveAll<INotificationCheck>()
        .AddScoped<INotificationCheck, MovedCheck>()
        .AddScoped<INotificationCheck, WithdrawingCheck>();

    private async Task<int> Deliver() => await TestHub.Get<DeliverNotifications>().Run(Stop);

    private Task<Notification> Find(string purpose) =>
        TestHub.Read(db => db.Notifications.AsNoTracking().SingleAsync(notification => notification.Purpose == purpose, Stop));

    private Task<List<Notification>> All() => TestHub.Read(db => db.Notifications.AsNoTracking().ToListAsync(Stop));

    private static (NotificationState, NotificationReason?) StateAndReason(Notification notification) =>
        (notification.State, notification.Reason);

    private static Notification NewEmail(
        string purpose, NotificationType? kind = null, Instant? due = null,
        Instant? notAfter = null, string to = "ada@example.org") => new()
        {
            Id = Guid.CreateVersion7(),
            Type = kind ?? RegistrationNotifications.Confirmed,
            SubjectKind = Member.Subject.Name,
            SubjectId = Guid.CreateVersion7(),
            Purpose = purpose,
            RecipientName = PersonName.Of("Ada"),
            RecipientEmail = EmailAddress.Of(to),
            Language = Language.German,
            WrittenAt = Due,
            DueAt = due ?? Due,
            NextAttemptAt = due ?? Due,
            NotAfter = notAfter,
        };

    private static Notification InHand(string purpose, NotificationState state, Duration since, NotificationType? kind = null)
    {
        var notification = NewEmail(purpose, kind);
        (notification.State, notification.LeasedAt) = (state, Due - since);
        return notification;
    }

    /// <summary>Finds whatever is called untrue to be moved.</summary>
    private sealed class MovedCheck : INotificationCheck
    {
        public bool Concerns(NotificationType type) => type == ReminderNotifications.OfEvent;

        public Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
            Task.FromResult<NotificationReason?>(notification.Purpose == "untrue" ? NotificationReason.Moved : null);
    }

    /// <summary>Somebody chooses Undo just when the notification is being checked.</summary>
    private sealed class WithdrawingCheck : INotificationCheck
    {
        public bool Concerns(NotificationType type) => true;

        public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
        {
            if (notification.Purpose == "withdrawn in hand")
                await db.Notifications.Where(row => row.Id == notification.Id).Withdraw(NotificationReason.Undone, stop);
            return null;
        }
    }

    public sealed class OnSqlite(SqliteDatabase database) : DeliverNotificationsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : DeliverNotificationsTests(database), IClassFixture<PostgresDatabase>;
}
