using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Time;

namespace DigiHub.Tests.Events;

public abstract class EditEventTests(TestDatabase database) : EventTests(database)
{
    private static readonly LocalDateTime Later = Evening.PlusDays(2);

    private async Task<Event> WithLise(EventDraft? draft = null)
    {
        var evt = await Publish(draft);
        await RegisterGuest(evt, "Lise");
        await Deliver();
        return evt;
    }

    // Rule 10.
    [Fact]
    public async Task A_move_takes_room_calendar_and_reminders_along()
    {
        var evt = await WithLise();

        var moved = (await Edit(evt, Draft with { Start = Later, SpaceId = Cast.Panke.Id })).Value.Event;

        var claim = await TestHub.Read(db => db.Claims.SingleAsync(one => one.HolderId == evt.Id, Stop));
        Assert.Equal((4, At(12, 10, 17, 45), At(12, 10, 20)), (claim.UnitId, claim.Start, claim.End));
        Assert.Equal((evt.Revision + 1, evt.CalendarSequence + 1), (moved.Revision, moved.CalendarSequence));
        Assert.Equal([At(12, 3, 9), At(12, 9, 9), At(12, 10, 16)], await RemindersDue(evt, await Row(evt, "Lise")));
        Assert.All(await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Cancelled),
            notification => Assert.Equal(NotificationReason.Moved, notification.Reason));
        Assert.Equal(3, (await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Cancelled)).Count);
    }

    [Fact]
    public async Task A_move_into_a_taken_room_is_refused_and_changes_nothing()
    {
        var evt = await WithLise();
        await Publish(Draft with { SpaceId = Cast.Panke.Id, Title = Draft.Title with { German = "Anderes" } });
        var (before, notifications) = (await Reread(evt), await Notifications(evt));

        var refusal = (await Edit(evt, Draft with { SpaceId = Cast.Panke.Id })).Refusal!;

        Assert.Equal("slot_taken", refusal.Code);
        Assert.Contains("„Anderes“", refusal.Message.German, StringComparison.Ordinal);
        Assert.Equal((before.Revision, before.SpaceId), ((await Reread(evt)).Revision, (await Reread(evt)).SpaceId));
        Assert.Equal(notifications.Select(one => (one.Id, one.State)).Order(),
            (await Notifications(evt)).Select(one => (one.Id, one.State)).Order());
        Assert.Equal(3,
            await TestHub.Read(db => db.Claims.Where(one => one.HolderId == evt.Id).Select(one => one.UnitId).SingleAsync(Stop)));
    }

    [Fact]
    public async Task May_move_by_less_than_its_own_length_within_its_own_room()
    {
        var evt = await Publish();

        Assert.True((await Edit(evt, Draft with { Start = Evening.PlusMinutes(30) })).IsDone);
    }

    // Rule 10: the change notice stands in for reminders whose time has passed.
    [Fact]
    public async Task A_move_to_an_earlier_day_arms_no_reminder_whose_time_has_passed()
    {
        var evt = await WithLise();

        await Edit(evt, Draft with { Start = new(2026, 11, 24, 18, 0) });

        Assert.Equal([At(11, 24, 16)], await RemindersDue(evt, await Row(evt, "Lise")));
    }

    [Fact]
    public async Task Moving_there_and_back_leaves_each_reminder_planned_once()
    {
        var evt = await WithLise();
        var before = await RemindersDue(evt, await Row(evt, "Lise"));

        await Edit(evt, Draft with { Start = Later });
        await Edit(evt, Draft);

        Assert.Equal(before, await RemindersDue(evt, await Row(evt, "Lise")));
    }

    // Rule 11.
    [Theory]
    [InlineData(15, false)] // minutes: no more than a moment
    [InlineData(120, false)] // exactly the rule's own offset
    [InlineData(121, true)]
    public async Task A_reminder_already_sent_is_sent_again_only_if_the_event_moves_later_by_more_than_its_offset(int minutes, bool again)
    {
        var draft = Draft with { Reminders = [ReminderTime.Hours(2)] };
        var evt = await WithLise(draft);
        TestHub.Clock.Reset(At(12, 8, 16));
        Assert.Equal([ReminderNotifications.OfEvent], (await Deliver()).Select(notification => notification.Type));

        await Edit(evt, draft with { Start = Evening.PlusMinutes(minutes) });

        Assert.Equal(again ? 1 : 0, (await RemindersDue(evt, await Row(evt, "Lise"))).Count);
    }

    // Rule 12.
    [Fact]
    public async Task Several_edits_become_one_notice_ten_minutes_after_the_last_from_what_each_knew()
    {
        var evt = await WithLise();
        await Edit(evt, Draft with { Start = Later });
        TestHub.Clock.AdvanceMinutes(5);
        await RegisterGuest(evt, "Max");
        await Deliver();
        await Edit(evt, Draft with { Start = Later, SpaceId = Cast.Panke.Id }, note: "Mehr Platz!");

        Assert.Empty(await Deliver());
        TestHub.Clock.AdvanceMinutes(10);
        var notices = await Deliver();

        Assert.All(notices, notice => Assert.Equal(EventNotifications.Changed, notice.Type));
        var known = notices.ToDictionary(notice => notice.RecipientName!.Text, notice => ChangeNote.Parse(notice.Note));
        Assert.Equal((Evening, Cast.Spree.Id), (known["Lise"].Known.Start, known["Lise"].Known.SpaceId));
        Assert.Equal((Later, Cast.Spree.Id), (known["Max"].Known.Start, known["Max"].Known.SpaceId));
        Assert.All(known.Values, note => Assert.Equal("Mehr Platz!", note.Words));
    }

    // Rule 12.
    [Fact]
    public async Task Edits_that_lead_back_to_what_people_knew_say_nothing()
    {
        var evt = await WithLise();
        await Edit(evt, Draft with { Start = Later });
        var back = (await Edit(evt, Draft)).Value;
        TestHub.Clock.AdvanceMinutes(11);

        Assert.Equal(0, back.PeopleTold);
        Assert.Empty(await Deliver());
    }

    // Rule 12.
    [Fact]
    public async Task Texts_never_mail_by_themselves()
    {
        var evt = await WithLise();

        var edited = (await Edit(evt, Draft with
        {
            Title = Draft.Title with { German = "Löten für Fortgeschrittene" },
            Text = Draft.Text with { English = "Bring your own iron." },
        })).Value;

        Assert.Equal((0, evt.Revision + 1, evt.CalendarSequence),
            (edited.PeopleTold, edited.Event.Revision, edited.Event.CalendarSequence));
        Assert.Empty(await Notifications(evt, EventNotifications.Changed));
    }

    // Rule 12.
    [Theory]
    [InlineData(11, 59, 10)] // more than six hours before the start
    [InlineData(12, 1, 0)]
    public async Task A_notice_waits_only_where_there_is_time(int hour, int minute, int waitsMinutes)
    {
        var evt = await WithLise();
        TestHub.Clock.Reset(At(12, 8, hour, minute));

        await Edit(evt, Draft with { Start = Evening.PlusHours(1) });

        Assert.Equal(Now + Duration.FromMinutes(waitsMinutes), (await Notifications(evt, EventNotifications.Changed)).Single().DueAt);
    }

    [Fact]
    public async Task Confirmed_and_waiting_are_told_but_only_the_confirmed_get_an_entry_for_their_calendar()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        await RegisterGuest(evt, "Emmy");
        await CancelAsGrace(await Row(evt, "Emmy"));
        await Deliver();

        var told = (await Edit(evt, Draft with { Capacity = 1, Start = Later })).Value.PeopleTold;

        Assert.Equal(2, told);
        TestHub.Clock.AdvanceMinutes(11);
        Assert.Equal([("Lise", 1), ("Max", (int?)null)],
            (await Deliver()).Where(notification => notification.Type == EventNotifications.Changed)
                .Select(notification => (notification.RecipientName!.Text, notification.Told?.Sequence)).OrderBy(one => one.Text));
    }

    [Fact]
    public async Task More_seats_go_to_those_who_wait_in_their_order()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        foreach (var name in new[] { "Lise", "Max", "Emmy", "Konrad" })
            await RegisterGuest(evt, name);

        var promoted = (await Edit(evt, Draft with { Capacity = 3 })).Value.Promoted;

        Assert.Equal(2, promoted);
        Assert.Equal(["Lise", "Max", "Emmy"],
            (await Rows(evt)).Where(row => row.Status == RegistrationStatus.Confirmed).Select(row => row.Name.Text));
    }

    // Rule 28.
    [Fact]
    public async Task Fewer_seats_put_nobody_out_and_stop_the_waiting_list()
    {
        var evt = await Publish(Draft with { Capacity = 3 });
        foreach (var name in new[] { "Lise", "Max", "Emmy", "Konrad" })
            await RegisterGuest(evt, name);
        await Edit(evt, Draft with { Capacity = 1 });

        await CancelAsGrace(await Row(evt, "Lise"));

        var roll = (await TestHub.Get<AttendeeList>().Run(new AttendeeQuery(evt.Id, Cast.Grace.Id), Stop))!;
        Assert.Equal((2, 1, 1), (roll.Counts.Confirmed, roll.Counts.Waiting, roll.OverBy));
    }

    // Rule 17.
    [Fact]
    public async Task An_event_that_is_over_may_have_its_texts_corrected_and_mails_nobody()
    {
        var evt = await WithLise();
        TestHub.Clock.Reset(At(12, 8, 21));
        await Deliver();

        var text = await Edit(evt, Draft with { Text = Draft.Text with { German = "Die Folien: …" } });
        var time = await Edit(evt, Draft with { Start = Later });
        TestHub.Clock.AdvanceMinutes(30);

        Assert.True(text.IsDone);
        Assert.Equal("event_over", time.Refusal?.Code);
        Assert.Empty(await Deliver());
    }

    [Fact]
    public async Task A_rule_taken_away_withdraws_its_reminders_and_a_new_one_arms_its_own()
    {
        var evt = await WithLise();

        await Edit(evt, Draft with { Reminders = [DaysBefore(1), DaysBefore(3, hour: 12)] });

        Assert.Equal([At(12, 5, 12), At(12, 7, 9)], await RemindersDue(evt, await Row(evt, "Lise")));
    }

    [Fact]
    public async Task A_stranger_an_old_revision_and_a_draft_are_refused()
    {
        var evt = await Publish();
        var draft = (await Write(Draft)).Value;

        Assert.Equal("not_found",
            (await TestHub.Get<EditEvent>().Run(new EditEventRequest(evt.Id, Draft, Cast.Frieda.Id), Stop)).Refusal?.Code);
        Assert.Equal("stale",
            (await TestHub.Get<EditEvent>().Run(new EditEventRequest(evt.Id, Draft, Cast.Grace.Id, evt.Revision - 1), Stop)).Refusal?.Code);
        Assert.Equal("not_published", (await Edit(draft, Draft)).Refusal?.Code);
    }

    [Fact]
    public async Task A_move_re_arms_hundreds_of_people_at_once()
    {
        var evt = await Publish(
            Draft with { Format = EventFormat.Online, SpaceId = null, JoinLink = "https://video.example/1", Capacity = 300 });
        for (var i = 0; i < 300; i++)
            await RegisterGuest(evt, $"guest{i}");

        var told = (await Edit(evt, Draft with
        {
            Format = EventFormat.Online,
            SpaceId = null,
            JoinLink = "https://video.example/1",
            Capacity = 300,
            Start = Later,
        })).Value.PeopleTold;

        Assert.Equal(300, told);
        Assert.Equal(900, (await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Planned)).Count);
        Assert.Equal(900, (await Notifications(evt, ReminderNotifications.OfEvent, NotificationState.Cancelled)).Count);
    }

    public sealed class OnSqlite(SqliteDatabase database) : EditEventTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EditEventTests(database), IClassFixture<PostgresDatabase>;
}
