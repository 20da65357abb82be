using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;
using DigiHub.Time;

namespace DigiHub.Tests.Reminders;

/// <summary>Without consent there are no reminders of any kind, however it was withdrawn; and all of them once it is given again.</summary>
public abstract class UnwantedRemindersTests(TestDatabase database) : EventTests(database)
{
    private StopReminders Reminders => TestHub.Get<StopReminders>();

    private async Task<Event> WithMaxWaiting()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        await Deliver();
        return evt;
    }

    private async Task<Notification> StandBy(Event evt) => Assert.Single(await Notifications(evt, RegistrationNotifications.StandBy));

    // Rule 30, RFC 8058: the notification carries the link, so the link must stop it.
    [Fact]
    public async Task The_link_of_a_stand_by_email_stops_it_and_starts_it_again()
    {
        var evt = await WithMaxWaiting();
        var token = await TokenSigner(TokenPurpose.Unsubscribe, (await Row(evt, "Max")).Id);

        await Reminders.ByLink(token, Stop);
        var stopped = await StandBy(evt);
        await Reminders.Resume(token, Stop);

        Assert.Equal((NotificationState.Cancelled, NotificationReason.Unwanted), (stopped.State, stopped.Reason));
        Assert.Equal(NotificationState.Planned, (await StandBy(evt)).State);
    }

    [Fact]
    public async Task Who_wants_no_reminders_of_an_event_is_not_armed_for_standing_by()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max", wantsReminders: false);

        Assert.Empty(await Notifications(evt, RegistrationNotifications.StandBy));
    }

    [Theory]
    [InlineData("none at all")]
    [InlineData("none of events")]
    [InlineData("disabled")]
    [InlineData("none of this event")]
    public async Task A_stand_by_email_is_asked_again_whether_it_is_wanted(string wish)
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await Register(evt, Cast.Ada.Id);
        await Deliver();
        await TestHub.Change<Member>(Cast.Ada.Id, ada =>
        {
            ada.WantsReminders = wish != "none at all";
            ada.WantsEventReminders = wish != "none of events";
            ada.DisabledAt = wish == "disabled" ? Now : null;
        });
        await TestHub.Read(db => db.Registrations.Where(one => one.MemberId == Cast.Ada.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.WantsReminders, wish != "none of this event"), Stop));
        TestHub.Clock.Reset(At(12, 7, 18));

        Assert.DoesNotContain(await Deliver(), notification => notification.Type == RegistrationNotifications.StandBy);
        Assert.Equal(NotificationReason.Unwanted, (await StandBy(evt)).Reason);
    }

    [Fact]
    public async Task The_dry_run_and_the_account_promise_no_stand_by_email_to_who_wants_none()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await Register(evt, Cast.Ada.Id);
        Assert.Contains(await TestHub.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop),
            reminder => reminder.Type == RegistrationNotifications.StandBy);
        await TestHub.Change<Member>(Cast.Ada.Id, ada => ada.WantsEventReminders = false);

        var shown = (await TestHub.Get<EventSchedule>().Run(evt.Id, Cast.Grace.Id, otherStart: null, Stop))!;

        Assert.Equal(0, shown.Notifications.Single(row => row.Type == RegistrationNotifications.StandBy).People);
        Assert.Empty(await TestHub.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop));
    }

    // Rule 19, for those who want what it stands in for.
    [Fact]
    public async Task A_confirmation_stands_in_for_no_reminder_that_nobody_wanted()
    {
        var evt = await Publish();
        TestHub.Clock.Reset(At(12, 8, 17));

        await RegisterGuest(evt, "Max", wantsReminders: false);

        Assert.Null(Assert.Single(await Notifications(evt, RegistrationNotifications.Confirmed)).Note);
    }

    // However it is said: in the account, by the link of a reminder, in the preferences behind it.
    [Theory]
    [InlineData("account")]
    [InlineData("link")]
    [InlineData("preferences")]
    public async Task Switched_on_again_reminders_of_bookings_come_back_and_those_booked_meanwhile_are_reminded_of(string way)
    {
        var earlier = await Book(Cast.Spree);
        await Say(way, wanted: false);
        Assert.Empty(await Due(earlier));
        var meanwhile = await Book(Cast.Panke);
        Assert.Empty(await Due(meanwhile));

        await Say(way, wanted: true);

        Assert.Equal([At(12, 8, 9)], await Due(earlier));
        Assert.Equal([At(12, 8, 9)], await Due(meanwhile));
    }

    [Theory]
    [InlineData("account")]
    [InlineData("link")]
    [InlineData("preferences")]
    public async Task Who_complained_takes_it_back_by_switching_reminders_on(string way)
    {
        await Suppress(Cast.Ada.Email, SuppressionReason.Complaint);

        await Say(way, wanted: true);

        Assert.Equal(0, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Theory]
    [InlineData("account")]
    [InlineData("link")]
    [InlineData("preferences")]
    public async Task What_the_staff_decided_stays(string way)
    {
        await Suppress(Cast.Ada.Email, SuppressionReason.ByStaff);

        await Say(way, wanted: true);

        Assert.Equal(SuppressionReason.ByStaff, (await TestHub.Read(db => db.Suppressions.AsNoTracking().SingleAsync(Stop))).Reason);
    }

    [Theory]
    [InlineData(SuppressionReason.Unsubscribed, true)]
    [InlineData(SuppressionReason.Complaint, true)]
    [InlineData(SuppressionReason.ByStaff, false)]
    public async Task A_guest_who_resumes_the_reminders_of_an_event_gets_them(SuppressionReason reason, bool comes)
    {
        var evt = await Publish(Draft with { Reminders = [DaysBefore(1)] });
        await RegisterGuest(evt, "Lise", "Lise@guests.example");
        await Deliver();
        await Suppress("lise@guests.example", reason);
        var token = await TokenSigner(TokenPurpose.Unsubscribe, (await Row(evt, "Lise")).Id);
        var before = (await Reminders.Look(token, Stop))!;

        await Reminders.Resume(token, Stop);
        var after = (await Reminders.Look(token, Stop))!;
        TestHub.Clock.Reset(At(12, 7, 9));

        Assert.Equal((false, reason == SuppressionReason.ByStaff), (before.AreWanted, before.StoppedByStaff));
        Assert.Equal((comes, !comes), (after.AreWanted, after.StoppedByStaff));
        Assert.Equal(comes ? 1 : 0, (await Deliver()).Count);
    }

    [Fact]
    public async Task What_was_stopped_by_hand_of_a_booking_does_not_come_back_either()
    {
        var booking = await Book(Cast.Spree);
        await TestHub.Get<CancelNotification>().Run((await TestHub.EmailsOf(booking))
            .Single(notification => notification.Type == BookingNotifications.Reminder).Id, Cast.Alan.Id, Stop);

        await Say("account", wanted: false);
        await Say("account", wanted: true);
        Assert.Empty(await Due(booking));
        await TestHub.Get<MoveBooking>().Run(
            new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id, Reminder = ReminderChoice.Minutes(120) }, Stop);

        Assert.Equal([At(12, 8, 8)], await Due(booking)); // another time is another notification
    }

    [Theory]
    [InlineData(SuppressionScope.Everything)]
    [InlineData(SuppressionScope.Reminders)]
    public async Task The_account_promises_no_reminders_to_an_address_that_gets_none(SuppressionScope scope)
    {
        await TestHub.Get<ChooseReminders>().Run(
            new ChooseRemindersRequest(Cast.Ada.Id, true, true, ReminderWish.None, new LocalTime(18, 0)), Stop);
        var booking = await Book(Cast.Spree);
        TestHub.Clock.Reset(At(12, 7, 8));
        Assert.Equal(2, (await TestHub.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop)).Count);

        await Suppress(Cast.Ada.Email, SuppressionReason.HardBounce, scope);

        Assert.Empty(await TestHub.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop));
        Assert.Empty(await TestHub.Get<RemindersToCome>().OfBooking(booking, Stop));
    }

    private async Task Say(string way, bool wanted)
    {
        var token = await TokenSigner(TokenPurpose.Unsubscribe, Cast.Ada.Id);
        var refusal = way switch
        {
            "account" => (await TestHub.Get<ChooseReminders>()
                .Run(new ChooseRemindersRequest(Cast.Ada.Id, wanted, true, ReminderWish.None), Stop)).Refusal,
            "link" => (await (wanted ? Reminders.Resume(token, Stop) : Reminders.ByLink(token, Stop))).Refusal,
            _ => await TestHub.Get<NotificationPreferences>().Choose(token,
                new ChoosePreferences(wanted, true, false, new HashSet<Guid>(), new HashSet<Guid>()), Stop),
        };
        Assert.Null(refusal);
    }

    private async Task Suppress(string email, SuppressionReason reason, SuppressionScope scope = SuppressionScope.Reminders) =>
        Assert.True((await TestHub.Get<UnitOfWork>()
            .Run<bool>(async db => await db.Suppress(EmailAddress.Of(email), scope, reason, Now, null, Stop), Stop)).Value);

    private async Task<Booking> Book(Space room) => (await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
    {
        ActorId = Cast.Ada.Id,
        SpaceId = room.Id,
        When = When.Between(new(2026, 12, 8, 10, 0), new(2026, 12, 8, 11, 0)),
        Reminder = ReminderChoice.Minutes(60),
    }, Stop)).Value;

    private async Task<List<Instant>> Due(Booking booking) =>
        [.. (await TestHub.EmailsOf(booking)).Where(notification => notification.Type == BookingNotifications.Reminder
            && notification.State == NotificationState.Planned).Select(notification => notification.DueAt).Order()];

    public sealed class OnSqlite(SqliteDatabase database) : UnwantedRemindersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : UnwantedRemindersTests(database), IClassFixture<PostgresDatabase>;
}
