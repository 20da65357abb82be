using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

public abstract class ScheduleRemindersTests(TestDatabase database) : EventTests(database)
{
    private async Task<(Event Hosted, Registration Lise)> WithLise(EventDraft? draft = null)
    {
        var evt = await Publish(draft);
        await RegisterGuest(evt, "Lise");
        return (evt, await Row(evt, "Lise"));
    }

    private async Task<NotificationReason?> Fate(Notification notification) =>
        (await TestHub.Read(db => db.Notifications.AsNoTracking().SingleAsync(one => one.Id == notification.Id, Stop))).Reason;

    // Rule 2.
    [Fact]
    public async Task By_default_a_week_and_a_day_before_at_nine_and_two_hours_before()
    {
        var (evt, lise) = await WithLise();

        Assert.Equal([At(12, 1, 9), At(12, 7, 9), At(12, 8, 16)], await RemindersDue(evt, lise));
    }

    // Rules 1 and 2: the clocks go forward on 28 March 2027 and back on 31 October 2027; 02:30 is skipped once and comes twice once.
    [Theory]
    [InlineData("2027-03-29T10:00", 1, 2, "2027-03-28T01:30Z")] // 02:30 does not exist: 03:30, which is 01:30 UTC
    [InlineData("2027-03-28T10:00", 1, 2, "2027-03-27T01:30Z")]
    [InlineData("2027-11-01T10:00", 1, 2, "2027-10-31T00:30Z")] // 02:30 comes twice: the earlier
    [InlineData("2027-03-29T10:00", 1, 9, "2027-03-28T07:30Z")] // half past nine, before and after
    [InlineData("2027-03-28T10:00", 1, 9, "2027-03-27T08:30Z")]
    public async Task Days_are_counted_on_the_sites_calendar_whatever_the_clocks_do(string start, int days, int hour, string due)
    {
        var (evt, lise) = await WithLise(Draft with { Start = Local(start), Reminders = [ReminderTime.Days(days, new(hour, 30))] });

        Assert.Equal([Utc(due)], await RemindersDue(evt, lise));
    }

    // Rules 1 and 2.
    [Theory]
    [InlineData("2027-03-28T04:00", 2, "2027-03-28T00:00Z")] // 01:00 local: two elapsed hours
    [InlineData("2027-10-31T04:00", 2, "2027-10-31T01:00Z")]
    [InlineData("2027-10-31T03:00", 24, "2027-10-30T02:00Z")] // 04:00 the day before
    public async Task Hours_are_counted_as_they_pass(string start, int hours, string due)
    {
        var (evt, lise) = await WithLise(Draft with { Start = Local(start), Reminders = [ReminderTime.Hours(hours)] });

        Assert.Equal([Utc(due)], await RemindersDue(evt, lise));
    }

    // Rule 4.
    [Fact]
    public async Task Must_not_leave_later_than_a_day_or_six_hours_after_they_were_due_nor_after_the_start()
    {
        var (evt, _) = await WithLise(Draft with
        { Reminders = [DaysBefore(7), DaysBefore(1, hour: 20), ReminderTime.Hours(10), ReminderTime.Hours(2)] });

        Assert.Equal(
            [(At(12, 1, 9), At(12, 2, 9)), (At(12, 7, 20), At(12, 8, 18)), (At(12, 8, 8), At(12, 8, 14)), (At(12, 8, 16), At(12, 8, 18))],
            (await Notifications(evt, ReminderNotifications.OfEvent)).Select(notification =>
                (notification.DueAt, notification.NotAfter!.Value)));
    }

    // Rule 4: the hub was down over the weekend.
    [Fact]
    public async Task A_hub_that_comes_back_late_sends_no_stale_reminder()
    {
        var (evt, _) = await WithLise();
        await Deliver();
        TestHub.Clock.Reset(At(12, 8, 10));

        Assert.Empty(await Deliver());

        Assert.Equal([NotificationReason.Late, NotificationReason.Late], (await Notifications(evt,
            ReminderNotifications.OfEvent, NotificationState.Skipped)).Select(notification => notification.Reason));
        TestHub.Clock.Reset(At(12, 8, 16));
        Assert.Single(await Deliver());
    }

    // Rule 19.
    [Theory]
    [InlineData(11, 30, 9, 3, null)]
    [InlineData(12, 1, 7, 2, RegistrationNote.StandsInForReminder)] // two hours before the first: it is left out, the confirmation says it
    [InlineData(12, 1, 6, 3, null)]
    [InlineData(12, 1, 10, 2, RegistrationNote.StandsInForReminder)] // an hour after the first
    [InlineData(12, 2, 9, 2, null)] // a day after the first
    [InlineData(12, 8, 15, 0, RegistrationNote.StandsInForReminder)]
    public async Task Late_comers_get_what_is_ahead_and_a_confirmation_that_stands_in_for_the_nearest(
        int month, int day, int hour, int armed, string? note)
    {
        var evt = await Publish();
        TestHub.Clock.Reset(At(month, day, hour, hour == 7 ? 1 : 0));

        await RegisterGuest(evt, "Lise");

        Assert.Equal(armed, (await RemindersDue(evt, await Row(evt, "Lise"))).Count);
        Assert.Equal(note, (await Notifications(evt, RegistrationNotifications.Confirmed)).Single().Note);
    }

