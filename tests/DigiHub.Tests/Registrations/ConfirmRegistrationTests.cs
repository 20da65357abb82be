using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

public abstract class ConfirmRegistrationTests(TestDatabase database) : EventTests(database)
{
    [Fact]
    public async Task Holds_a_guests_seat_and_writes_one_email()
    {
        var evt = await Publish();

        await HoldFor(evt, "Call 0900 123456 now", "lise@guests.example");

        var notification = Assert.Single(await Notifications(evt));
        Assert.Equal((RegistrationNotifications.ToConfirm, "lise@guests.example", Now),
            (notification.Type, notification.RecipientEmail, notification.DueAt));
        var row = Assert.Single(await Rows(evt));
        Assert.Equal((RegistrationStatus.Confirmed, true, Now + Registration.HoldMax), (row.Status, row.IsHeld, row.ConfirmBy));
    }

    [Fact]
    public async Task Gives_the_ticket_and_the_reminders_once_the_link_is_confirmed_and_only_once()
    {
        var evt = await Publish();
        await HoldFor(evt, "Lise");

        await ConfirmGuest(evt, EmailAddress.Of("Lise@guests.example"));
        await ConfirmGuest(evt, EmailAddress.Of("Lise@guests.example"));

        var row = await Row(evt, "Lise");
        Assert.False(row.IsHeld);
        Assert.Single(await Notifications(evt, RegistrationNotifications.Confirmed));
        Assert.Equal(3, (await RemindersDue(evt, row)).Count);
    }

    [Fact]
    public async Task Writes_nothing_of_changes_or_cancellation_to_an_address_that_has_not_confirmed()
    {
        var evt = await Publish();
        await HoldFor(evt, "Lise");
        await Deliver();

        await Edit(evt, Draft with { Start = Evening.PlusDays(1) });
        await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop);
        TestHub.Clock.Advance(Duration.FromHours(1));

