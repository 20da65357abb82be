using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

/// <summary>The overview of Tuesday 8 December 2026, which Ada wants on Monday at 18:00 unless told otherwise.</summary>
public abstract class WriteDigestsTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 12, 8);

    private async Task Want(int? hour = 18, bool onTheDay = false, ReminderWish? bookings = null)
    {
        await TestHub.Get<ChooseReminders>().Run(
            new ChooseRemindersRequest(Cast.Ada.Id, All: true, Events: true, bookings ?? ReminderWish.None,
                hour is { } at ? new LocalTime(at, 0) : null, onTheDay), Stop);
    }

    private Task<Booking> Book(Space space, int hour, LocalDate? day = null) => TestHub.Book(Cast.Ada, space,
        space.Rules.Granularity == Granularity.Minutes
            ? When.Between((day ?? Tuesday).At(new(hour, 0)), (day ?? Tuesday).At(new(hour + 1, 0)))
            : When.On(day ?? Tuesday));

    /// <summary>Both jobs at a time, and the kinds of notifications that left.</summary>
    private async Task<List<NotificationType>> LeftAt(int month, int day, int hour, int minute = 0)
    {
        TestHub.Clock.Reset(At(month, day, hour, minute));
        await TestHub.Get<WriteDigests>().Run(Stop);
        return [.. (await Deliver()).Select(notification => notification.Type)];
    }

    private Task<List<Notification>> Digests() => TestHub.Read(db => db.Notifications.AsNoTracking()
        .Where(notification => notification.Type == ReminderNotifications.DayDigest).ToListAsync(Stop));

    private async Task SendConfirmations()
    {
        TestHub.Clock.AdvanceMinutes(1);
        await Deliver();
    }

    [Theory]
    [InlineData(18, false, 12, 7, 18)]
    [InlineData(20, false, 12, 7, 20)]
    [InlineData(8, true, 12, 8, 8)]
    public async Task Leaves_once_at_the_chosen_hour(int hour, bool onTheDay, int month, int day, int leavesHour)
    {
        await Want(hour, onTheDay);
        await Book(Cast.Desk, 0);
        await SendConfirmations();

        Assert.Empty(await LeftAt(month, day, leavesHour - 1, 59));
        Assert.Equal([ReminderNotifications.DayDigest], await LeftAt(month, day, leavesHour));
        Assert.Empty(await LeftAt(month, day, leavesHour, 1));
        Assert.Empty(await LeftAt(month, day, leavesHour, 59));
        Assert.Equal((Cast.Ada.Id, "2026-12-08"), ((await Digests()).Single().MemberId!.Value, (await Digests()).Single().Note));
    }

    [Fact]
    public async Task Tells_of_desk_room_and_event_at_both_sites()
    {
        await Want();
        await Book(Cast.WestDesk, 0);
        await Book(Cast.Panke, 16);
        await Book(Cast.Panke, 16, Tuesday.PlusDays(1));
        await Register(await Publish(), Cast.Ada.Id);

        var map = await TestHub.Get<Catalogue>().Map(Stop);
        var day = await TestHub.Read(db => MemberDay.Of(db, map, Cast.Ada.Id, Tuesday, SiteTime.Of("Europe/Berlin"), Stop));

        Assert.Equal(["W1-01", "Panke", "Spree"], day.Items.Select(item => item.Space!.Name));
        Assert.Equal(["DigiHub West", "DigiHub East"], day.Places.Select(place => place.Site.Name));
        Assert.NotNull(day.Items[2].Event);
    }

    // It stands in for the reminders of the day before; those by hours stay, and those of a week before.
    [Fact]
    public async Task Stands_in_for_the_reminders_of_the_day_before()
    {
        await Want(bookings: new ReminderWish(60, new LocalTime(17, 0)));
        await Book(Cast.Panke, 10);
        await Register(await Publish(), Cast.Ada.Id);
        await SendConfirmations();

        Assert.Equal([ReminderNotifications.OfEvent], await LeftAt(12, 1, 9));
        Assert.Empty(await LeftAt(12, 7, 9)); // the event's, a day before
        Assert.Empty(await LeftAt(12, 7, 17)); // the booking's
        Assert.Equal([ReminderNotifications.DayDigest], await LeftAt(12, 7, 18));
        Assert.Equal([BookingNotifications.Reminder], await LeftAt(12, 8, 9));
        Assert.Equal([ReminderNotifications.OfEvent], await LeftAt(12, 8, 16));
        Assert.Equal(2, await TestHub.Read(db =>
            db.Notifications.CountAsync(notification => notification.Reason == NotificationReason.ToldByDigest, Stop)));
    }

    [Fact]
    public async Task Says_nothing_of_an_empty_day()
    {
        await Want();
        await Book(Cast.Desk, 0, Tuesday.PlusDays(1));
        await SendConfirmations();

        Assert.Empty(await LeftAt(12, 7, 18));
        Assert.Empty(await Digests());
    }

    [Fact]
    public async Task Says_nothing_of_a_day_that_was_emptied_before_it_left()
    {
        await Want();
        var desk = await Book(Cast.Desk, 0);
        await SendConfirmations();
        TestHub.Clock.Reset(At(12, 7, 18));
        await TestHub.Get<WriteDigests>().Run(Stop);
        await TestHub.Get<CancelBooking>().Run(desk.Id, Cast.Ada.Id, null, Stop);

        await Deliver();

        Assert.Equal((NotificationState.Skipped, NotificationReason.NothingThatDay),
            ((await Digests()).Single().State, (await Digests()).Single().Reason));
    }

    [Fact]
    public async Task What_is_booked_after_its_hour_brings_none()
    {
        await Want();
        TestHub.Clock.Reset(At(12, 7, 19));
        await Book(Cast.Panke, 10);
        await SendConfirmations();

        Assert.Empty(await LeftAt(12, 7, 19, 30));
    }

    // Rule 4: a hub that was down sends it as long as it helps.
    [Theory]
    [InlineData(12, 8, 8, 1)]
    [InlineData(12, 8, 9, 0)]
    public async Task A_hub_that_comes_back_late_sends_it_while_it_helps(int month, int day, int hour, int sent)
    {
        await Want();
        await Book(Cast.Panke, 15);
        await SendConfirmations();

        Assert.Equal(sent, (await LeftAt(month, day, hour)).Count);
    }

    [Fact]
    public async Task Several_at_once_write_each_once()
    {
        await Want();
        await Book(Cast.Desk, 0);
        await SendConfirmations();
        TestHub.Clock.Reset(At(12, 7, 18));

        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestHub.Get<WriteDigests>().Run(Stop))));

        Assert.Equal(1, written.Sum());
        Assert.Single(await Digests());
    }

    [Fact]
    public async Task Who_wants_none_any_more_gets_the_reminders_of_the_day_before_again()
    {
        await Want(bookings: new ReminderWish(null, new LocalTime(17, 0)));
        await Book(Cast.Panke, 10);
        await Want(hour: null, bookings: new ReminderWish(null, new LocalTime(17, 0)));
        await SendConfirmations();

        Assert.Equal([BookingNotifications.Reminder], await LeftAt(12, 7, 17));
        Assert.Empty(await LeftAt(12, 7, 18));
    }

    public sealed class OnSqlite(SqliteDatabase database) : WriteDigestsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WriteDigestsTests(database), IClassFixture<PostgresDatabase>;
}
