using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

public abstract class EventScheduleTests(TestDatabase database) : EventTests(database)
{
    private async Task<ScheduleShown> Shown(Event evt, LocalDateTime? otherStart = null) =>
        (await TestHub.Get<EventSchedule>().Run(evt.Id, Cast.Grace.Id, otherStart, Stop))!;

    private static IEnumerable<(NotificationType, Instant, int)> Rows(ScheduleShown shown) =>
        shown.Notifications.Where(notifications => !notifications.HasPassed)
            .Select(notifications => (notifications.Type, notifications.Leaves, notifications.People));

    [Fact]
    public async Task Tells_when_which_emails_will_leave_and_to_how_many()
    {
        var evt = await Publish();
        foreach (var name in new[] { "Lise", "Max", "Emmy" })
            await RegisterGuest(evt, name);
        await Deliver();

        Assert.Equal(
            [
                (ReminderNotifications.OfEvent, At(12, 1, 9), 2), (ReminderNotifications.OfEvent, At(12, 7, 9), 2),
                (RegistrationNotifications.StandBy, At(12, 7, 18), 1), (ReminderNotifications.OfEvent, At(12, 8, 16), 2),
            ],
            Rows(await Shown(evt)));
    }

    [Fact]
    public async Task Tells_of_a_draft_what_its_rules_will_ask_for()
    {
        var draft = (await Write(Draft with { Start = new(2026, 11, 27, 8, 0), Reminders = [DaysBefore(7), ReminderTime.Hours(2)] })).Value;

        var notifications = (await Shown(draft)).Notifications;

        Assert.Equal([(At(11, 20, 9), true), (At(11, 27, 7), false)], notifications.Select(row => (row.Leaves, row.HasPassed)));
        Assert.Equal(At(11, 27, 6), notifications[1].MovedFrom);
    }

    // The dry run: what the act would do, told before it is done.
    [Theory]
    [InlineData("2026-12-10 18:00")]
    [InlineData("2026-12-08 20:00")]
    [InlineData("2026-11-24 08:30")] // too soon for some of the reminders
    [InlineData("2026-12-08 07:00")] // at night
    public async Task Tells_beforehand_what_a_move_leaves_planned(string start)
    {
        var evt = await Publish();
        foreach (var name in new[] { "Lise", "Max", "Emmy" })
            await RegisterGuest(evt, name);
        await Deliver();
        TestHub.Clock.AdvanceHours(1);
        var to = Time.Berlin.At(start);

        var promised = Rows(await Shown(evt, to)).ToList();
        Assert.Equal(Evening, (await Reread(evt)).StartLocal);
        Assert.True((await Edit(evt, Draft with { Start = to })).IsDone);

        Assert.Equal(promised, Rows(await Shown(evt)));
        Assert.Contains(promised, row => row.Item1 == EventNotifications.Changed && row.Item3 == 3);
    }

    // Rule 11 as well: a reminder that went out is not promised again.
    [Fact]
    public async Task Does_not_promise_again_what_a_short_move_would_not_send_again()
    {
        var evt = await Publish(Draft with { Reminders = [ReminderTime.Hours(2)] });
        await RegisterGuest(evt, "Lise");
        await Deliver();
        TestHub.Clock.Reset(At(12, 8, 16));
        await Deliver();

        Assert.Equal([EventNotifications.Changed],
            Rows(await Shown(evt, Evening.PlusMinutes(30))).Where(row => row.Item3 > 0).Select(row => row.Item1));
    }

