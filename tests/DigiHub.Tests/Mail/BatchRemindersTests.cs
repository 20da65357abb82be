using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Mail;

/// <summary>
/// Rules 8 and 9: at most one reminder-class mail to one address in an hour, which tells of all, and nobody missing or twice.
/// </summary>
public abstract class BatchRemindersTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Due = TestHub.Opening;
    private static int count;

    protected override void ConfigureServices(IServiceCollection services)
    {
        // The reminders here are about nothing: a check of our own says which of them are true.
        foreach (var check in services.Where(service => service.ServiceType == typeof(INotificationCheck)).ToList())
            services.Remove(check);
        services.AddSingleton<INotificationCheck>(new UntrueNotifications());
    }

    [Fact]
    public async Task Those_due_within_the_hour_leave_in_one_mail_that_tells_of_all()
    {
        await Lay(New("a"), New("b", minutes: 0), New("c", minutes: 60), New("d", minutes: 61), New("e", email: "bob@example.org"));

        await Deliver();

        Assert.Equal(["a b c", "e"], Mails.Order(StringComparer.Ordinal));
        Assert.Equal(
            [NotificationState.Sent, NotificationState.Sent, NotificationState.Sent, NotificationState.Planned, NotificationState.Sent],
            await States("a", "b", "c", "d", "e"));
        Assert.Equal((await Find("a")).Id, (await Find("c")).CarriedBy);
        Assert.Equal((await Find("a")).SentAt, (await Find("c")).SentAt);
    }

    [Fact]
    public async Task One_reader_is_one_however_their_address_is_spelled()
    {
        await Lay(New("a"), New("b", email: "Ada@Example.org"), New("c", email: "ADA@EXAMPLE.ORG", minutes: 60));
        await Deliver();
        await Lay(New("d", email: "aDa@example.org", minutes: 10));
        TestHub.Clock.AdvanceMinutes(10);
        await Deliver();

        Assert.Equal(["a b c"], Mails);
        Assert.Equal(["ada@example.org"], TestHub.Sender.Taken.Select(notification => notification.RecipientEmail!.Shown));
        Assert.Equal([NotificationState.Planned], await States("d"));
    }

    [Fact]
    public async Task The_next_waits_until_the_hour_is_over()
    {
        await Lay(New("a"));
        await Deliver();
        await Lay(New("b", minutes: 10));
        TestHub.Clock.AdvanceMinutes(10);
        await Deliver();
        TestHub.Clock.AdvanceMinutes(49);
        await Deliver();
        Assert.Equal(["a"], Mails);
        TestHub.Clock.AdvanceMinutes(1);
        await Deliver();

        Assert.Equal(["a", "b"], Mails);
    }

    // Rather two mails within the hour than one missing.
    [Fact]
    public async Task One_that_would_then_be_too_late_does_not_wait()
    {
        await Lay(New("a"));
        await Deliver();
        await Lay(New("b", minutes: 10, notAfterMinutes: 59));
        TestHub.Clock.AdvanceMinutes(10);

        await Deliver();

        Assert.Equal(["a", "b"], Mails);
    }

    [Fact]
    public async Task Service_emails_neither_wait_nor_go_along()
    {
        await Lay(New("a"), New("confirmation", RegistrationNotifications.Confirmed), New("b", minutes: 30));

        await Deliver();

        Assert.Equal(["a b", "confirmation"], Mails.Order(StringComparer.Ordinal));
    }

    // Rule 6.
    [Fact]
    public async Task Each_is_looked_at_again_as_if_it_left_by_itself()
    {
        await Lay(New("a"), New("b untrue"), New("c", notAfterMinutes: -1), New("d"));

        await Deliver();

        Assert.Equal(["a d"], Mails);
        Assert.Equal(((NotificationReason?)NotificationReason.Gone, (NotificationReason?)NotificationReason.Late),
            ((await Find("b untrue")).Reason, (await Find("c")).Reason));
    }

    [Fact]
    public async Task When_the_first_turns_out_untrue_the_others_leave_without_it()
    {
        await Lay(New("a untrue"), New("b", minutes: 1), New("c", minutes: 2));
        await Deliver();
        TestHub.Clock.AdvanceMinutes(2);

        await Deliver();

        Assert.Equal(["b c"], Mails);
        Assert.Equal(NotificationState.Skipped, (await Find("a untrue")).State);
    }

    [Fact]
    public async Task A_mail_that_the_relay_puts_off_is_tried_again_as_a_whole()
    {
        await Lay(New("a"), New("b"));
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Later, "451 greylisted");
        await Deliver();
        Assert.Equal([NotificationState.Retry, NotificationState.Carried], await States("a", "b"));
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Taken, "250 OK");
        TestHub.Clock.AdvanceMinutes(10);

        await Deliver();

        Assert.Equal(["a b"], Mails);
        Assert.Equal(0, (await Find("b")).Attempts);
    }

    [Fact]
    public async Task A_refused_mail_sets_the_others_free_to_try_for_themselves()
    {
        await Lay(New("a"), New("b"));
        TestHub.Sender.Answer = notification =>
            notification.Purpose == "a" ? new SendReply(SendResult.Never, "554 no") : new SendReply(SendResult.Taken, "250 OK");

        await Deliver();

        Assert.Equal(["b"], Mails);
        Assert.Equal([NotificationState.Failed, NotificationState.Sent], await States("a", "b"));
    }

    // Rule 5: at most once for reminders.
    [Fact]
    public async Task Of_a_mail_of_which_nobody_knows_none_is_sent_again()
    {
        await Lay(New("a"), New("b"));
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Unknown, "cut");
        await Deliver();
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Taken, "250 OK");
        TestHub.Clock.AdvanceHours(2);
        await Deliver();

        Assert.Empty(Mails);
        Assert.All([await Find("a"), await Find("b")], notification =>
            Assert.Equal((NotificationState.Failed, NotificationReason.Unknown), (notification.State, notification.Reason)));
    }

    [Fact]
    public async Task Withdrawing_the_first_sets_the_others_free_and_withdrawing_another_takes_it_out()
    {
        await Lay(New("a"), New("b"), New("c"), New("d"));
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Later, "451 greylisted");
        await Deliver();
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Taken, "250 OK");
        await TestHub.Read(db => db.Notifications.Where(notification => notification.Purpose == "a" || notification.Purpose == "c")
            .Withdraw(NotificationReason.Cancelled, Stop));

        await Deliver();

        Assert.Equal(["b d"], Mails);
        Assert.Equal([NotificationState.Cancelled, NotificationState.Cancelled], await States("a", "c"));
    }

    // The process died between leasing and sending: nothing has left.
    [Fact]
    public async Task What_a_dead_worker_had_leased_leaves_as_a_whole()
    {
        await Lay(New("a"), New("b"));
        await TestHub.Get<LeaseNotifications>().Run(100, onTrial: false, Stop);
        Assert.Equal([NotificationState.Leased, NotificationState.Carried], await States("a", "b"));
        TestHub.Clock.AdvanceMinutes(11);

        await Deliver();

        Assert.Equal(["a b"], Mails);
    }

    // It died while sending: the same mail goes once more, with the same notifications inside, whatever is due by then.
    [Fact]
    public async Task What_a_dead_worker_was_sending_goes_once_more_as_it_was()
    {
        await Lay(New("a"), New("b"));
        TestHub.Sender.Answer = _ => throw new InvalidOperationException("killed");
        await TestHub.Get<LeaseNotifications>().Run(100, onTrial: false, Stop);
        var sending = Due;
        await TestHub.Read(db => db.Notifications.ExecuteUpdateAsync(set => set
            .SetProperty(notification => notification.State, NotificationState.Sending)
            .SetProperty(notification => notification.LeasedAt, sending), Stop));
        await Lay(New("c"));
        TestHub.Sender.Answer = _ => new SendReply(SendResult.Taken, "250 OK");
        TestHub.Clock.AdvanceMinutes(11);
        await Deliver();
        TestHub.Clock.AdvanceHours(2);
        await Deliver();

        Assert.Equal(["a b", "c"], Mails);
        Assert.Equal([NotificationState.Sent, NotificationState.Sent, NotificationState.Sent], await States("a", "b", "c"));
    }

    // One of them was withdrawn after the mail was written and before it left.
    [Fact]
    public async Task A_mail_that_carries_an_email_withdrawn_meanwhile_is_rewritten()
    {
        await Lay(New("a"), New("b"), New("c"));
        TestHub.Sender.BeforeItLeaves = async notification =>
        {
            TestHub.Sender.BeforeItLeaves = null;
            await TestHub.Read(db => db.Notifications.Where(other => other.Purpose == "b").Withdraw(NotificationReason.Cancelled, Stop));
        };

        await Deliver();

        Assert.Equal(["a c"], Mails);
        Assert.Equal(NotificationState.Cancelled, (await Find("b")).State);
    }

    [Fact]
    public async Task Workers_at_the_same_time_send_each_address_one_mail_and_miss_nobody()
    {
        const int addresses = 40, each = 5;
        await TestHub.Lay([.. Enumerable.Range(0, addresses * each)
            .Select(i => New($"{i}", email: $"reader{i % addresses}@example.org", minutes: i % 50))]);
        TestHub.Clock.AdvanceMinutes(50);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Deliver)));

        Assert.Equal(addresses, TestHub.Sender.Taken.Count);
        Assert.Equal(addresses, TestHub.Sender.Taken.Select(notification => notification.RecipientEmail!.Shown).Distinct().Count());
        Assert.Equal(addresses * each, TestHub.Sender.Taken.SelectMany(notification => (notification.Carries ?? []).Prepend(notification))
            .Select(notification => notification.Id).Distinct().Count());
        Assert.Equal(addresses * each,
            await TestHub.Read(db => db.Notifications.CountAsync(notification => notification.State == NotificationState.Sent, Stop)));
    }

    [Fact]
    public async Task A_mail_has_a_length()
    {
        await TestHub.Lay([.. Enumerable.Range(0, 25).Select(i => New($"{i:00}"))]);
        for (var hour = 0; hour < 3; hour++)
        {
            await Deliver();
            TestHub.Clock.AdvanceHours(1);
        }

        Assert.Equal([10, 10, 5], TestHub.Sender.Taken.Select(notification => notification.Carries!.Count + 1));
    }

    private IEnumerable<string> Mails =>
        TestHub.Sender.Taken.Select(notification => string.Join(' ', (notification.Carries ?? []).Prepend(notification)
            .Select(told => told.Purpose).Order(StringComparer.Ordinal)));

    private Task Lay(params Notification[] notifications) => TestHub.Lay([.. notifications]);

    private Task<int> Deliver() => TestHub.Get<DeliverNotifications>().Run(Stop);

    private Task<Notification> Find(string purpose) =>
        TestHub.Read(db => db.Notifications.AsNoTracking().SingleAsync(notification => notification.Purpose == purpose, Stop));

    private async Task<List<NotificationState>> States(params string[] purposes)
    {
        var notifications =
            await TestHub.Read(db => db.Notifications.AsNoTracking().ToDictionaryAsync(notification => notification.Purpose, Stop));
        return [.. purposes.Select(purpose => notifications[purpose].State)];
    }

    private static Notification New(
        string purpose, NotificationType? kind = null, string email = "ada@example.org", int minutes = 0, int notAfterMinutes = 24 * 60)
    {
        var due = Due + Duration.FromMinutes(minutes);
        return new()
        {
            Id = new Guid(Interlocked.Increment(ref count), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), // in the order they are made
            Type = kind ?? ReminderNotifications.OfEvent,
            SubjectKind = Member.Subject.Name,
            SubjectId = Guid.CreateVersion7(),
            Purpose = purpose,
            RecipientName = PersonName.Of("Reader"),
            RecipientEmail = EmailAddress.Of(email),
            Language = Language.German,
            WrittenAt = Due,
            DueAt = due,
            NextAttemptAt = due,
            NotAfter = Due + Duration.FromMinutes(notAfterMinutes),
        };
    }

    private sealed class UntrueNotifications : INotificationCheck
    {
        public bool Concerns(NotificationType type) => true;

        public Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
            Task.FromResult<NotificationReason?>(
                notification.Purpose.EndsWith("untrue", StringComparison.Ordinal) ? NotificationReason.Gone : null);
    }

    public sealed class OnSqlite(SqliteDatabase database) : BatchRemindersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : BatchRemindersTests(database), IClassFixture<PostgresDatabase>;
}
