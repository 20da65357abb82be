using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests.Bookings;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Reminders;

/// <summary>Whoever says they want no reminders gets none of any kind, whichever way they said so; and all of them once they want them again.</summary>
public abstract class UnwantedRemindersTests(TestDatabase database) : EventTests(database)
{
    private StopReminders Reminders => House.Get<StopReminders>();

    private async Task<Event> WithMaxWaiting()
    {
        var hosted = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(hosted, "Lise");
        await RegisterGuest(hosted, "Max");
        await Deliver();
        return hosted;
    }

    private async Task<Letter> StandBy(Event hosted) => Assert.Single(await Letters(hosted, LetterKind.RegistrationStandBy));

    // Rule 30, RFC 8058: the letter carries the link, so the link must stop it.
    [Fact]
    public async Task The_link_of_a_stand_by_letter_stops_it_and_starts_it_again()
    {
        var hosted = await WithMaxWaiting();
        var seal = await Seal(SealPurpose.Unsubscribe, (await Row(hosted, "Max")).Id);

        await Reminders.ByLink(seal, Stop);
        var stopped = await StandBy(hosted);
        await Reminders.Resume(seal, Stop);

        Assert.Equal((LetterState.Cancelled, "unwanted"), (stopped.State, stopped.Reason));
        Assert.Equal(LetterState.Planned, (await StandBy(hosted)).State);
    }

    [Fact]
    public async Task Who_wants_no_reminders_of_an_event_is_not_armed_for_standing_by()
    {
        var hosted = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(hosted, "Lise");
        await House.Get<Register>().Run(new RegisterRequest(hosted.Id, GuestName: "Max", GuestEmail: "max@guests.example", WantsReminders: false), Stop);

        Assert.Empty(await Letters(hosted, LetterKind.RegistrationStandBy));
    }

    [Theory]
    [InlineData("none at all")]
    [InlineData("none of events")]
    [InlineData("disabled")]
    [InlineData("none of this event")]
    public async Task A_stand_by_letter_is_asked_again_whether_it_is_wanted(string wish)
    {
        var hosted = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(hosted, "Lise");
        await Register(hosted, Cast.Ada.Id);
        await Deliver();
        await House.Change<Member>(Cast.Ada.Id, ada =>
        {
            ada.WantsReminders = wish != "none at all";
            ada.WantsEventReminders = wish != "none of events";
            ada.DisabledAt = wish == "disabled" ? Now : null;
        });
        await House.Read(db => db.Registrations.Where(one => one.MemberId == Cast.Ada.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.WantsReminders, wish != "none of this event"), Stop));
        House.Clock.Reset(At(12, 7, 18));

        Assert.DoesNotContain(await Deliver(), letter => letter.Kind == LetterKind.RegistrationStandBy);
        Assert.Equal("unwanted", (await StandBy(hosted)).Reason);
    }

    [Fact]
    public async Task The_dry_run_and_the_account_promise_no_stand_by_letter_to_who_wants_none()
    {
        var hosted = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(hosted, "Lise");
        await Register(hosted, Cast.Ada.Id);
        Assert.Contains(await House.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop), reminder => reminder.Kind == LetterKind.RegistrationStandBy);
        await House.Change<Member>(Cast.Ada.Id, ada => ada.WantsEventReminders = false);

        var shown = (await House.Get<EventSchedule>().Run(hosted.Id, Cast.Grace.Id, otherStart: null, Stop))!;

        Assert.Equal(0, shown.Letters.Single(row => row.Kind == LetterKind.RegistrationStandBy).People);
        Assert.Empty(await House.Get<RemindersToCome>().OfMember(Cast.Ada.Id, Stop));
    }

    // Rule 19, for those who want what it stands in for.
    [Fact]
    public async Task A_confirmation_stands_in_for_no_reminder_that_nobody_wanted()
    {
        var hosted = await Publish();
        House.Clock.Reset(At(12, 8, 17));

        await House.Get<Register>().Run(new RegisterRequest(hosted.Id, GuestName: "Max", GuestEmail: "max@guests.example", WantsReminders: false), Stop);

        Assert.Null(Assert.Single(await Letters(hosted, LetterKind.RegistrationConfirmed)).Note);
    }

    public sealed class OnSqlite(SqliteDatabase database) : UnwantedRemindersTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : UnwantedRemindersTests(database), IClassFixture<PostgresDatabase>;
}