    // Rule 22.
    [Fact]
    public async Task Who_waits_gets_no_reminder_but_hears_the_day_before_that_they_stand_by()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        await Deliver();
        var max = new List<(NotificationType, Instant)>();

        foreach (var when in new[] { At(12, 1, 9), At(12, 7, 9), At(12, 7, 18), At(12, 8, 16) })
        {
            TestHub.Clock.Reset(when);
            max.AddRange((await Deliver()).Where(notification => notification.RecipientName!.Text == "Max")
                .Select(notification => (notification.Type, when)));
        }

        Assert.Equal([(RegistrationNotifications.StandBy, At(12, 7, 18))], max);
    }

    // Rule 22, and "reminder to wait-listed" among the bugs of the field.
    [Fact]
    public async Task Who_is_promoted_gets_the_reminders_and_no_word_of_standing_by()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        await CancelAsGrace(await Row(evt, "Lise"));

        Assert.Equal(3, (await RemindersDue(evt, await Row(evt, "Max"))).Count);
        Assert.Empty(await Notifications(evt, RegistrationNotifications.StandBy, NotificationState.Planned));
    }

    // Rule 6: each world that changed behind the notification's back.
    [Theory]
    [InlineData(NotificationReason.EventCancelled)]
    [InlineData(NotificationReason.Moved)]
    [InlineData(NotificationReason.Waiting)]
    [InlineData(NotificationReason.NotRegistered)]
    [InlineData(NotificationReason.Unwanted)]
    public async Task Is_looked_at_again_when_due_and_skipped_when_it_is_no_longer_true(NotificationReason reason)
    {
        var (evt, _) = await WithLise(Draft with { Reminders = [DaysBefore(1)] });
        await Deliver();
        var reminder = (await Notifications(evt, ReminderNotifications.OfEvent)).Single();
        await TestHub.Read<int>(reason switch
        {
            NotificationReason.EventCancelled =>
                db => db.Events.ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, EventStatus.Cancelled), Stop),
            NotificationReason.Moved => db => db.Events.ExecuteUpdateAsync(set => set.SetProperty(one => one.Start, At(12, 8, 19)), Stop),
            NotificationReason.Waiting =>
                db => db.Registrations.ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, RegistrationStatus.Waiting), Stop),
            NotificationReason.NotRegistered =>
                db => db.Registrations.ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, RegistrationStatus.Cancelled), Stop),
            _ => db => db.Registrations.ExecuteUpdateAsync(set => set.SetProperty(one => one.WantsReminders, false), Stop),
        });
        TestHub.Clock.Reset(At(12, 7, 9));

        Assert.Empty(await Deliver());
        Assert.Equal(reason, await Fate(reminder));
    }

    // Rule 6.
    [Fact]
    public async Task A_member_who_wants_no_reminders_at_all_gets_none_but_the_rest()
    {
        var evt = await Publish();
        await Register(evt, Cast.Ada.Id);
        await TestHub.Get<StopReminders>().ForMember(Cast.Ada.Id, wanted: false, Stop);

        Assert.Equal([RegistrationNotifications.Confirmed], (await Deliver()).Select(notification => notification.Type));
        TestHub.Clock.Reset(At(12, 7, 9));
        Assert.Empty(await Deliver());
    }

    [Fact]
    public async Task The_link_in_a_reminder_stops_them_and_starts_them_again()
    {
        var (evt, lise) = await WithLise();
        var stop = TestHub.Get<StopReminders>();
        var token = await TokenSigner(TokenPurpose.Unsubscribe, lise.Id);

        Assert.NotNull(await stop.Look(token, Stop)); // looking changes nothing
        Assert.Equal(3, (await RemindersDue(evt, lise)).Count);
        await stop.ByLink(token, Stop);
        await stop.ByLink(token, Stop);
        Assert.Empty(await RemindersDue(evt, lise));
        TestHub.Clock.Reset(At(12, 2, 9));
        await stop.Resume(token, Stop);

        Assert.Equal([At(12, 7, 9), At(12, 8, 16)], await RemindersDue(evt, lise));
        Assert.Equal("not_found", (await stop.ByLink(await TokenSigner(TokenPurpose.Ticket, lise.Id), Stop)).Refusal?.Code);
    }

    // "30 mails from join/leave flapping" among the bugs of the field.
    [Fact]
    public async Task Coming_and_going_leaves_each_reminder_planned_once()
    {
        var (evt, lise) = await WithLise();
        for (var i = 0; i < 5; i++)
        {
            await CancelAsGrace(lise);
            await RegisterGuest(evt, "Lise");
        }

        Assert.Equal([At(12, 1, 9), At(12, 7, 9), At(12, 8, 16)], await RemindersDue(evt, lise));
        Assert.Equal(3, (await Notifications(evt, ReminderNotifications.OfEvent)).Count);
    }

    private static LocalDateTime Local(string text) =>
        NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value;

    private static Instant Utc(string text) =>
        NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'").Parse(text).Value;

    public sealed class OnSqlite(SqliteDatabase database) : ScheduleRemindersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ScheduleRemindersTests(database), IClassFixture<PostgresDatabase>;
}
