using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

public abstract class ChooseRemindersTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDateTime Morning = new(2026, 12, 8, 10, 0);

    private ChooseRemindersRequest Wishes => new(Cast.Ada.Id, All: true, Events: true, ReminderWish.None);

    private async Task<Member> Choose(ChooseRemindersRequest request) => (await TestHub.Get<ChooseReminders>().Run(request, Stop)).Value;

    private async Task<Booking> Book(ReminderChoice? reminder = null) => (await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
    {
        ActorId = Cast.Ada.Id,
        SpaceId = Cast.Spree.Id,
        When = When.Between(Morning, Morning.PlusHours(1)),
        Reminder = reminder,
    }, Stop)).Value;

    private async Task<List<Instant>> Due(Booking booking) =>
        [.. (await TestHub.EmailsOf(booking)).Where(notification => notification.Type == BookingNotifications.Reminder
            && notification.State == NotificationState.Planned).Select(notification => notification.DueAt).Order()];

    [Fact]
    public async Task Bookings_are_reminded_of_as_the_member_usually_wants_it()
    {
        await Choose(Wishes with { Bookings = new ReminderWish(60, new LocalTime(18, 0)) });

        var booking = await Book();

        Assert.Equal([At(12, 7, 18), At(12, 8, 9)], await Due(booking));
        Assert.Equal((true, 60, new LocalTime(18, 0)),
            (booking.RemindsAsUsual, booking.ReminderMinutesBefore, booking.ReminderDayBeforeAt));
    }

    [Fact]
    public async Task Another_usual_time_goes_for_what_is_booked_already_but_not_for_what_was_chosen_by_itself()
    {
        var usual = await Book();
        var own = (await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = Cast.Ada.Id,
            SpaceId = Cast.Panke.Id,
            When = When.Between(Morning, Morning.PlusHours(1)),
            Reminder = ReminderChoice.DayBefore(new(17, 0)),
        }, Stop)).Value;
        Assert.Empty(await Due(usual));

        await Choose(Wishes with { Bookings = new ReminderWish(120, null) });
        await Choose(Wishes with { Bookings = new ReminderWish(60, null) });

        Assert.Equal([At(12, 8, 9)], await Due(usual));
        Assert.Equal([At(12, 7, 17)], await Due(own));
    }

    [Fact]
    public async Task Who_wants_none_at_all_has_none_planned_until_they_want_them_again()
    {
        var booking = await Book(ReminderChoice.Minutes(60));

        await Choose(Wishes with { All = false });
        Assert.Empty(await Due(booking));
        await Choose(Wishes);

        Assert.Equal([At(12, 8, 9)], await Due(booking));
    }

    [Fact]
    public async Task A_booking_goes_back_to_the_usual_and_forth()
    {
        await Choose(Wishes with { Bookings = new ReminderWish(60, null) });
        var booking = await Book(ReminderChoice.None);
        Assert.Empty(await Due(booking));

        await Note(ReminderChoice.DayBefore(new(19, 30)));
        Assert.Equal([At(12, 7, 19, 30)], await Due(booking));
        await Note(ReminderChoice.AsUsual);
        Assert.Equal([At(12, 8, 9)], await Due(booking));
        await Note(ReminderChoice.None);
        Assert.Empty(await Due(booking));

        Task<Outcome<Booking>> Note(ReminderChoice choice) =>
            TestHub.Get<MoveBooking>().Run(
                new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, Reminder = choice }, Stop);
    }

    // Rule 30: reminders are off by a person's wish; the rest comes all the same.
    [Fact]
    public async Task Who_wants_no_reminders_of_events_gets_those_of_bookings()
    {
        await Choose(Wishes with { Events = false, Bookings = new ReminderWish(60, null) });
        var evt = await Publish();
        await Register(evt, Cast.Ada.Id);
        await Book();
        TestHub.Clock.AdvanceMinutes(1);
        await Deliver();
        TestHub.Clock.Reset(At(12, 1, 9));
        Assert.Empty(await Deliver());
        TestHub.Clock.Reset(At(12, 8, 9));

        Assert.Equal([BookingNotifications.Reminder], (await Deliver()).Select(notification => notification.Type));
    }

    // Rule 6.
    [Fact]
    public async Task A_bookings_reminder_is_asked_again_whether_it_is_wanted()
    {
        var booking = await Book(ReminderChoice.Minutes(60));
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.WantsReminders = false);
        TestHub.Clock.AdvanceMinutes(1);
        await Deliver();
        TestHub.Clock.Reset(At(12, 8, 9));

        Assert.Empty(await Deliver());
        Assert.Equal(NotificationReason.Unwanted,
            (await TestHub.EmailsOf(booking)).Single(notification => notification.Type == BookingNotifications.Reminder).Reason);
    }

    [Theory]
    [InlineData(59, null, false, "reminder_minutes")]
    [InlineData(0, null, false, "reminder_minutes")]
    [InlineData(60, 20, false, null)]
    [InlineData(60, 21, false, "digest_at")]
    [InlineData(60, 7, true, null)]
    [InlineData(60, 7, false, "digest_at")]
    [InlineData(60, 20, true, "digest_at")]
    public async Task Only_what_is_offered_can_be_chosen(int minutes, int? digestHour, bool onTheDay, string? code)
    {
        var outcome = await TestHub.Get<ChooseReminders>().Run(
            Wishes with
            {
                Bookings = new(minutes, null),
                DigestAt = digestHour is { } hour ? new LocalTime(hour, 0) : null,
                DigestOnTheDay = onTheDay,
            }, Stop);

        Assert.Equal(code, outcome.Refusal?.Code);
    }

    public sealed class OnSqlite(SqliteDatabase database) : ChooseRemindersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ChooseRemindersTests(database), IClassFixture<PostgresDatabase>;
}
