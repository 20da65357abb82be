using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Tests.Bookings;

/// <summary>Cancelling and taking that back.</summary>
public abstract class CancelBookingTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Frees_the_space_and_keeps_the_booking()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        var cancelled = (await Cancel(booking)).Value;

        Assert.Equal((BookingStatus.Cancelled, TestHub.Opening, 2, 1),
            (cancelled.Status, cancelled.CancelledAt, cancelled.Revision, cancelled.CalendarSequence));
        Assert.True((await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11))).IsStanding);
        Assert.Equal("already_cancelled", (await Cancel(booking)).Refusal?.Code);
    }

    [Fact]
    public async Task Undone_within_the_window_no_email_leaves_at_all()
    {
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.BookingReminderMinutesBefore = 60);
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        await Cancel(booking);

        var notifications = await TestHub.EmailsOf(booking);
        Assert.Equal(2, notifications.Count);
        Assert.All(notifications, notification =>
            Assert.Equal((NotificationState.Cancelled, NotificationReason.Cancelled), (notification.State, notification.Reason)));
    }

    [Fact]
    public async Task Once_confirmed_by_email_it_is_cancelled_by_email()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.DeliverAll();

        await Cancel(booking);

        var notification = (await TestHub.EmailsOf(booking)).Single(notification => notification.State == NotificationState.Planned);
        Assert.Equal((BookingNotifications.Cancelled, 1), (notification.Type, notification.CalendarSequence!.Value));
    }

    [Fact]
    public async Task A_running_booking_ends_now_and_frees_the_rest()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Booth, At(10, 12));
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(44) + Duration.FromSeconds(20));

        var ended = (await Cancel(booking)).Value;

        Assert.Equal((BookingStatus.Confirmed, Tomorrow + new LocalTime(10, 45)), (ended.Status, ended.EndLocal));
        Assert.True((await TestHub.Book(Cast.Bob, Cast.Booth,
            When.Between(Tomorrow + new LocalTime(10, 45), Tomorrow + new LocalTime(11, 0)))).IsStanding);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "already_over")]
    public async Task What_is_over_stays(int secondsAfterEnd, string? code)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        TestHub.Clock.Reset(booking.End + Duration.FromSeconds(secondsAfterEnd));

        Assert.Equal(code, (await Cancel(booking)).Refusal?.Code);
    }

    [Fact]
    public async Task Others_bookings_are_not_there_but_the_front_desk_cancels_them()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));

        Assert.Equal("not_found", (await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Bob.Id, ifRevision: null, Stop)).Refusal?.Code);
        Assert.Equal("not_found",
            (await TestHub.Get<CancelBooking>().Run(Guid.CreateVersion7(), Cast.Ada.Id, ifRevision: null, Stop)).Refusal?.Code);
        Assert.Equal("stale", (await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: 7, Stop)).Refusal?.Code);
        Assert.True((await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Frieda.Id, ifRevision: 1, Stop)).IsDone);
    }

    [Fact]
    public async Task Brought_back_it_holds_its_space_again()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Cancel(booking);

        var back = (await Reinstate(booking)).Value;

        Assert.Equal((true, null, 3, 2), (back.IsStanding, back.CancelledAt, back.Revision, back.CalendarSequence));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree, At(10, 11))).Code);
        Assert.Equal("not_cancelled", (await Reinstate(booking)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_loses_a_space_to_a_restored_booking()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Cancel(booking);
        await TestHub.Book(Cast.Bob, Cast.Spree, At(10, 11));

        var refusal = (await Reinstate(booking)).Refusal!;

        Assert.Equal("slot_taken", refusal.Code);
        Assert.NotEmpty(refusal.Alternatives);
    }

    [Theory]
    [InlineData(600, null)]
    [InlineData(601, "too_late_to_reinstate")]
    public async Task Ten_minutes_later_it_stays_cancelled(int seconds, string? code)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Cancel(booking);
        TestHub.Clock.AdvanceSeconds(seconds);

        Assert.Equal(code, (await Reinstate(booking)).Refusal?.Code);
    }

    [Fact]
    public async Task A_cancellation_taken_back_at_once_sends_nothing_to_those_who_were_told_it_stands()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.DeliverAll();

        await Cancel(booking);
        await Reinstate(booking);

        Assert.DoesNotContain(await TestHub.EmailsOf(booking), notification => notification.State == NotificationState.Planned);
    }

    [Fact]
    public async Task Brought_back_after_the_email_of_cancellation_it_is_confirmed_again_with_a_higher_sequence()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.DeliverAll();
        await Cancel(booking);
        await TestHub.DeliverAll();

        await Reinstate(booking);

        var notification = (await TestHub.EmailsOf(booking)).Single(notification => notification.State == NotificationState.Planned);
        Assert.Equal((BookingNotifications.Confirmed, 2), (notification.Type, notification.CalendarSequence!.Value));
    }

    [Fact]
    public async Task Brought_back_as_it_never_was_told_it_is_confirmed()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.DeliverAll();
        await TestHub.Get<MoveBooking>().Run(
            new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, When = At(14, 15) }, Stop);
        await Cancel(booking);

        await Reinstate(booking);

        var notification = (await TestHub.EmailsOf(booking)).Single(notification => notification.State == NotificationState.Planned);
        Assert.Equal((BookingNotifications.Confirmed, 3), (notification.Type, notification.CalendarSequence!.Value));
    }

    [Theory]
    [InlineData("booking_confirmed", NotificationReason.Cancelled)]
    [InlineData("booking_reminder", NotificationReason.Cancelled)]
    [InlineData("booking_cancelled", null)]
    public async Task An_email_that_slipped_through_is_held_back_before_it_is_sent(string type, NotificationReason? why)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await Cancel(booking);

        Assert.Equal(why, await WhyNot(booking, NotificationType.Of(type), sequence: 1));
    }

    [Theory]
    [InlineData("booking_confirmed", 0, NotificationReason.Moved)]
    [InlineData("booking_confirmed", 1, null)]
    [InlineData("booking_moved", 1, null)]
    [InlineData("booking_cancelled", 1, NotificationReason.Reinstated)]
    [InlineData("booking_reminder", null, NotificationReason.Moved)]
    public async Task An_email_about_an_earlier_time_is_held_back_before_it_is_sent(string type, int? sequence, NotificationReason? why)
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, At(10, 11));
        await TestHub.Get<MoveBooking>().Run(
            new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, When = At(14, 15) }, Stop);

        Assert.Equal(why, await WhyNot(booking, NotificationType.Of(type), sequence));
    }

    private async Task<NotificationReason?> WhyNot(Booking booking, NotificationType kind, int? sequence)
    {
        var notification = new Notification
        {
            Id = Guid.CreateVersion7(),
            Type = kind,
            Purpose = "test",
            RecipientName = PersonName.Of("Ada"),
            RecipientEmail = EmailAddress.Of("ada@example.org"),
            Language = Language.German,
            SubjectKind = Booking.Subject.Name,
            SubjectId = booking.Id,
            ScheduledForStart = booking.Start,
            CalendarSequence = sequence,
            WrittenAt = TestHub.Opening,
            DueAt = TestHub.Opening,
            NextAttemptAt = TestHub.Opening,
        };
        return await TestHub.Read(db => new BookingNotificationCheck().WhyNot(db, notification, TestHub.Opening, Stop));
    }

    private Task<Outcome<Booking>> Cancel(Booking booking) =>
        TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);

    private Task<Outcome<Booking>> Reinstate(Booking booking) => TestHub.Get<ReinstateBooking>().Run(booking.Id, Cast.Ada.Id, Stop);

    private static When At(int from, int until) => When.Between(Tomorrow + new LocalTime(from, 0), Tomorrow + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : CancelBookingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CancelBookingTests(database), IClassFixture<PostgresDatabase>;
}
