using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Time;

namespace DigiHub.Tests.Notifications;

public abstract class OutboxTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;
    private int written;

    [Fact]
    public async Task Shows_the_latest_written_first_page_by_page_and_each_once()
    {
        var notifications = Enumerable.Range(0, 7).Select(i => NewEmail($"{i}", writtenAfter: i)).ToArray();
        await TestHub.Lay([.. notifications.OrderBy(notification => notification.Purpose[^1] * 7 % 5)]);

        List<string> seen = [];
        Cursor? after = null;
        do
        {
            var page = await TestHub.Get<Outbox>().Run(new OutboxQuery { Size = 3, After = after }, Stop);
            seen.AddRange(page.Notifications.Select(notification => notification.Purpose));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], seen);
    }

    [Theory]
    [InlineData(NotificationState.Planned, "0123456")]
    [InlineData(NotificationState.Retry, "0123456")]
    [InlineData(NotificationState.Failed, "6543210")]
    [InlineData(NotificationState.Sent, "6543210")]
    public async Task Lists_what_waits_by_when_it_goes_and_what_is_done_the_latest_first(NotificationState state, string order)
    {
        // Written in another order than they go; two at the same moment.
        var notifications = Enumerable.Range(0, 7)
            .Select(i => NewEmail($"{i}", state, dueAfterDays: i < 3 ? i : i - 1, writtenAfter: i is 2 or 3 ? i : 70 - i)).ToArray();
        await TestHub.Lay([.. notifications, NewEmail("other", NotificationState.Cancelled)]);

        var seen = "";
        Cursor? after = null;
        do
        {
            var page = await TestHub.Get<Outbox>().Run(
                new OutboxQuery { States = [state], Size = 2, After = Cursor.Parse(after?.ToString()) }, Stop);
            seen += string.Concat(page.Notifications.Select(notification => notification.Purpose));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(order, seen);
    }

    [Fact]
    public async Task A_whole_address_is_found_in_any_spelling_and_where_it_is_forgotten()
    {
        var old = NewEmail("old", NotificationState.Sent, dueAfterDays: -40);
        await TestHub.Lay(old, NewEmail("new", NotificationState.Sent), NewEmail("other", NotificationState.Sent, name: "Margrace"));
        await TestHub.Get<AnonymiseNotifications>().Run(Stop);

        Assert.Equal(["old", "new"], (await Found(new() { Recipient = "Grace@Example.ORG" })).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["new", "other"], (await Found(new() { Recipient = "grace@" })).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tells_what_was_given_up_within_a_day_by_reason_and_since_when()
    {
        Notification[] failed = [NewEmail("a", NotificationState.Failed), NewEmail("b", NotificationState.Failed),
            NewEmail("c", NotificationState.Failed), NewEmail("old", NotificationState.Failed, dueAfterDays: -2)];
        foreach (var (notification, i) in failed.Select((notification, i) => (notification, i)))
            notification.Reason = i == 0 ? NotificationReason.Unknown : NotificationReason.Refused;
        failed[1].NextAttemptAt = Now - Duration.FromHours(3);
        var back = NewEmail("back", NotificationState.Bounced, dueAfterDays: -4);
        (back.BouncedAt, back.Reason) = (Now - Duration.FromHours(5), NotificationReason.Bounced);
        await TestHub.Lay([.. failed, back]);

        var given = await TestHub.Get<FailedNotifications>().Run(Stop);

        Assert.Equal(
            [
                new GivenUp(NotificationState.Failed, NotificationReason.Refused, 2, Now - Duration.FromHours(3)),
                new GivenUp(NotificationState.Bounced, NotificationReason.Bounced, 1, Now - Duration.FromHours(5)),
                new GivenUp(NotificationState.Failed, NotificationReason.Unknown, 1, Now),
            ],
            given);
    }

    [Fact]
    public async Task Finds_by_state_kind_recipient_event_and_day()
    {
        var eventId = Guid.NewGuid();
        var failed = NewEmail("failed", NotificationState.Failed, name: "Ada");
        failed.Reason = NotificationReason.Refused;
        await TestHub.Lay(
            failed,
            NewEmail("reminder", NotificationState.Sent, ReminderNotifications.OfEvent, "Bob", eventId),
            NewEmail("later", NotificationState.Planned, dueAfterDays: 3));

        Assert.Equal(["failed"], await Found(new() { States = [NotificationState.Failed, NotificationState.Skipped] }));
        Assert.Equal(["reminder"], await Found(new() { Type = ReminderNotifications.OfEvent }));
        Assert.Equal(["failed"], await Found(new() { Reason = NotificationReason.Refused }));
        Assert.Empty(await Found(new() { Reason = NotificationReason.Unknown }));
        Assert.Equal(["failed"], await Found(new() { Recipient = " aDA@EXAMPLE " }));
        Assert.Equal(["reminder"], await Found(new() { Recipient = "BOB" }));
        Assert.Equal(["reminder"], await Found(new() { Among = db => db.Notifications.About(Event.Subject.Of(eventId)) }));
        Assert.Equal(["later"], await Found(new() { DueFrom = Now + Duration.FromDays(3) }));
        Assert.Equal(["failed", "reminder"], (await Found(new() { DueUntil = Now + Duration.FromDays(3) })).Order(StringComparer.Ordinal));
        Assert.Empty(await Found(new() { Recipient = "100%_" }));
    }

    [Fact]
    public async Task Counts_by_state()
    {
        await TestHub.Lay(NewEmail("a", NotificationState.Sent),
            NewEmail("b", NotificationState.Sent), NewEmail("c", NotificationState.Failed));

        var counts = await TestHub.Get<Outbox>().Counts(Stop);

        Assert.Equal(new Dictionary<NotificationState, int> { [NotificationState.Sent] = 2, [NotificationState.Failed] = 1 }, counts);
    }

    [Fact]
    public void Every_state_has_a_name() =>
        Assert.All(Enum.GetValues<NotificationState>(), state => Assert.NotEmpty(state.Words.English + state.Words.German));

    [Fact]
    public async Task Stops_an_email_that_waits_and_says_who_did()
    {
        var notification = NewEmail("a");
        await TestHub.Lay(notification);

        var stopped = await TestHub.Get<CancelNotification>().Run(notification.Id, Cast.Alan.Id, Stop);
        await TestHub.Get<DeliverNotifications>().Run(Stop);

        Assert.True(stopped.IsDone);
        Assert.Empty(TestHub.Sender.Taken);
        var found = await TestHub.Get<Outbox>().Find(notification.Id, Stop);
        Assert.Equal((NotificationState.Cancelled, NotificationReason.WithdrawnByHand),
            (found!.Notification.State, found.Notification.Reason));
        Assert.Equal((Cast.Alan.Id, "email.cancelled"), (found.Acts[0].ActorId, found.Acts[0].Act));
    }

    [Theory]
    [InlineData(NotificationState.Sending)]
    [InlineData(NotificationState.Sent)]
    [InlineData(NotificationState.Failed)]
    public async Task Does_not_stop_what_has_left(NotificationState state)
    {
        var notification = NewEmail("a", state);
        await TestHub.Lay(notification);

        var stopped = await TestHub.Get<CancelNotification>().Run(notification.Id, Cast.Alan.Id, Stop);

        Assert.Equal("email_has_left", stopped.Refusal?.Code);
        Assert.Equal("not_found", (await TestHub.Get<CancelNotification>().Run(Guid.NewGuid(), Cast.Alan.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Sends_an_email_that_was_given_up_once_more_as_if_it_were_new()
    {
        var notification = NewEmail("a", NotificationState.Failed);
        (notification.Attempts, notification.UncertainAt, notification.Reason) =
            (DeliveryPace.AttemptsMax, Now, NotificationReason.Unknown);
        await TestHub.Lay(notification);

        var requeued = await TestHub.Get<RetryNotifications>().One(notification.Id, Cast.Alan.Id, Stop);
        TestHub.Sender.Answer = _ => new(SendResult.Later, "451 Not now");
        await TestHub.Get<DeliverNotifications>().Run(Stop);

        Assert.True(requeued.IsDone);
        Assert.Equal(1, TestHub.Signal.Count);
        var again = (await TestHub.Get<Outbox>().Find(notification.Id, Stop))!.Notification;
        Assert.Equal((NotificationState.Retry, 1, null), (again.State, again.Attempts, again.UncertainAt));
    }

    [Fact]
    public async Task Requeues_only_what_was_given_up_and_can_still_help()
    {
        var sent = NewEmail("sent", NotificationState.Sent);
        var late = NewEmail("late", NotificationState.Failed, notAfterDays: -1);
        var forgotten = NewEmail("forgotten", NotificationState.Failed);
        forgotten.ForgottenAt = Now;
        await TestHub.Lay(sent, late, forgotten);
        var requeue = TestHub.Get<RetryNotifications>();

        Assert.Equal("not_given_up", (await requeue.One(sent.Id, null, Stop)).Refusal?.Code);
        Assert.Equal("too_late", (await requeue.One(late.Id, null, Stop)).Refusal?.Code);
        Assert.Equal("email_anonymised", (await requeue.One(forgotten.Id, null, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await requeue.One(Guid.NewGuid(), null, Stop)).Refusal?.Code);
        Assert.Equal(0, (await requeue.Failed(Now - Duration.FromDays(30), null, Stop)).Value);
    }

    [Fact]
    public async Task Requeues_all_that_were_given_up_since_a_day()
    {
        await TestHub.Lay(
            NewEmail("old", NotificationState.Failed, dueAfterDays: -3),
            NewEmail("new", NotificationState.Failed), NewEmail("newer", NotificationState.Failed),
            NewEmail("sent", NotificationState.Sent));

        var count = await TestHub.Get<RetryNotifications>().Failed(Now - Duration.FromDays(1), Cast.Alan.Id, Stop);
        await TestHub.Get<DeliverNotifications>().Run(Stop);

        Assert.Equal(2, count.Value);
        Assert.Equal(["new", "newer"], TestHub.Sender.Taken.Select(notification => notification.Purpose).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tells_each_attempt_that_failed_with_the_words_of_the_relay()
    {
        var notification = NewEmail("a");
        await TestHub.Lay(notification);
        TestHub.Sender.Answer = _ => new(SendResult.Later, "451 4.7.1 Greylisted");
        await TestHub.Get<DeliverNotifications>().Run(Stop);
        TestHub.Clock.AdvanceHours(1);
        TestHub.Sender.Answer = _ => new(SendResult.Never, "550 5.7.1 Refused");
        await TestHub.Get<DeliverNotifications>().Run(Stop);

        var found = (await TestHub.Get<Outbox>().Find(notification.Id, Stop))!;

        Assert.Equal(NotificationState.Failed, found.Notification.State);
        Assert.Equal([(SendResult.Later, "451 4.7.1 Greylisted"), (SendResult.Never, "550 5.7.1 Refused")],
            found.Attempts.Select(attempt => (attempt.Result, attempt.Reply)));
        Assert.Equal("email.failed", Assert.Single(found.Acts).Act);
    }

    private async Task<IEnumerable<string>> Found(OutboxQuery query) =>
        (await TestHub.Get<Outbox>().Run(query, Stop)).Notifications.Select(notification => notification.Purpose);

    private Notification NewEmail(
        string purpose, NotificationState state = NotificationState.Planned,
        NotificationType? kind = null, string name = "Grace", Guid? eventId = null,
        int dueAfterDays = 0, int? notAfterDays = null, int? writtenAfter = null)
    {
        var at = Now + Duration.FromSeconds(writtenAfter ?? written++);
        return new()
        {
            Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
            Type = kind ?? MemberNotifications.SignInLink,
            Purpose = purpose,
            RecipientName = PersonName.Of(name),
            RecipientEmail = EmailAddress.Of($"{name.ToLowerInvariant()}@example.org"),
            Language = Language.English,
            SubjectKind = Event.Subject.Name,
            SubjectId = eventId ?? Guid.CreateVersion7(),
            WrittenAt = at,
            DueAt = Now + Duration.FromDays(dueAfterDays),
            NextAttemptAt = Now + Duration.FromDays(dueAfterDays),
            NotAfter = notAfterDays is { } days ? Now + Duration.FromDays(days) : null,
            State = state,
        };
    }

    public sealed class OnSqlite(SqliteDatabase database) : OutboxTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OutboxTests(database), IClassFixture<PostgresDatabase>;
}
