using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Tests.Mail;

public abstract class SuppressionTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task An_address_that_does_not_exist_is_suspended_at_once()
    {
        var suspended = await Refuse("550 5.1.1 User unknown");

        Assert.True(suspended);
        var row = Assert.Single(await TestHub.Read(db => db.Suppressions.AsNoTracking().ToListAsync()));
        Assert.Equal(("ADA@EXAMPLE.ORG", SuppressionScope.Everything, SuppressionReason.HardBounce,
            TestHub.Clock.GetCurrentInstant(), "550 5.1.1 User unknown"),
            (row.NormalizedEmail, row.Scope, row.Reason, row.Since, row.Diagnostic));
    }

    [Fact]
    public async Task Another_refusal_for_good_suspends_it_at_the_third_email_in_thirty_days()
    {
        Assert.False(await Refuse("552 5.2.2 Mailbox full"));
        TestHub.Clock.Advance(BounceRecord.Kept - Duration.FromSeconds(1));
        Assert.False(await Refuse("552 5.2.2 Mailbox full"));
        Assert.True(await Refuse("550 No thanks"));

        Assert.Equal(SuppressionReason.RepeatedBounces, (await TestHub.Read(db => db.Suppressions.AsNoTracking().SingleAsync())).Reason);
    }

    [Fact]
    public async Task Refusals_more_than_thirty_days_apart_do_not_add_up()
    {
        Assert.False(await Refuse("552 5.2.2 Mailbox full"));
        TestHub.Clock.Advance(BounceRecord.Kept);
        Assert.False(await Refuse("552 5.2.2 Mailbox full"));
        Assert.False(await Refuse("552 5.2.2 Mailbox full"));
    }

    [Fact]
    public async Task An_email_counts_once_however_often_its_refusal_is_told()
    {
        var notification = Guid.CreateVersion7();

        for (var i = 0; i < 5; i++)
            Assert.False(await Refuse("552 5.2.2 Mailbox full", notification));
    }

    [Fact]
    public async Task A_policy_against_us_is_not_the_addresss_fault()
    {
        for (var i = 0; i < 5; i++)
            Assert.False(await Refuse("550 5.7.1 Rejected by policy"));
    }

    [Fact]
    public async Task Many_at_once_leave_one_row()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Refuse("550 5.1.1 User unknown"))));

        Assert.Equal(1, await TestHub.Read(db => db.Suppressions.CountAsync()));
    }

    [Theory]
    [InlineData(SuppressionScope.Everything, "booking_confirmed", true)]
    [InlineData(SuppressionScope.Everything, "event_reminder", true)]
    [InlineData(SuppressionScope.Everything, "sign_in_link", false)]
    [InlineData(SuppressionScope.Everything, "address_to_confirm", false)]
    [InlineData(SuppressionScope.Reminders, "booking_confirmed", false)]
    [InlineData(SuppressionScope.Reminders, "event_reminder", true)]
    public async Task Holds_back_what_its_scope_says_and_never_the_way_to_lift_it(SuppressionScope scope, string type, bool kept)
    {
        await Write(db => db.Suppress(EmailAddress.Of("Ada@Example.org "), scope,
            SuppressionReason.ByStaff, TestHub.Clock.GetCurrentInstant(), null, Stop));
        var notification = NewEmail(NotificationType.Of(type));

        var reason = await TestHub.Read(db => Check(NotificationType.Of(type)) is { } check
            ? check.WhyNot(db, notification, notification.DueAt, Stop)
            : Task.FromResult<NotificationReason?>(null));

        Assert.Equal(kept ? NotificationReason.Suppressed : null, reason);
    }

    [Fact]
    public async Task Lifting_it_lets_emails_go_again_and_forgets_what_was_counted()
    {
        for (var i = 0; i < 3; i++)
            await Refuse("552 5.2.2 Mailbox full");

        Assert.True(await Write(db => db.LiftSuppression(EmailAddress.Of("ada@example.org"), SuppressionScope.Everything, Stop)));

        Assert.False(await Refuse("552 5.2.2 Mailbox full"));
        Assert.Equal(0, await TestHub.Read(db => db.Suppressions.CountAsync()));
    }

    [Fact]
    public async Task What_a_server_said_is_kept_as_one_bounded_line()
    {
        await Refuse("550 5.1.1 " + new string('x', 297) + "\r\n" + string.Concat(Enumerable.Repeat("🦊", 300)) + "\0");

        Assert.True(
            (await TestHub.Read(db => db.Suppressions.AsNoTracking().SingleAsync())).Diagnostic!.Length <= Suppression.DiagnosticMax);
    }

    private INotificationCheck? Check(NotificationType kind) =>
        TestHub.Get<IEnumerable<INotificationCheck>>().Single(check =>
            check.GetType().Name == "SuppressedCheck") is var check && check.Concerns(kind) ? check : null;

    private Task<bool> Refuse(string reply, Guid? notification = null) =>
        Write(db => db.NoteRefused(notification ?? Guid.CreateVersion7(),
            EmailAddress.Of("ada@example.org"), reply, TestHub.Clock.GetCurrentInstant(), Stop));

    private async Task<T> Write<T>(Func<HubDb, Task<T>> act) =>
        (await TestHub.Get<UnitOfWork>().Run<T>(async db => await act(db), Stop)).Value;

    private Notification NewEmail(NotificationType kind) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = kind,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = "purpose",
        RecipientName = PersonName.Of("Ada"),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        WrittenAt = TestHub.Clock.GetCurrentInstant(),
        DueAt = TestHub.Clock.GetCurrentInstant(),
        NextAttemptAt = TestHub.Clock.GetCurrentInstant(),
    };

    public sealed class OnSqlite(SqliteDatabase database) : SuppressionTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SuppressionTests(database), IClassFixture<PostgresDatabase>;
}
