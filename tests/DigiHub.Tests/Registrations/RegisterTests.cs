using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

public abstract class RegisterTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public async Task Gives_seats_until_they_are_gone_and_then_places_on_the_waiting_list_in_order()
    {
        var evt = await Publish();

        foreach (var name in new[] { "Konrad", "Lise", "Max", "Emmy" })
            await RegisterGuest(evt, name);

        Assert.Equal(
            [("Konrad", RegistrationStatus.Confirmed, 1), ("Lise", RegistrationStatus.Confirmed,
                2), ("Max", RegistrationStatus.Waiting, 3), ("Emmy", RegistrationStatus.Waiting, 4)],
            (await Rows(evt)).Select(row => (row.Name.Text, row.Status, row.Number)));
    }

    [Fact]
    public async Task Says_to_a_member_whether_they_have_a_seat_or_which_place_in_line()
    {
        var evt = await Publish(Draft with { Capacity = 1 });

        var ada = (await Register(evt, Cast.Ada.Id)).Value;
        var bob = (await Register(evt, Cast.Bob.Id)).Value;

        Assert.Equal((RegistrationStatus.Confirmed, null, false), (ada.Status, ada.Place, ada.WasAlready));
        Assert.Equal((RegistrationStatus.Waiting, 1, false), (bob.Status, bob.Place, bob.WasAlready));
    }

    [Fact]
    public async Task Writes_one_email_that_can_leave_at_once_in_the_readers_language()
    {
        var evt = await Publish(Draft with { Capacity = 1, Reminders = [] });

        await Register(evt, Cast.Bob.Id);
        await RegisterGuest(evt, "Lise");

        var notifications = await Notifications(evt);
        Assert.Equal(
            [(RegistrationNotifications.Confirmed, Language.English), (RegistrationNotifications.Waiting, Language.German)],
            notifications.Where(notification => notification.DueAt == Now && notification.State == NotificationState.Planned)
                .OrderBy(notification => notification.Type.Name).Select(notification => (notification.Type, notification.Language)));
        Assert.Equal([(RegistrationNotifications.Confirmed, 0), (RegistrationNotifications.Waiting, (int?)null)],
            (await Deliver()).OrderBy(notification => notification.Type.Name)
                .Select(notification => (notification.Type, notification.Told?.Sequence)));
    }

    [Fact]
    public async Task A_member_who_registers_twice_keeps_what_they_have_and_gets_no_second_email()
    {
        var evt = await Publish();
        var first = (await Register(evt, Cast.Ada.Id)).Value;

        var second = (await Register(evt, Cast.Ada.Id)).Value;

        Assert.True(second.WasAlready);
        Assert.Equal(first.Registration!.Id, second.Registration!.Id);
        Assert.Single(await Notifications(evt, RegistrationNotifications.Confirmed));
    }

    [Fact]
    public async Task Shows_a_guest_the_same_whether_the_address_was_registered_or_not()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");

        var again = (await RegisterGuest(evt, "Somebody", "LISE@guests.example")).Value;
        var fresh = (await RegisterGuest(evt, "Emmy")).Value;

        Assert.Equal((again.Status, again.Place, again.Registration, again.WasAlready),
            (fresh.Status, fresh.Place, fresh.Registration, fresh.WasAlready));
        Assert.Equal("Lise", (await Rows(evt))[0].Name);
    }

    [Fact]
    public async Task Tells_an_address_that_registers_again_what_it_has_once_a_day_at_most()
    {
        var evt = await Publish();
        for (var i = 0; i < 3; i++)
            await RegisterGuest(evt, "Lise");

        Assert.Equal([null, RegistrationNote.Again],
            (await Notifications(evt, RegistrationNotifications.Confirmed)).Select(notification => notification.Note).Order());
        Assert.Single(await Rows(evt));
    }

    // Rule 20.
    [Fact]
    public async Task Who_comes_back_goes_on_in_the_same_row_with_a_new_number_and_a_higher_sequence()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        var before = await Row(evt, "Lise");
        await Deliver();
        await CancelAsGrace(before);
        TestHub.Clock.AdvanceMinutes(11);
        var cancel = Assert.Single(await Deliver(), notification => notification.Type == RegistrationNotifications.Cancelled).Told!;

        await RegisterGuest(evt, "Lise");

        var after = await Row(evt, "Lise");
        TestHub.Clock.AdvanceMinutes(11);
        var confirmation = Assert.Single(await Deliver(), notification => notification.Type == RegistrationNotifications.Confirmed).Told!;
        Assert.Equal((before.Id, RegistrationStatus.Confirmed, 3), (after.Id, after.Status, after.Number));
        Assert.True(confirmation.Sequence > cancel.Sequence);
        Assert.True(cancel.Sequence > 0);
        Assert.True(cancel.IsWithdrawal && !confirmation.IsWithdrawal);
    }

    // Rule 27.
    [Fact]
    public async Task Nobody_new_takes_a_seat_while_anyone_waits()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        // A free seat that was not passed on yet: the job has not run.
        await TestHub.Read(db => db.Registrations.Where(one => one.Name.Equals(PersonName.Of("Lise")))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, RegistrationStatus.Cancelled), Stop));

        var emmy = (await RegisterGuest(evt, "Emmy")).Value;

        Assert.Equal((RegistrationStatus.Waiting, 2), (emmy.Status, emmy.Place));
    }

    [Theory]
    [InlineData(11, 30, 9, 59, "registration_not_open")]
    [InlineData(11, 30, 10, 0, null)]
    [InlineData(12, 7, 11, 59, null)]
    [InlineData(12, 7, 12, 0, "registration_closed")]
    [InlineData(12, 8, 18, 0, "event_started")]
    public async Task Opens_and_closes_with_the_registration_window(int month, int day, int hour, int minute, string? code)
    {
        var evt = await Publish(Draft with { RegistrationOpens = new(2026, 11, 30, 10, 0), RegistrationCloses = new(2026, 12, 7, 12, 0) });
        TestHub.Clock.Reset(At(month, day, hour, minute));

        var outcome = await RegisterGuest(evt, "Lise");

        Assert.Equal(code, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Refuses_a_draft_a_cancelled_event_and_one_that_is_not_there()
    {
        var draft = (await Write(Draft)).Value;
        var cancelled = await Publish(Draft with { SpaceId = Cast.Panke.Id });
        await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(cancelled.Id, Cast.Grace.Id), Stop);

        Assert.Equal("not_found", (await RegisterGuest(draft, "Lise")).Refusal?.Code);
        Assert.Equal("event_cancelled", (await RegisterGuest(cancelled, "Lise")).Refusal?.Code);
        Assert.Equal("not_found",
            (await TestHub.Get<Register>().Run(new RegisterRequest(Guid.NewGuid(), Cast.Ada.Id), Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await Register(cancelled, Guid.NewGuid())).Refusal?.Code);
    }

    [Theory]
    [InlineData("", "lise@guests.example", "name")]
    [InlineData(" \t\r\n", "lise@guests.example", "name")]
    [InlineData("Lise", "", "email")]
    [InlineData("Lise", "lise", "email")]
    [InlineData("Lise", "lise@localhost", "email")]
    [InlineData("Lise", "lise@guests.example\r\nBcc: all@guests.example", "email")]
    [InlineData("Lise", "Lise <lise@guests.example>", "email")]
    [InlineData("Lise", "a@b@guests.example", "email")]
    public async Task Refuses_a_guest_whom_no_email_would_reach_and_names_the_field(string name, string email, string field)
    {
        var evt = await Publish();

        var outcome = await RegisterGuest(evt, name, email);

        Assert.Equal(field, outcome.Refusal?.Field);
        Assert.Empty(await Rows(evt));
    }

    [Fact]
    public async Task Keeps_a_name_to_one_line()
    {
        var evt = await Publish();

        await RegisterGuest(evt, "  Lise\r\nBcc: x\t Meitner ", "lise@guests.example");

        Assert.Equal("Lise Bcc: x Meitner", (await Rows(evt)).Single().Name);
    }

    // Composed and decomposed, in Unicode and in punycode, with invisible signs around: one person's one seat.
    [Fact]
    public async Task One_mailbox_however_it_is_written_has_one_registration()
    {
        var evt = await Publish(Draft with { Capacity = 5 });

        foreach (var spelled in new[] {
            "j\u00F6rg@m\u00FCnchen.example", "JO\u0308RG@mu\u0308nchen.EXAMPLE",
            "j\u00F6rg@xn--mnchen-3ya.example", "\u200Bj\u00F6rg@m\u00FCnchen.example\u2060" })
            Assert.True((await RegisterGuest(evt, "Lise", spelled)).IsDone);

        Assert.Equal("j\u00F6rg@m\u00FCnchen.example", Assert.Single(await Rows(evt)).Email);
    }

    [Fact]
    public async Task A_member_finds_the_registration_they_made_as_a_guest()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Ada", Cast.Ada.Email);

        var outcome = (await Register(evt, Cast.Ada.Id)).Value;

        Assert.True(outcome.WasAlready);
        Assert.Equal(Cast.Ada.Id, (await Rows(evt)).Single().MemberId);
    }

    public sealed class OnSqlite(SqliteDatabase database) : RegisterTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RegisterTests(database), IClassFixture<PostgresDatabase>;
}
