using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Tests.Notifications;

public abstract class SendNowTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task A_planned_email_leaves_at_once_and_only_once()
    {
        var notification = Planned(NotificationState.Planned);
        await TestHub.Lay(notification);

        var ahead = await TestHub.Get<SendNow>().Run(notification.Id, actorId: null, Stop);
        await TestHub.Get<DeliverNotifications>().Run(Stop);
        TestHub.Clock.AdvanceDays(3);
        await TestHub.Get<DeliverNotifications>().Run(Stop);

        Assert.True(ahead.IsDone);
        Assert.Equal(notification.Id, Assert.Single(TestHub.Sender.Taken).Id);
    }

    // Its mail has the date at which it is due, and spam filters distrust dates in the future.
    [Fact]
    public async Task It_is_due_now()
    {
        var notification = Planned(NotificationState.Planned);
        await TestHub.Lay(notification);

        await TestHub.Get<SendNow>().Run(notification.Id, actorId: null, Stop);

        Assert.Equal(TestHub.Opening, await TestHub.Read(db => db.Notifications.Select(row => row.DueAt).SingleAsync(Stop)));
    }

    [Theory]
    [InlineData(NotificationState.Sent)]
    [InlineData(NotificationState.Cancelled)]
    [InlineData(NotificationState.Skipped)]
    public async Task What_is_not_planned_any_more_stays_as_it_is(NotificationState state)
    {
        var notification = Planned(state);
        await TestHub.Lay(notification);

        var ahead = await TestHub.Get<SendNow>().Run(notification.Id, actorId: null, Stop);

        Assert.Equal("not_found", ahead.Refusal?.Code);
        Assert.Equal(0, TestHub.Signal.Count);
    }

    [Fact]
    public async Task What_is_to_come_shows_the_latest_written_first_and_finds_a_recipient()
    {
        await TestHub.Lay(Planned(NotificationState.Planned, "ada"), Planned(NotificationState.Sent, "bob"),
            Planned(NotificationState.Planned, "grace", laterBy: 1));

        var all = await TestHub.Get<UpcomingNotifications>().Run(null, Stop);
        var ofAda = await TestHub.Get<UpcomingNotifications>().Run(" ADA@example", Stop);

        Assert.Equal(["grace@example.org", "ada@example.org"], all.Select(notification => notification.RecipientEmail!.Shown));
        Assert.Equal("ada@example.org", Assert.Single(ofAda).RecipientEmail!.Shown);
    }

    private static Notification Planned(NotificationState state, string name = "ada", int laterBy = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = MemberNotifications.SignInLink,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = $"test:{name}",
        RecipientName = PersonName.Of(name),
        RecipientEmail = EmailAddress.Of($"{name}@example.org"),
        Language = Language.English,
        WrittenAt = DigiHub.Tests.TestHub.Opening + Duration.FromMinutes(laterBy),
        DueAt = DigiHub.Tests.TestHub.Opening + Duration.FromDays(2),
        NextAttemptAt = DigiHub.Tests.TestHub.Opening + Duration.FromDays(2),
        State = state,
    };

    public sealed class OnSqlite(SqliteDatabase database) : SendNowTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SendNowTests(database), IClassFixture<PostgresDatabase>;
}