        Assert.Empty(await Deliver());
    }

    [Fact]
    public async Task Gives_the_seat_on_when_nobody_confirms_it_in_time_and_tells_the_address_nothing()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await HoldFor(evt, "Lise");
        await RegisterGuest(evt, "Max");
        await Deliver();
        var lapse = TestHub.Get<LapseRegistrations>();

        TestHub.Clock.Advance(Registration.HoldMax - Duration.FromSeconds(1));
        Assert.Equal(0, await lapse.Run(Stop));
        TestHub.Clock.Advance(Duration.FromSeconds(1));
        Assert.Equal(1, await lapse.Run(Stop));

        Assert.Equal([RegistrationStatus.Cancelled, RegistrationStatus.Confirmed], (await Rows(evt)).Select(row => row.Status));
        Assert.Equal("Max", Assert.Single(await Notifications(evt, RegistrationNotifications.Promoted)).RecipientName);
        Assert.Empty(await Notifications(evt, RegistrationNotifications.Cancelled));
        Assert.Equal("hold_over", (await ConfirmGuest(evt, EmailAddress.Of("lise@guests.example"))).Refusal?.Code);
    }

    [Fact]
    public async Task Passes_over_who_has_not_confirmed_when_a_seat_becomes_free()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await HoldFor(evt, "Max");
        await RegisterGuest(evt, "Emmy");

        await CancelAsGrace(await Row(evt, "Lise"));

        Assert.Equal((RegistrationStatus.Waiting, RegistrationStatus.Confirmed),
            ((await Row(evt, "Max")).Status, (await Row(evt, "Emmy")).Status));
    }

    [Fact]
    public async Task Holds_a_seat_no_longer_than_half_the_time_until_the_start()
    {
        var evt = await Publish();
        TestHub.Clock.Reset(evt.Start - Duration.FromHours(4));

        await HoldFor(evt, "Lise");

        Assert.Equal(Now + Duration.FromHours(2), (await Row(evt, "Lise")).ConfirmBy);
    }

    [Fact]
    public async Task Refuses_more_than_a_few_places_held_for_one_address_until_one_is_confirmed()
    {
        var events = new List<Event>();
        for (var week = 0; week <= Registration.HeldPerAddressMax; week++)
            events.Add(await Publish(Draft with { Start = Evening.PlusWeeks(week) }));
        foreach (var evt in events.SkipLast(1))
            Assert.True((await HoldFor(evt, "Lise")).IsDone);

        Assert.Equal("confirm_first", (await HoldFor(events[^1], "Lise", "LISE@guests.example")).Refusal?.Code);
        await ConfirmGuest(events[0], EmailAddress.Of("Lise@guests.example"));
        Assert.True((await HoldFor(events[^1], "Lise")).IsDone);
    }

    [Fact]
    public async Task A_member_who_signs_in_confirms_what_they_registered_as_a_guest()
    {
        var evt = await Publish();
        await HoldFor(evt, "Ada", Cast.Ada.Email);

        await Register(evt, Cast.Ada.Id);

        Assert.False((await Row(evt, "Ada")).IsHeld);
        Assert.Single(await Notifications(evt, RegistrationNotifications.Confirmed));
    }

    [Fact]
    public async Task Gives_a_new_place_to_who_comes_back_after_the_hold_and_before_anybody_has_noticed()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await HoldFor(evt, "Lise");
        await RegisterGuest(evt, "Max");
        TestHub.Clock.Advance(Registration.HoldMax);

        await HoldFor(evt, "Lise");

        var (lise, max) = (await Row(evt, "Lise"), await Row(evt, "Max"));
        Assert.Equal((RegistrationStatus.Waiting, RegistrationStatus.Confirmed), (lise.Status, max.Status));
        Assert.Equal(Now + Registration.HoldMax, lise.ConfirmBy);
        Assert.Equal(2,
            (await Notifications(evt, RegistrationNotifications.ToConfirm)).Count(notification => notification.SubjectId == lise.Id));
    }

    [Fact]
    public async Task Takes_the_undoing_of_a_cancelling_for_a_confirmation_because_only_the_link_leads_there()
    {
        var evt = await Publish();
        await HoldFor(evt, "Lise");
        var link = await TokenSigner(TokenPurpose.ManageRegistration, (await Row(evt, "Lise")).Id);

        await TestHub.Get<CancelRegistration>().ByLink(link, Stop);
        await TestHub.Get<ReinstateRegistration>().ByLink(link, Stop);

        Assert.False((await Row(evt, "Lise")).IsHeld);
        Assert.Single(await Notifications(evt, RegistrationNotifications.Confirmed));
    }

    [Fact]
    public async Task Takes_the_entry_out_of_the_calendar_of_who_had_a_seat_before_and_lets_the_next_one_lapse()
    {
        var evt = await Publish();
        await RegisterGuest(evt, "Lise");
        await Deliver();
        await CancelAsGrace(await Row(evt, "Lise"));
        await HoldFor(evt, "Lise");
        TestHub.Clock.Advance(Registration.HoldMax);

        await TestHub.Get<LapseRegistrations>().Run(Stop);
        await Deliver();

        var told = (await Notifications(evt)).Where(notification => notification.Told is not null)
            .MaxBy(notification => notification.Told!.Sequence)!;
        Assert.Equal((RegistrationNotifications.Cancelled, true), (told.Type, told.Told!.IsWithdrawal));
    }

    [Fact]
    public async Task Leaves_who_has_not_confirmed_out_of_the_number_of_people_told()
    {
        var evt = await Publish();
        await HoldFor(evt, "Lise");
        await RegisterGuest(evt, "Max");

        var cancelled = await TestHub.Get<CancelEvent>().Run(new CancelEventRequest(evt.Id, Cast.Grace.Id), Stop);

        Assert.Equal(1, cancelled.Value.PeopleTold);
    }

    [Theory]
    [InlineData("Win 1000 EUR at http://evil.example/claim")]
    [InlineData("evil.example")]
    [InlineData("www.evil")]
    public async Task Refuses_a_web_address_for_a_name(string name)
    {
        var evt = await Publish();

        var refusal = (await HoldFor(evt, name, "lise@guests.example")).Refusal;

        Assert.Equal(("name_link", "name"), (refusal?.Code, refusal?.Field));
        Assert.Empty(await Rows(evt));
    }

    public sealed class OnSqlite(SqliteDatabase database) : ConfirmRegistrationTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ConfirmRegistrationTests(database), IClassFixture<PostgresDatabase>;
}
