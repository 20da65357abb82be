using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

public abstract class CancelRegistrationTests(TestDatabase database) : EventTests(database)
{
    private async Task<Event> Full(int capacity = 2, params string[] names)
    {
        var evt = await Publish(Draft with { Capacity = capacity });
        foreach (var name in names.Length > 0 ? names : ["Lise", "Max", "Emmy", "Konrad"])
            await RegisterGuest(evt, name);
        return evt;
    }

    private Task<Outcome<Registration>> Undo(Registration registration) =>
        TestHub.Get<ReinstateRegistration>().Run(registration.Id, Cast.Grace.Id, Stop);

    // Rule 18.
    [Fact]
    public async Task The_seat_goes_to_who_waits_longest_in_the_same_commit()
    {
        var evt = await Full();

        await CancelAsGrace(await Row(evt, "Lise"));

        Assert.Equal([RegistrationStatus.Cancelled, RegistrationStatus.Confirmed, RegistrationStatus.Confirmed, RegistrationStatus.Waiting],
            (await Rows(evt)).Select(row => row.Status));
        var promoted = (await Notifications(evt, RegistrationNotifications.Promoted)).Single();
        Assert.Equal(("Emmy", Now), (promoted.RecipientName!.Text, promoted.DueAt));
        Assert.Equal(3, (await RemindersDue(evt, await Row(evt, "Emmy"))).Count);
    }

    // Rule 18.
    [Fact]
    public async Task What_was_planned_for_them_is_withdrawn_at_once_and_one_email_says_so_to_them_only()
    {
        var evt = await Full();
        await Deliver();
        var lise = await Row(evt, "Lise");

        await CancelAsGrace(lise);

        var theirs = (await Notifications(evt)).Where(notification => notification.SubjectId == lise.Id).ToList();
        Assert.Equal([RegistrationNotifications.Cancelled],
            theirs.Where(notification => notification.State == NotificationState.Planned).Select(notification => notification.Type));
        Assert.Equal(3, theirs.Count(notification => notification.State == NotificationState.Cancelled
            && notification.Type == ReminderNotifications.OfEvent));
        TestHub.Clock.AdvanceMinutes(11);
        Assert.Equal(new CalendarTold(Sequence: 1, Facts: null),
            Assert.Single(await Deliver(), notification => notification.Type == RegistrationNotifications.Cancelled).Told);
    }

    [Fact]
    public async Task Who_never_got_an_invitation_is_sent_no_withdrawal_for_their_calendar()
    {
        var evt = await Full();

        await CancelAsGrace(await Row(evt, "Lise")); // whose confirmation has not left yet
        await CancelAsGrace(await Row(evt, "Konrad")); // who waits

        TestHub.Clock.AdvanceMinutes(11);
        Assert.All((await Deliver()).Where(notification => notification.Type == RegistrationNotifications.Cancelled),
            notification => Assert.Null(notification.Told));
        Assert.Equal(2, (await Notifications(evt, RegistrationNotifications.Cancelled, NotificationState.Sent)).Count);
    }