    [Fact]
    public async Task Tells_who_reads_it_elsewhere()
    {
        await TestHub.Get<ChooseReminders>().Run(
            new ChooseRemindersRequest(Cast.Ada.Id, true, true, ReminderWish.None, new LocalTime(18, 0)), Stop);
        await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = Cast.Bob.Id,
            SpaceId = Cast.Panke.Id,
            When = When.Between(Evening, Evening.PlusHours(1)),
            Reminder = ReminderChoice.Minutes(90),
        }, Stop);
        var evt = await Publish();
        await Register(evt, Cast.Ada.Id);
        await Register(evt, Cast.Bob.Id);

        var notifications = (await Shown(evt)).Notifications;

        var dayBefore = notifications.Single(row => row.Leaves == At(12, 7, 9));
        Assert.Equal((1, 1), (dayBefore.People, dayBefore.ByDigest));
        var hoursBefore = notifications.Single(row => row.Leaves == At(12, 8, 16));
        Assert.Equal((2, 1), (hoursBefore.People, hoursBefore.Shared));
    }

    // What it counts leaves, and what leaves it has counted.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_those_who_will_get_none_apart_and_says_why(bool moved)
    {
        var evt = await Publish(Draft with { Capacity = 6, Reminders = [DaysBefore(1)] });
        foreach (var name in new[] { "Lise", "Max", "Emmy" })
            await RegisterGuest(evt, name);
        foreach (var member in new[] { Cast.Ada, Cast.Bob, Cast.Frieda })
            await Register(evt, member.Id);
        await Deliver();
        await TestHub.Lay(Suppressed("Max@guests.example", SuppressionScope.Everything),
            Suppressed("emmy@guests.example", SuppressionScope.Reminders));
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.DisabledAt = Now);
        await TestHub.Change<Member>(Cast.Bob.Id, bob => (bob.WantsEventReminders, bob.DigestAt) = (false, new LocalTime(18, 0)));
        if (moved)
            await Edit(evt, Draft with { Capacity = 6, Reminders = [DaysBefore(1)], Start = Evening.PlusDays(1) });

        var row = (await Shown(evt, Evening)).Notifications.Single(notifications => notifications.Type == ReminderNotifications.OfEvent);
        await Edit(evt, Draft with { Capacity = 6, Reminders = [DaysBefore(1)] });
        TestHub.Clock.Reset(At(12, 7, 9));
        var left = (await Deliver()).Where(notification => notification.Type == ReminderNotifications.OfEvent);

        Assert.Equal((2, 1, 3, 0), (row.People, row.Suspended, row.Off, row.ByDigest));
        Assert.Equal(["Frieda", "Lise"], left.Select(notification => notification.RecipientName!.Text).Order(StringComparer.Ordinal));
    }

    private Suppression Suppressed(string email, SuppressionScope scope) => new()
    {
        Id = Guid.CreateVersion7(),
        NormalizedEmail = EmailAddress.Of(email).Key,
        Scope = scope,
        Reason = SuppressionReason.ByStaff,
        Since = Now,
    };

    [Fact]
    public async Task A_time_that_does_not_exist_is_refused_in_words_and_strangers_see_nothing()
    {
        var evt = await Publish();

        Assert.Equal("time_does_not_exist", (await Shown(evt, new(2027, 3, 28, 2, 30))).WhyNot?.Code);
        Assert.Null(await TestHub.Get<EventSchedule>().Run(evt.Id, Cast.Frieda.Id, null, Stop));
        Assert.Null(await TestHub.Get<EventSchedule>().Run(Guid.NewGuid(), Cast.Grace.Id, null, Stop));
    }

    [Fact]
    public async Task Members_see_what_they_will_be_reminded_of()
    {
        await TestHub.Get<ChooseReminders>().Run(
            new ChooseRemindersRequest(Cast.Ada.Id, true, true, new ReminderWish(60, null), new LocalTime(18, 0)), Stop);
        var booking = await TestHub.Book(Cast.Ada, Cast.Panke, When.Between(new(2026, 11, 24, 7 + 1, 0), new(2026, 11, 24, 10, 0)));
        await Register(await Publish(), Cast.Ada.Id);

        var mine = await TestHub.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop);
        var ofBooking = await TestHub.Get<RemindersToCome>().OfBooking(booking, Stop);

        Assert.Equal(
            [
                (ReminderNotifications.DayDigest, At(11, 23, 18), false), (BookingNotifications.Reminder, At(11, 24, 7), false),
                (ReminderNotifications.OfEvent, At(12, 1, 9), false), (ReminderNotifications.OfEvent, At(12, 7, 9), true),
                (ReminderNotifications.OfEvent, At(12, 8, 16), false),
            ],
            mine.Select(reminder => (reminder.Type, reminder.Leaves, reminder.ByDigest)));
        Assert.Equal("Panke", Assert.Single(ofBooking).About?.English);
    }

    public sealed class OnSqlite(SqliteDatabase database) : EventScheduleTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EventScheduleTests(database), IClassFixture<PostgresDatabase>;
}
