using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Reminders;

/// <summary>Notifications that were withdrawn and are planned again: to whom they go then, and which never come back.</summary>
public abstract class RevivedEmailsTests(TestDatabase database) : EventTests(database)
{
    private const string Old = "old@guests.example";
    private const string New = "new@guests.example";

    private StopReminders Reminders => TestHub.Get<StopReminders>();

    private async Task<(Event Hosted, Registration Lise)> WithLise(EventDraft? draft = null)
    {
        var evt = await Publish(draft ?? Draft with { Reminders = [DaysBefore(1)] });
        await RegisterGuest(evt, "Lise", Old);
        await Deliver();
        return (evt, await Row(evt, "Lise"));
    }

    private async Task Correct(Registration registration, string email)
    {
        var check = (await TestHub.Get<CorrectAddress>().Run(registration.Id, Cast.Grace.Id, email, Stop)).Value;
        Assert.True((await TestHub.Get<ConfirmAddress>().Run(await TokenSigner(TokenPurpose.ConfirmAddress, check.Id), Stop)).IsDone);
    }

    private async Task<Notification> Reminder(Event evt) => Assert.Single(await Notifications(evt, ReminderNotifications.OfEvent));

    private async Task<Outcome<LinkedReminders>> Stopped(Registration registration) =>
        await Reminders.ByLink(await TokenSigner(TokenPurpose.Unsubscribe, registration.Id), Stop);

    private async Task<Outcome<LinkedReminders>> Resumed(Registration registration) =>
        await Reminders.Resume(await TokenSigner(TokenPurpose.Unsubscribe, registration.Id), Stop);

    private static (NotificationState, string) StateOf(Notification notification) =>
        (notification.State, notification.RecipientEmail!.Shown);

    // A stranger at the old address would get the signed links of the registration.
    [Fact]
    public async Task A_reminder_that_comes_back_goes_to_the_address_of_today()
    {
        var (evt, lise) = await WithLise();
        await Stopped(lise);
        await Correct(lise, New);

        await Resumed(lise);

        Assert.Equal((NotificationState.Planned, New), StateOf(await Reminder(evt)));
    }

