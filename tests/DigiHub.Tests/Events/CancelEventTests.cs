using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Tests.Events;

public abstract class CancelEventTests(TestDatabase database) : EventTests(database)
{
    private Task<Outcome<EventCancelled>> Cancel(Event evt, string? note = null) =>
        TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id, note), Stop);

    private Task<Outcome<Event>> Reinstate(Event evt) => TestHub.Get<ReinstateEvent>().Run(evt.Id, Cast.Grace.Id, Stop);

    private async Task<Event> WithTwoAndOneWaiting()
    {
        var evt = await Publish();
        foreach (var name in new[] { "Lise", "Max", "Emmy" })
            await RegisterGuest(evt, name);
        await Deliver();
        return evt;
    }

    // Rule 15.
    [Fact]
    public async Task Frees_the_room_withdraws_what_was_planned_and_writes_once_to_everybody_concerned()
    {
        var evt = await WithTwoAndOneWaiting();

        await Cancel(evt, "Der Lötkolben ist kaputt.");

        Assert.Equal(0, await TestHub.Read(db => db.Claims.CountAsync(one => one.HolderId == evt.Id, Stop)));
        Assert.Equal([EventNotifications.Cancelled],
            (await Notifications(evt, state: NotificationState.Planned)).Select(notification => notification.Type).Distinct());
        TestHub.Clock.AdvanceMinutes(5);
        var left = await Deliver();
        Assert.Equal([("Emmy", (int?)null), ("Lise", 1), ("Max", 1)],
            left.Select(notification => (notification.RecipientName!.Text, notification.Told?.Sequence)).OrderBy(one => one.Text));
        Assert.All(left, notification =>
            Assert.Equal((EventNotifications.Cancelled, "Der Lötkolben ist kaputt."), (notification.Type, notification.Note)));
        TestHub.Clock.AdvanceDays(30);
        Assert.Empty(await Deliver());
    }

    // Rule 15: five minutes to take it back before anything leaves.
    [Fact]
    public async Task Taken_back_in_time_nobody_hears_of_it_and_everything_is_as_before()
    {
        var evt = await WithTwoAndOneWaiting();
        var before = await RemindersDue(evt, await Row(evt, "Lise"));
        await Cancel(evt);
        TestHub.Clock.AdvanceMinutes(4);
        Assert.Empty(await Deliver());

        var reinstated = (await Reinstate(evt)).Value;
        TestHub.Clock.AdvanceMinutes(10);

        Assert.Empty(await Deliver());
        Assert.Equal((EventStatus.Published, evt.CalendarSequence + 2, null),
            (reinstated.Status, reinstated.CalendarSequence, reinstated.CancelNote));
        Assert.Equal(before, await RemindersDue(evt, await Row(evt, "Lise")));
        Assert.Equal(1, await TestHub.Read(db => db.Claims.CountAsync(one => one.HolderId == evt.Id, Stop)));
    }

    [Fact]
    public async Task Cannot_be_taken_back_when_the_emails_leave_or_the_room_is_gone()
    {
        var late = await Publish(Draft with { SpaceId = Cast.Panke.Id });
        await Cancel(late);
        TestHub.Clock.AdvanceMinutes(6);
        var evt = await Publish();
        await Cancel(evt);
        await Publish();

        Assert.Equal("undo_too_late", (await Reinstate(late)).Refusal?.Code);
        Assert.Equal("slot_taken", (await Reinstate(evt)).Refusal?.Code);
        Assert.Equal(EventStatus.Cancelled, (await Reread(evt)).Status);
    }

    // Rule 15: who cancelled before has had their notification.
    [Fact]
    public async Task Who_has_left_hears_only_that_they_left()
    {
        var evt = await WithTwoAndOneWaiting();
        await CancelAsGrace(await Row(evt, "Lise"));
        await Cancel(evt);
        TestHub.Clock.AdvanceMinutes(10);

        Assert.Equal([RegistrationNotifications.Cancelled],
            (await Deliver()).Where(notification => notification.RecipientName!.Text == "Lise").Select(notification => notification.Type));
    }

    [Fact]
    public async Task Cancelling_twice_is_cancelling_once()
    {
        var evt = await WithTwoAndOneWaiting();

        await Cancel(evt);
        Assert.True((await Cancel(evt)).IsDone);

        Assert.Equal(3, (await Notifications(evt, EventNotifications.Cancelled)).Count);
    }

    // Rule 16 and 17.
    [Fact]
    public async Task A_draft_an_event_that_is_over_and_somebody_elses_are_refused()
    {
        var draft = (await Write(Draft)).Value;
        var evt = await Publish();

        Assert.Equal("not_published", (await Cancel(draft)).Refusal?.Code);
        Assert.Equal("not_found", (await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Ada.Id), Stop)).Refusal?.Code);
        TestHub.Clock.Reset(evt.End);
        Assert.Equal("event_over", (await Cancel(evt)).Refusal?.Code);
    }

    public sealed class OnSqlite(SqliteDatabase database) : CancelEventTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CancelEventTests(database), IClassFixture<PostgresDatabase>;
}
