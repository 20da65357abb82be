using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Reminders;

/// <summary>Rule 8, second half; "30 mails from join/leave flapping" among the bugs of the field.</summary>
public abstract class ThrottleRepeatsTests(TestDatabase database) : EventTests(database)
{
    [Theory]
    [InlineData(1)] // faster than the undo window
    [InlineData(30)]
    public async Task Of_joining_and_leaving_fifteen_times_the_first_and_the_last_are_told(int secondsEach)
    {
        var evt = await Publish();
        var told = new List<NotificationType>();
        for (var step = 0; step < 15; step++)
        {
            if (step % 2 == 0)
                await RegisterGuest(evt, "Lise");
            else
                await CancelAsGrace(await Row(evt, "Lise"));
            told.AddRange((await Deliver()).Select(notification => notification.Type));
            TestHub.Clock.AdvanceSeconds(secondsEach);
        }

        await CancelAsGrace(await Row(evt, "Lise"));
        TestHub.Clock.AdvanceMinutes(11);
        told.AddRange((await Deliver()).Select(notification => notification.Type));

        Assert.Equal([RegistrationNotifications.Confirmed, RegistrationNotifications.Cancelled], told);
    }

    [Fact]
    public async Task A_day_brings_five_emails_about_one_event_and_the_last_word_on_the_next()
    {
        var evt = await Publish();
        var told = new List<NotificationType>();
        for (var step = 0; step < 12; step++)
        {
            if (step % 2 == 0)
                await RegisterGuest(evt, "Lise");
            else
                await CancelAsGrace(await Row(evt, "Lise"));
            TestHub.Clock.AdvanceMinutes(30);
            told.AddRange((await Deliver()).Select(notification => notification.Type));
        }

        Assert.Equal(5, told.Count);
        TestHub.Clock.Reset(At(11, 24, 0));

        Assert.Equal([RegistrationNotifications.Cancelled], (await Deliver()).Select(notification => notification.Type));
    }

    [Fact]
    public async Task An_organiser_who_moves_an_event_again_and_again_sends_each_attendee_five_emails_a_day_and_then_the_last_word()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise");
        await Deliver();
        var told = 1;
        for (var step = 1; step <= 8; step++)
        {
            await Edit(evt, Draft with { Start = Draft.Start!.Value.PlusMinutes(15 * step) });
            TestHub.Clock.AdvanceMinutes(20);
            told += (await Deliver()).Count;
        }

        Assert.Equal(5, told);
        TestHub.Clock.Reset(At(11, 24, 0));
        Assert.Equal([EventNotifications.Changed], (await Deliver()).Select(notification => notification.Type));
    }

    [Fact]
    public async Task Who_leaves_at_once_is_told_ten_minutes_after_the_confirmation()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise");
        await Deliver();
        TestHub.Clock.AdvanceMinutes(1);
        await CancelAsGrace(await Row(evt, "Lise"));
        TestHub.Clock.AdvanceMinutes(8);
        Assert.Empty(await Deliver());
        TestHub.Clock.AdvanceMinutes(1);

        Assert.Equal([RegistrationNotifications.Cancelled], (await Deliver()).Select(notification => notification.Type));
    }

    // A seat that becomes free is worth nothing to who hears of it late.
    [Fact]
    public async Task A_seat_from_the_waiting_list_is_told_at_once()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        await Deliver();
        await CancelAsGrace(await Row(evt, "Lise"));

        Assert.Equal([RegistrationNotifications.Promoted], (await Deliver()).Select(notification => notification.Type));
    }

    // "Everybody's cancelled" must be told however often somebody came and went.
    [Fact]
    public async Task News_of_the_event_itself_is_never_held_back()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise");
        await Deliver();
        await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop);
        TestHub.Clock.AdvanceMinutes(5);

        Assert.Equal([EventNotifications.Cancelled], (await Deliver()).Select(notification => notification.Type));
    }

    public sealed class OnSqlite(SqliteDatabase database) : ThrottleRepeatsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ThrottleRepeatsTests(database), IClassFixture<PostgresDatabase>;
}
