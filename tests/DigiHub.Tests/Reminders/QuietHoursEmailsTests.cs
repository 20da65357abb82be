using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

public abstract class QuietHoursEmailsTests(TestDatabase database) : EventTests(database)
{
    private async Task<Event> WithLise(LocalDateTime start, params ReminderTime[] reminders)
    {
        var evt = await Publish(Draft with { Start = start, Reminders = reminders });
        await RegisterGuest(evt, "Lise");
        await Deliver();
        return evt;
    }

    // Rule 3.
    [Theory]
    [InlineData(8, 30, 2, 7, 0, 6, 30)] // 06:30 is quiet: the morning is early enough
    [InlineData(7, 0, 2, 20, 59, 5, 0)] // 07:00 would be too late: the evening before
    [InlineData(9, 30, 2, 7, 30, null, 0)] // nothing to move
    public async Task A_reminder_due_at_night_leaves_in_the_morning_or_the_evening_before(
        int hour, int minute, int before, int leavesHour, int leavesMinute, int? fromHour, int fromMinute)
    {
        var evt = await WithLise(new(2026, 12, 8, hour, minute), ReminderTime.Hours(before));

        var reminder = (await Notifications(evt, ReminderNotifications.OfEvent)).Single();

        var leaves = At(12, leavesHour > 12 ? 7 : 8, leavesHour, leavesMinute);
        Assert.Equal((leaves, leaves), (reminder.DueAt, reminder.NextAttemptAt));
        Assert.Equal(fromHour is { } from ? At(12, 8, from, fromMinute) : (Instant?)null, reminder.MovedFrom);
        TestHub.Clock.Reset(leaves - Duration.FromMinutes(1));
        Assert.Empty(await Deliver());
        TestHub.Clock.Reset(leaves);
        Assert.Single(await Deliver());
    }

    // Rule 3: the relay was away until the evening, or the settings have changed.
    [Fact]
    public async Task A_reminder_that_comes_late_into_the_night_waits_for_the_morning()
    {
        var evt = await WithLise(Evening, ReminderTime.Days(1, new(20, 50)));
        TestHub.Clock.Reset(At(12, 7, 22));

        Assert.Empty(await Deliver());
        TestHub.Clock.Reset(At(12, 8, 6, 59));
        Assert.Empty(await Deliver());
        TestHub.Clock.Reset(At(12, 8, 7));

        Assert.Equal([ReminderNotifications.OfEvent], (await Deliver()).Select(notification => notification.Type));
        Assert.Equal(At(12, 8, 7), (await Notifications(evt, ReminderNotifications.OfEvent)).Single().SentAt);
    }

    // Rules 3 and 4: rather at an unwelcome hour than not at all, and never too late.
    [Fact]
    public async Task A_reminder_that_cannot_wait_until_the_morning_leaves_at_night()
    {
        await WithLise(new(2026, 12, 7, 23, 0), ReminderTime.Hours(3));
        TestHub.Clock.Reset(At(12, 7, 21, 30));

        Assert.Single(await Deliver());
    }

    [Fact]
    public async Task A_reminder_that_somebody_sends_ahead_at_night_leaves_at_once()
    {
        var evt = await WithLise(new(2026, 12, 7, 18, 0), ReminderTime.Hours(3));
        TestHub.Clock.Reset(At(12, 3, 23));
        var reminder = (await Notifications(evt, ReminderNotifications.OfEvent)).Single();

        await TestHub.Get<SendNow>().Run(reminder.Id, null, Stop);

        Assert.Equal(ReminderNotifications.OfEvent, Assert.Single(await Deliver()).Type);
    }

    [Fact]
    public async Task Who_waits_hears_that_they_stand_by_before_the_night()
    {
        var evt = await WithLise(new(2026, 12, 8, 7, 0));
        await RegisterGuest(evt, "Max");
        await RegisterGuest(evt, "Emmy");

        var standBy = (await Notifications(evt, RegistrationNotifications.StandBy)).Single();

        Assert.Equal((At(12, 7, 7), (Instant?)null), (standBy.DueAt, standBy.MovedFrom)); // a day before is 07:00: open
        Assert.Equal("Emmy", standBy.RecipientName!.Text);
    }

    // Service notifications: confirmations never wait.
    [Fact]
    public async Task A_confirmation_leaves_at_any_hour()
    {
        var evt = await Publish();
        TestHub.Clock.Reset(At(11, 23, 23));
        await RegisterGuest(evt, "Lise");

        Assert.Equal([RegistrationNotifications.Confirmed], (await Deliver()).Select(notification => notification.Type));
    }

    // Rule 3: news that can wait lets people sleep; in the last day before the start it does not wait.
    [Theory]
    [InlineData(11, 30, 22, 0, 12, 1, 7, 0)]
    [InlineData(12, 7, 17, 0, 12, 7, 17, 10)]
    [InlineData(12, 7, 22, 0, 12, 7, 22, 10)]
    [InlineData(12, 8, 13, 0, 12, 8, 13, 0)] // less than six hours: no calm either
    public async Task News_of_a_change_waits_for_the_morning_unless_the_event_starts_within_a_day(
        int month, int day, int hour, int minute, int leavesMonth, int leavesDay, int leavesHour, int leavesMinute)
    {
        var evt = await WithLise(Evening);
        TestHub.Clock.Reset(At(month, day, hour, minute));

        var edited = (await Edit(evt, Draft with { Start = Evening.PlusHours(3), Reminders = [] })).Value;

        Assert.Equal((1, At(leavesMonth, leavesDay, leavesHour, leavesMinute)), (edited.PeopleTold, edited.ToldFrom));
        Assert.Equal(edited.ToldFrom, (await Notifications(evt, EventNotifications.Changed)).Single().DueAt);
    }

    // Rule 15, and rule 3.
    [Theory]
    [InlineData(11, 30, 22, 12, 1, 7, 0)]
    [InlineData(12, 7, 22, 12, 7, 22, 5)]
    public async Task News_that_an_event_is_cancelled_waits_likewise(
        int month, int day, int hour, int leavesMonth, int leavesDay, int leavesHour, int leavesMinute)
    {
        var evt = await WithLise(Evening);
        TestHub.Clock.Reset(At(month, day, hour));

        await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop);

        Assert.Equal(At(leavesMonth, leavesDay, leavesHour, leavesMinute),
            (await Notifications(evt, EventNotifications.Cancelled)).Single().DueAt);
    }

    [Fact]
    public async Task A_bookings_reminder_keeps_the_quiet_hours_too()
    {
        var booking = (await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Spree.Id,
            When = When.Between(new(2026, 12, 8, 8, 0), new(2026, 12, 8, 9, 0)),
            Reminder = ReminderChoice.Minutes(120),
        }, Stop)).Value;

        var reminder = (await TestHub.EmailsOf(booking)).Single(notification => notification.Type == BookingNotifications.Reminder);

        Assert.Equal((At(12, 8, 7), At(12, 8, 6)), (reminder.DueAt, reminder.MovedFrom!.Value));
    }

    public sealed class OnSqlite(SqliteDatabase database) : QuietHoursEmailsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : QuietHoursEmailsTests(database), IClassFixture<PostgresDatabase>;
}
