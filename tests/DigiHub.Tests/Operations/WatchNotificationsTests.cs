using DigiHub.Access;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Operations;

public abstract class WatchNotificationsTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;

    private AlarmOptions options = new();

    protected override void ConfigureServices(IServiceCollection services) => services.AddSingleton<Func<AlarmOptions>>(() => options);

    [Theory]
    [InlineData(300, 0)]
    [InlineData(301, 1)]
    public async Task An_email_overdue_by_more_than_five_minutes_is_an_alarm(int secondsLate, int expected)
    {
        await TestHub.Lay(NewEmail("late", due: Now - Duration.FromSeconds(secondsLate)));

        var raised = await Watch();

        Assert.Equal(expected, raised);
        Assert.Equal(expected, (await Alarms()).Count);
    }

    [Fact]
    public async Task Every_administrator_gets_it_once_however_many_watch()
    {
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Grace, Role.Organiser, Role.Administrator);
        await TestHub.Lay(NewEmail("late", due: Now - Duration.FromMinutes(17)));

        var raised = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Watch)));

        Assert.Equal(1, raised.Sum());
        var alarms = await Alarms();
        Assert.Equal(["alan@example.org", "grace@example.org"],
            alarms.Select(notification => notification.RecipientEmail!.Shown).Order(StringComparer.Ordinal));
        Assert.Equal(new AlarmNote(AlarmCause.NotificationsLate, 17), AlarmNote.Parse(alarms[0].Note));
    }

    [Fact]
    public async Task It_is_raised_again_after_an_hour_but_not_written_again_while_the_first_still_waits()
    {
        await TestHub.Lay(NewEmail("late", due: Now - Duration.FromMinutes(17)));
        await Watch();

        TestHub.Clock.AdvanceMinutes(59);
        var within = await Watch();
        TestHub.Clock.AdvanceMinutes(1);
        var after = await Watch();
        var waiting = (await Alarms()).Count;
        await AlarmsArrive();
        TestHub.Clock.AdvanceHours(1);
        await Watch();

        Assert.Equal((0, 1, 1), (within, after, waiting));
        Assert.Equal(2, (await Alarms()).Count);
    }

    [Fact]
    public async Task A_relay_that_refuses_us_is_an_alarm_at_once_and_one_that_is_away_after_five_minutes()
    {
        var relay = new Relay();
        relay.Pause(RelayTrouble.Away, "connection refused", Now);
        await TestHub.Lay(relay, NewEmail("late", due: Now - Duration.FromMinutes(17)));

        Assert.Equal(0, await Watch());
        TestHub.Clock.AdvanceMinutes(6);
        Assert.Equal(1, await Watch());
        Assert.Equal(new AlarmNote(AlarmCause.RelayPaused, 6, "connection refused"), AlarmNote.Parse((await Alarms()).Single().Note));

        await using var db = TestHub.OpenDb();
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Relays.ExecuteDeleteAsync(Stop);
        var refusing = new Relay();
        TestHub.Clock.AdvanceHours(2);
        refusing.Pause(RelayTrouble.Refuses, "535 no", TestHub.Clock.GetCurrentInstant());
        await TestHub.Lay(refusing);
        Assert.Equal(1, await Watch());
    }

    [Fact]
    public async Task Emails_given_up_or_come_back_are_told_once_a_day_with_their_number()
    {
        var (back, longAgo) = (NewEmail("back", NotificationState.Bounced, Now - Duration.FromDays(3)),
            NewEmail("long ago", NotificationState.Bounced, Now - Duration.FromDays(3)));
        (back.BouncedAt, longAgo.BouncedAt) = (Now, Now - Duration.FromDays(2));
        await TestHub.Lay(NewEmail("a", NotificationState.Failed), NewEmail("b", NotificationState.Failed),
            NewEmail("old", NotificationState.Failed, Now - Duration.FromDays(2)), back, longAgo);

        var first = await Watch();
        await AlarmsArrive();
        TestHub.Clock.AdvanceHours(23);
        var sameDay = await Watch();

        Assert.Equal((1, 0), (first, sameDay));
        Assert.Equal(new AlarmNote(AlarmCause.FailedNotifications, 3), AlarmNote.Parse((await Alarms()).Single().Note));
    }

    [Theory]
    [InlineData(true, 30, 0)]
    [InlineData(true, 31, 1)]
    [InlineData(false, 31, 0)]
    public async Task A_mailbox_of_returned_mail_that_cannot_be_read_for_half_an_hour_is_an_alarm(bool isRead, int minutes, int expected)
    {
        options = new AlarmOptions { ReadsInbound = isRead };
        await TestHub.DisposeAsync();
        await InitializeAsync();
        var note = TestHub.Get<NoteReading>();
        await note.Run(null, Stop);
        await note.Run("AuthenticationException: no", Stop);
        TestHub.Clock.AdvanceMinutes(minutes);
        await note.Run("AuthenticationException: no", Stop); // the latest does not make it younger

        Assert.Equal(expected, await Watch());
        if (expected == 1)
            Assert.Equal(new AlarmNote(AlarmCause.InboundUnread, 31, "AuthenticationException: no"),
                AlarmNote.Parse((await Alarms()).Single().Note));

        await AlarmsArrive();
        await note.Run(null, Stop);
        TestHub.Clock.AdvanceHours(48);
        Assert.Equal(0, await Watch());
    }

    [Fact]
    public async Task All_is_quiet_when_all_is_well()
    {
        await TestHub.Lay(NewEmail("sent", NotificationState.Sent), NewEmail("to come", due: Now + Duration.FromDays(2)));

        Assert.Equal(0, await Watch());
    }

    private Task<int> Watch() => TestHub.Get<WatchNotifications>().Run(Stop);

    private Task<int> AlarmsArrive() =>
        TestHub.Read(db => db.Notifications.Where(notification => notification.Type == OperationsNotifications.Alarm)
            .ExecuteUpdateAsync(row => row.SetProperty(notification => notification.State, NotificationState.Sent), Stop));

    private Task<List<Notification>> Alarms() => TestHub.Read(db => db.Notifications.Where(notification =>
        notification.Type == OperationsNotifications.Alarm).OrderBy(notification => notification.Id).ToListAsync(Stop));

    private static Notification NewEmail(string purpose, NotificationState state = NotificationState.Planned, Instant? due = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = MemberNotifications.SignInLink,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = purpose,
        RecipientName = PersonName.Of("Ada"),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        WrittenAt = Now,
        DueAt = due ?? Now,
        NextAttemptAt = due ?? Now,
        State = state,
    };

    public sealed class OnSqlite(SqliteDatabase database) : WatchNotificationsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WatchNotificationsTests(database), IClassFixture<PostgresDatabase>;
}
