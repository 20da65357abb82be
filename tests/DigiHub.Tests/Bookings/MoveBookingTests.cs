using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Tests.Bookings;

public abstract class MoveBookingTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Frees_the_old_time_and_takes_the_new()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        var moved = (await Move(booking, request => request with { When = At(14, 16) })).Value;

        Assert.Equal((Tomorrow + new LocalTime(14, 0), Tomorrow + new LocalTime(16, 0)), (moved.StartLocal, moved.EndLocal));
        Assert.Equal((2, 1), (moved.Revision, moved.CalendarSequence));
        Assert.True((await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11))).IsStanding);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree, At(15, 16))).Code);
    }

    [Fact]
    public async Task May_overlap_its_own_old_time()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));

        Assert.True((await Move(booking, request => request with { When = At(11, 13) })).IsDone);
        Assert.True((await Move(booking, request => request with { When = At(11, 12) })).IsDone);
    }

    [Fact]
    public async Task Goes_to_another_space_and_another_site()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        var moved = (await Move(booking, request => request with { SpaceId = Cast.Havel.Id })).Value;

        Assert.Equal((Cast.Havel.Id, Cast.West.Id), (moved.SpaceId, moved.SiteId));
        var claim = await TestHub.Read(db => db.Claims.SingleAsync(Stop));
        Assert.Equal(Cast.Havel.Units[0].UnitId, claim.UnitId);
    }

    [Fact]
    public async Task Changes_nothing_where_the_new_time_is_taken()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.Book(Cast.Bob, Cast.Spree, At(14, 15));

        var refusal = (await Move(booking, request => request with { When = At(14, 15), Title = "New" })).Refusal!;

        Assert.Equal("slot_taken", refusal.Code);
        Assert.NotEmpty(refusal.Alternatives);
        var kept = await TestHub.Reread(booking);
        Assert.Equal((booking.Start, 1, null), (kept.Start, kept.Revision, kept.Title));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree, At(10, 11))).Code);
    }

    [Fact]
    public async Task Keeps_to_the_rules_of_the_new_space()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 13));

        Assert.Equal("too_long", (await Move(booking, request => request with { SpaceId = Cast.Booth.Id })).Refusal?.Code);
        Assert.Equal("too_many_people",
            (await Move(booking, request => request with { SpaceId = Cast.Panke.Id, People = 13 })).Refusal?.Code);
        Assert.Equal("not_found", (await Move(booking, request => request with { SpaceId = 9_999 })).Refusal?.Code);
    }

    [Fact]
    public async Task A_desk_cannot_move_onto_a_day_with_another_desk()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.On(Tomorrow));
        var next = await TestHub.Book(Cast.Ada, Cast.NextDesk, When.On(Tomorrow.PlusDays(1)));

        Assert.Equal("already_booked",
            (await Move(next, request => request with { When = When.On(Tomorrow, DayPart.Morning) })).Refusal?.Code);
        Assert.True((await Move(next, request => request with { When = When.On(Tomorrow.PlusDays(1), DayPart.Morning) })).IsDone);
    }

    [Fact]
    public async Task A_running_booking_can_be_made_shorter_and_nothing_else()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(30));

        Assert.Equal("already_started", (await Move(booking, request => request with { When = At(10, 13) })).Refusal?.Code);
        Assert.Equal("already_started", (await Move(booking, request => request with { When = At(9, 11) })).Refusal?.Code);
        Assert.Equal("already_started", (await Move(booking, request => request with { SpaceId = Cast.Panke.Id })).Refusal?.Code);
        Assert.Equal("already_started", (await Move(booking,
            request => request with { When = When.Between(booking.StartLocal, booking.StartLocal.PlusMinutes(30)) })).Refusal?.Code);
        Assert.True((await Move(booking,
            request => request with { When = When.Between(booking.StartLocal, booking.StartLocal.PlusMinutes(31)) })).IsDone);
        Assert.True((await TestHub.Book(Cast.Bob, Cast.Spree, At(11, 12))).IsStanding);
    }

    [Fact]
    public async Task What_is_over_or_cancelled_is_only_read()
    {
        var over = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        var cancelled = await TestHub.Book(Cast.Ada, Cast.Spree, At(14, 15));
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Ada.Id, ifRevision: null, Stop);
        TestHub.Clock.Reset(over.End);

        Assert.Equal("already_over", (await Move(over, request => request with { Title = "New" })).Refusal?.Code);
        Assert.Equal("already_cancelled", (await Move(cancelled, request => request with { When = At(16, 17) })).Refusal?.Code);
    }

    [Fact]
    public async Task Others_bookings_are_not_there_but_the_front_desk_moves_them()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));

        Assert.Equal("not_found",
            (await Move(booking, request => request with { ActorId = Cast.Bob.Id, When = At(14, 15) })).Refusal?.Code);
        Assert.True((await Move(booking, request => request with { ActorId = Cast.Frieda.Id, When = At(14, 15) })).IsDone);
    }

    [Fact]
    public async Task Who_has_seen_another_revision_looks_again()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        await Move(booking, request => request with { Title = "Sprint", IfRevision = 1 });

        Assert.Equal("stale", (await Move(booking, request => request with { When = At(14, 15), IfRevision = 1 })).Refusal?.Code);
        Assert.True((await Move(booking, request => request with { When = At(14, 15), IfRevision = 2 })).IsDone);
    }

    [Fact]
    public async Task A_title_touches_no_claim_and_sends_no_email()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        var (claim, notifications) = (await TestHub.Read(db => db.Claims.SingleAsync(Stop)), await Notifications(booking));

        var retitled = (await Move(booking, request => request with { Title = "Sprint" })).Value;
        var untitled = (await Move(booking, request => request with { Title = "" })).Value;

        Assert.Equal(("Sprint", null, 0), (retitled.Title, untitled.Title, untitled.CalendarSequence));
        Assert.Equal(claim.Id, (await TestHub.Read(db => db.Claims.SingleAsync(Stop))).Id);
        Assert.Equal(notifications.Select(notification => notification.Purpose),
            (await Notifications(booking)).Select(notification => notification.Purpose));
        Assert.Equal("title_too_long", (await Move(booking, request => request with { Title = new string('x', 121) })).Refusal?.Code);
    }

    [Fact]
    public async Task Moved_before_the_confirmation_left_it_confirms_the_new_time_instead()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));

        await Move(booking, request => request with { When = At(14, 15) });

        var notifications = await Notifications(booking);
        Assert.Equal(
            [(BookingNotifications.Confirmed, NotificationState.Cancelled, 0,
                (NotificationReason?)NotificationReason.Moved), (BookingNotifications.Confirmed, NotificationState.Planned, 1, null)],
            notifications.Select(notification =>
                (notification.Type, notification.State, notification.CalendarSequence!.Value, notification.Reason)));
    }

    [Fact]
    public async Task Moved_twice_before_the_email_left_it_tells_the_time_that_was_known()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        await TestHub.DeliverAll();
        await Move(booking, request => request with { When = At(14, 15) });

        await Move(booking, request => request with { When = At(16, 17) });

        var planned = (await Notifications(booking)).Single(notification => notification.State == NotificationState.Planned);
        Assert.Equal((BookingNotifications.Moved, 2, "2026-11-24T10:00:00/2026-11-24T12:00:00"),
            (planned.Type, planned.CalendarSequence!.Value, planned.Note));
    }

    [Fact]
    public async Task A_moved_booking_is_reminded_of_at_its_new_time()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));

        var moved = (await Move(booking, request => request with { When = At(14, 15) })).Value;

        var reminders = (await Notifications(booking)).Where(notification => notification.Type == BookingNotifications.Reminder).ToList();
        Assert.Equal([NotificationState.Cancelled, NotificationState.Planned], reminders.Select(notification => notification.State));
        Assert.Equal((moved.Start - Duration.FromHours(1), moved.Start), (reminders[1].DueAt, reminders[1].ScheduledForStart));
    }

    [Fact]
    public async Task A_changed_reminder_replaces_the_old_and_sends_nothing_else()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 12));
        await Move(booking, request => request with { Reminder = ReminderChoice.Minutes(30) });
        await Move(booking, request => request with { Reminder = ReminderChoice.Minutes(45) });
        await Move(booking, request => request with { Reminder = ReminderChoice.Minutes(0) });

        var notifications = await Notifications(booking);
        Assert.Equal(2, notifications.Count(notification => notification.Type == BookingNotifications.Reminder
            && notification.State == NotificationState.Cancelled));
        Assert.Equal(BookingNotifications.Confirmed,
            Assert.Single(notifications, notification => notification.State == NotificationState.Planned).Type);
    }

    private Task<Outcome<Booking>> Move(Booking booking, Func<MoveBookingRequest, MoveBookingRequest> change) =>
        TestHub.Get<MoveBooking>().Run(change(new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id }), Stop);

    private Task<List<Notification>> Notifications(Booking booking) => TestHub.EmailsOf(booking);

    private static When At(int from, int until) => When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : MoveBookingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MoveBookingTests(database), IClassFixture<PostgresDatabase>;
}