    [Fact]
    public async Task Moving_an_event_away_and_back_writes_to_the_address_the_name_and_in_the_language_of_today()
    {
        var (evt, lise) = await WithLise();
        var draft = Draft with { Reminders = [DaysBefore(1)] };
        await Edit(evt, draft with { Start = Evening.PlusDays(2) });
        await Correct(lise, New);
        await TestHub.Change<Registration>(lise.Id, one => (one.Name, one.Language) = (PersonName.Of("Lise Meitner"), Language.English));

        await Edit(evt, draft);

        var back = Assert.Single(await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Planned));
        Assert.Equal((At(12, 7, 9), New, "Lise Meitner", Language.English),
            (back.DueAt, back.RecipientEmail!.Shown, back.RecipientName!.Text, back.Language));
    }

    [Fact]
    public async Task To_and_fro_leaves_one_reminder_at_the_last_address()
    {
        var (evt, lise) = await WithLise();
        await Stopped(lise);
        await Correct(lise, New);
        await Resumed(lise);
        await Stopped(lise);
        await Correct(lise, Old);

        await Resumed(lise);

        Assert.Equal((NotificationState.Planned, Old), StateOf(await Reminder(evt)));
    }

    // One purpose may stand at two addresses, and at one only once.
    [Fact]
    public async Task Of_two_emails_of_one_purpose_one_comes_back()
    {
        var (evt, lise) = await WithLise();
        await Correct(lise, New); // "here’s everything again", of today
        await TestHub.Lay(CopyOf(await Again(evt), Old));
        await TestHub.Get<CancelEvent>().Run(new(evt.Id, Cast.Grace.Id), Stop);
        Assert.Equal(2, (await Notifications(evt, RegistrationNotifications.Confirmed, NotificationState.Cancelled)).Count);

        Assert.True((await TestHub.Get<ReinstateEvent>().Run(evt.Id, Cast.Grace.Id, Stop)).IsDone);

        Assert.Equal(New,
            Assert.Single(await Notifications(evt, RegistrationNotifications.Confirmed, NotificationState.Planned)).RecipientEmail);
    }

    // The notification that asks an address goes to the one it asks.
    [Fact]
    public async Task A_question_to_a_new_address_still_goes_there_after_a_cancellation_was_undone()
    {
        var (evt, lise) = await WithLise();
        await TestHub.Get<CorrectAddress>().Run(lise.Id, Cast.Grace.Id, New, Stop);
        await CancelAsGrace(lise);

        Assert.True((await TestHub.Get<ReinstateRegistration>().Run(lise.Id, Cast.Grace.Id, Stop)).IsDone);

        Assert.Equal((NotificationState.Planned, New),
            StateOf(Assert.Single(await Notifications(evt, RegistrationNotifications.AddressToConfirm))));
    }

    // Put back by hand after the address was corrected: the stranger gets nothing either.
    [Fact]
    public async Task An_email_to_an_address_that_is_no_longer_theirs_does_not_leave()
    {
        var (evt, lise) = await WithLise();
        await TestHub.Read(db => db.Notifications.Where(notification => notification.Type == ReminderNotifications.OfEvent)
            .ExecuteUpdateAsync(set => set.SetProperty(notification => notification.State, NotificationState.Failed), Stop));
        await Correct(lise, New);
        await Deliver();
        TestHub.Clock.Reset(At(12, 7, 9));

        Assert.True((await TestHub.Get<RetryNotifications>().One((await Reminder(evt)).Id, Cast.Alan.Id, Stop)).IsDone);

        Assert.DoesNotContain(await Deliver(), notification => notification.Type == ReminderNotifications.OfEvent);
        Assert.Equal(NotificationReason.AddressCorrected, (await Reminder(evt)).Reason);
    }

    // "Withdraw e-mail" of an administrator.
    [Fact]
    public async Task What_was_stopped_by_hand_stays_stopped_whatever_others_do()
    {
        var (evt, lise) = await WithLise();
        await TestHub.Get<CancelNotification>().Run((await Reminder(evt)).Id, Cast.Alan.Id, Stop);

        await Edit(evt, Draft with { Reminders = [DaysBefore(1), DaysBefore(2)] });
        await Stopped(lise);
        await Resumed(lise);
        await CancelAsGrace(lise);
        await RegisterGuest(evt, "Lise", Old);

        var stopped = (await Notifications(evt, ReminderNotifications.OfEvent)).Single(notification => notification.DueAt == At(12, 7, 9));
        Assert.Equal((NotificationState.Cancelled, NotificationReason.WithdrawnByHand), (stopped.State, stopped.Reason));
        Assert.Equal([At(12, 6, 9)], await RemindersDue(evt, lise));
    }

    [Fact]
    public async Task What_was_stopped_by_hand_is_not_promised_by_the_dry_run()
    {
        var (evt, _) = await WithLise();
        await Edit(evt, Draft with { Start = Evening.PlusDays(2), Reminders = [DaysBefore(1)] });
        await TestHub.Get<CancelNotification>().Run(
            (await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Planned)).Single().Id, Cast.Alan.Id, Stop);
        await Edit(evt, Draft with { Reminders = [DaysBefore(1)] });

        var shown = (await TestHub.Get<EventSchedule>().Run(evt.Id, Cast.Grace.Id, Evening.PlusDays(2), Stop))!;

        Assert.DoesNotContain(shown.Notifications, row => row.Type == ReminderNotifications.OfEvent && row.People > 0);
    }

    private async Task<Notification> Again(Event evt) =>
        (await Notifications(evt, RegistrationNotifications.Confirmed)).Single(notification => notification.Note == RegistrationNote.Again);

    private static Notification CopyOf(Notification notification, string email) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = notification.Type,
        Purpose = notification.Purpose,
        RecipientName = notification.RecipientName,
        RecipientEmail = EmailAddress.Of(email),
        Language = notification.Language,
        SubjectKind = notification.SubjectKind,
        SubjectId = notification.SubjectId,
        RuleId = notification.RuleId,
        SiteId = notification.SiteId,
        WrittenAt = notification.WrittenAt,
        DueAt = notification.DueAt,
        NextAttemptAt = notification.NextAttemptAt,
    };

    public sealed class OnSqlite(SqliteDatabase database) : RevivedEmailsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RevivedEmailsTests(database), IClassFixture<PostgresDatabase>;
}