    [Fact]
    public async Task Works_by_the_signed_link_of_an_email_and_by_no_other()
    {
        var evt = await Full();
        var lise = await Row(evt, "Lise");
        var cancel = TestHub.Get<CancelRegistration>();

        Assert.Equal("not_found", (await cancel.ByLink(await TokenSigner(TokenPurpose.Ticket, lise.Id), Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await cancel.ByLink("nonsense", Stop)).Refusal?.Code);
        Assert.True((await Row(evt, "Lise")).IsLive);
        Assert.True((await cancel.ByLink(await TokenSigner(TokenPurpose.ManageRegistration, lise.Id), Stop)).IsDone);
        Assert.False((await Row(evt, "Lise")).IsLive);
    }

    [Fact]
    public async Task Only_they_themselves_the_organiser_and_the_desk_may()
    {
        var evt = await Publish(Draft with { Capacity = 5 });
        var ada = (await Register(evt, Cast.Ada.Id)).Value.Registration!;
        var lise = (await RegisterGuest(evt, "Lise"), await Row(evt, "Lise")).Item2;
        var cancel = TestHub.Get<CancelRegistration>();

        Assert.Equal("not_found", (await cancel.Run(ada.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await cancel.Run(ada.Id, Guid.NewGuid(), Stop)).Refusal?.Code);
        Assert.True((await cancel.Run(ada.Id, Cast.Ada.Id, Stop)).IsDone);
        Assert.True((await cancel.Run(lise.Id, Cast.Frieda.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task Cancelling_twice_is_cancelling_once_and_too_late_is_after_the_end()
    {
        var evt = await Full();
        var lise = await Row(evt, "Lise");

        await CancelAsGrace(lise);
        Assert.True((await CancelAsGrace(lise)).IsDone);
        TestHub.Clock.Reset(evt.End);

        Assert.Single(await Notifications(evt, RegistrationNotifications.Cancelled));
        Assert.Equal("event_over", (await CancelAsGrace(await Row(evt, "Max"))).Refusal?.Code);
    }

    [Theory]
    [InlineData(12, 8, 16, 59, true)]
    [InlineData(12, 8, 17, 0, false)] // nobody is surprised by a seat in the last hour
    public async Task The_waiting_list_moves_until_an_hour_before_the_start(int month, int day, int hour, int minute, bool moves)
    {
        var evt = await Full();
        TestHub.Clock.Reset(At(month, day, hour, minute));

        await CancelAsGrace(await Row(evt, "Lise"));

        Assert.Equal(moves, (await Row(evt, "Emmy")).Status == RegistrationStatus.Confirmed);
    }

    [Fact]
    public async Task The_waiting_list_does_not_move_when_registration_is_closed()
    {
        var evt = await Publish(Draft with { Capacity = 1, RegistrationCloses = Evening.PlusDays(-1) });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        TestHub.Clock.Reset(At(12, 7, 18));

        await CancelAsGrace(await Row(evt, "Lise"));

        Assert.Equal(RegistrationStatus.Waiting, (await Row(evt, "Max")).Status);
    }

    [Fact]
    public async Task Taken_back_in_time_the_seat_is_theirs_again_and_no_email_leaves()
    {
        var evt = await Full(2, "Lise");
        await Deliver();
        var before = await RemindersDue(evt, await Row(evt, "Lise"));
        await CancelAsGrace(await Row(evt, "Lise"));
        TestHub.Clock.AdvanceSeconds(10);

        var undone = (await Undo(await Row(evt, "Lise"))).Value;
        TestHub.Clock.AdvanceSeconds(60);

        Assert.Equal((RegistrationStatus.Confirmed, 1), (undone.Status, undone.Number));
        Assert.Equal(before, await RemindersDue(evt, undone));
        Assert.Empty(await Deliver());
    }

    [Fact]
    public async Task Taken_back_when_the_seat_is_gone_they_join_the_end_of_the_list()
    {
        var evt = await Full();
        await CancelAsGrace(await Row(evt, "Lise"));

        var undone = (await Undo(await Row(evt, "Lise"))).Value;

        Assert.Equal((RegistrationStatus.Waiting, 5), (undone.Status, undone.Number));
        Assert.Equal(2, (await Rows(evt)).Count(row => row.Status == RegistrationStatus.Confirmed));
        Assert.Single(await Notifications(evt, RegistrationNotifications.Waiting, NotificationState.Planned),
            notification => notification.RecipientName!.Text == "Lise");
    }

    [Fact]
    public async Task Who_waited_and_takes_it_back_keeps_their_place()
    {
        var evt = await Full();
        await CancelAsGrace(await Row(evt, "Emmy"));

        var undone = (await Undo(await Row(evt, "Emmy"))).Value;

        Assert.Equal((RegistrationStatus.Waiting, 3), (undone.Status, undone.Number));
    }

    [Fact]
    public async Task After_ten_seconds_it_is_too_late()
    {
        var evt = await Full(2, "Lise");
        await CancelAsGrace(await Row(evt, "Lise"));
        TestHub.Clock.AdvanceSeconds(11);

        Assert.Equal("undo_too_late", (await Undo(await Row(evt, "Lise"))).Refusal?.Code);
    }

    [Fact]
    public async Task The_hourly_run_gives_seats_that_nobody_passed_on_and_only_once()
    {
        var evt = await Full();
        await TestHub.Read(db => db.Registrations.Where(one => one.Name.Equals(PersonName.Of("Lise")))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, RegistrationStatus.Cancelled), Stop));
        var sweep = TestHub.Get<PromoteFromWaitingList>();

        Assert.Equal((1, 0), (await sweep.Run(Stop), await sweep.Run(Stop)));
        Assert.Equal(RegistrationStatus.Confirmed, (await Row(evt, "Emmy")).Status);
        Assert.Single(await Notifications(evt, RegistrationNotifications.Promoted));
    }

    public sealed class OnSqlite(SqliteDatabase database) : CancelRegistrationTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CancelRegistrationTests(database), IClassFixture<PostgresDatabase>;
}
