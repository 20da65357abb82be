using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

public abstract class CancelRegistrationTests(TestDatabase database) : EventTests(database)
{
    private async Task<Event> Full(int capacity = 2, params string[] names)
    {
        var hosted = await Publish(Draft with { Capacity = capacity });
        foreach (var name in names.Length > 0 ? names : ["Lise", "Max", "Emmy", "Konrad"])
            await RegisterGuest(hosted, name);
        return hosted;
    }

    private Task<Outcome<Registration>> Undo(Registration registration) =>
        House.Get<ReinstateRegistration>().Run(registration.Id, Cast.Grace.Id, Stop);

    // Rule 18.
    [Fact]
    public async Task The_seat_goes_to_who_waits_longest_in_the_same_commit()
    {
        var hosted = await Full();

        await CancelAsGrace(await Row(hosted, "Lise"));

        Assert.Equal([RegistrationStatus.Cancelled, RegistrationStatus.Confirmed, RegistrationStatus.Confirmed, RegistrationStatus.Waiting], (await Rows(hosted)).Select(row => row.Status));
        var promoted = (await Letters(hosted, LetterKind.RegistrationPromoted)).Single();
        Assert.Equal(("Emmy", Now), (promoted.RecipientName!.Text, promoted.DueAt));
        Assert.Equal(3, (await RemindersDue(hosted, await Row(hosted, "Emmy"))).Count);
    }

    // Rule 18.
    [Fact]
    public async Task What_was_planned_for_them_is_withdrawn_at_once_and_one_letter_says_so_to_them_only()
    {
        var hosted = await Full();
        await Deliver();
        var lise = await Row(hosted, "Lise");

        await CancelAsGrace(lise);

        var theirs = (await Letters(hosted)).Where(letter => letter.RegistrationId == lise.Id).ToList();
        Assert.Equal([LetterKind.RegistrationCancelled], theirs.Where(letter => letter.State == LetterState.Planned).Select(letter => letter.Kind));
        Assert.Equal(3, theirs.Count(letter => letter is { State: LetterState.Cancelled, Kind: LetterKind.EventReminder }));
        House.Clock.AdvanceMinutes(11);
        Assert.Equal(new CalendarTold(Sequence: 1, Facts: null), Assert.Single(await Deliver(), letter => letter.Kind == LetterKind.RegistrationCancelled).Told);
    }

    [Fact]
    public async Task Who_never_got_an_invitation_is_sent_no_withdrawal_for_their_calendar()
    {
        var hosted = await Full();

        await CancelAsGrace(await Row(hosted, "Lise")); // whose confirmation has not left yet
        await CancelAsGrace(await Row(hosted, "Konrad")); // who waits

        House.Clock.AdvanceMinutes(11);
        Assert.All((await Deliver()).Where(letter => letter.Kind == LetterKind.RegistrationCancelled), letter => Assert.Null(letter.Told));
        Assert.Equal(2, (await Letters(hosted, LetterKind.RegistrationCancelled, LetterState.Sent)).Count);
    }

    [Fact]
    public async Task Works_by_the_sealed_link_of_a_letter_and_by_no_other()
    {
        var hosted = await Full();
        var lise = await Row(hosted, "Lise");
        var cancel = House.Get<CancelRegistration>();

        Assert.Equal("not_found", (await cancel.ByLink(await Seal(SealPurpose.Ticket, lise.Id), Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await cancel.ByLink("nonsense", Stop)).Refusal?.Code);
        Assert.True((await Row(hosted, "Lise")).IsLive);
        Assert.True((await cancel.ByLink(await Seal(SealPurpose.ManageRegistration, lise.Id), Stop)).IsDone);
        Assert.False((await Row(hosted, "Lise")).IsLive);
    }

    [Fact]
    public async Task Only_they_themselves_the_organiser_and_the_desk_may()
    {
        var hosted = await Publish(Draft with { Capacity = 5 });
        var ada = (await Register(hosted, Cast.Ada.Id)).Value.Registration!;
        var lise = (await RegisterGuest(hosted, "Lise"), await Row(hosted, "Lise")).Item2;
        var cancel = House.Get<CancelRegistration>();

        Assert.Equal("not_found", (await cancel.Run(ada.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await cancel.Run(ada.Id, Guid.NewGuid(), Stop)).Refusal?.Code);
        Assert.True((await cancel.Run(ada.Id, Cast.Ada.Id, Stop)).IsDone);
        Assert.True((await cancel.Run(lise.Id, Cast.Frieda.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task Cancelling_twice_is_cancelling_once_and_too_late_is_after_the_end()
    {
        var hosted = await Full();
        var lise = await Row(hosted, "Lise");

        await CancelAsGrace(lise);
        Assert.True((await CancelAsGrace(lise)).IsDone);
        House.Clock.Reset(hosted.End);

        Assert.Single(await Letters(hosted, LetterKind.RegistrationCancelled));
        Assert.Equal("event_over", (await CancelAsGrace(await Row(hosted, "Max"))).Refusal?.Code);
    }

    [Theory]
    [InlineData(12, 8, 16, 59, true)]
    [InlineData(12, 8, 17, 0, false)] // nobody is surprised by a seat in the last hour
    public async Task The_waiting_list_moves_until_an_hour_before_the_start(int month, int day, int hour, int minute, bool moves)
    {
        var hosted = await Full();
        House.Clock.Reset(At(month, day, hour, minute));

        await CancelAsGrace(await Row(hosted, "Lise"));

        Assert.Equal(moves, (await Row(hosted, "Emmy")).Status == RegistrationStatus.Confirmed);
    }

    [Fact]
    public async Task The_waiting_list_does_not_move_when_registration_is_closed()
    {
        var hosted = await Publish(Draft with { Capacity = 1, RegistrationCloses = Evening.PlusDays(-1) });
        await RegisterGuest(hosted, "Lise");
        await RegisterGuest(hosted, "Max");
        House.Clock.Reset(At(12, 7, 18));

        await CancelAsGrace(await Row(hosted, "Lise"));

        Assert.Equal(RegistrationStatus.Waiting, (await Row(hosted, "Max")).Status);
    }

    [Fact]
    public async Task Taken_back_in_time_the_seat_is_theirs_again_and_no_letter_leaves()
    {
        var hosted = await Full(2, "Lise");
        await Deliver();
        var before = await RemindersDue(hosted, await Row(hosted, "Lise"));
        await CancelAsGrace(await Row(hosted, "Lise"));
        House.Clock.AdvanceSeconds(10);

        var undone = (await Undo(await Row(hosted, "Lise"))).Value;
        House.Clock.AdvanceSeconds(60);

        Assert.Equal((RegistrationStatus.Confirmed, 1), (undone.Status, undone.Number));
        Assert.Equal(before, await RemindersDue(hosted, undone));
        Assert.Empty(await Deliver());
    }

    [Fact]
    public async Task Taken_back_when_the_seat_is_gone_they_join_the_end_of_the_list()
    {
        var hosted = await Full();
        await CancelAsGrace(await Row(hosted, "Lise"));

        var undone = (await Undo(await Row(hosted, "Lise"))).Value;

        Assert.Equal((RegistrationStatus.Waiting, 5), (undone.Status, undone.Number));
        Assert.Equal(2, (await Rows(hosted)).Count(row => row.Status == RegistrationStatus.Confirmed));
        Assert.Single(await Letters(hosted, LetterKind.RegistrationWaiting, LetterState.Planned), letter => letter.RecipientName!.Text == "Lise");
    }

    [Fact]
    public async Task Who_waited_and_takes_it_back_keeps_their_place()
    {
        var hosted = await Full();
        await CancelAsGrace(await Row(hosted, "Emmy"));

        var undone = (await Undo(await Row(hosted, "Emmy"))).Value;

        Assert.Equal((RegistrationStatus.Waiting, 3), (undone.Status, undone.Number));
    }

    [Fact]
    public async Task After_ten_seconds_it_is_too_late()
    {
        var hosted = await Full(2, "Lise");
        await CancelAsGrace(await Row(hosted, "Lise"));
        House.Clock.AdvanceSeconds(11);

        Assert.Equal("undo_too_late", (await Undo(await Row(hosted, "Lise"))).Refusal?.Code);
    }

    [Fact]
    public async Task The_sweep_gives_seats_that_nobody_passed_on_and_only_once()
    {
        var hosted = await Full();
        await House.Read(db => db.Registrations.Where(one => one.Name.Equals(PersonName.Of("Lise"))).ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, RegistrationStatus.Cancelled), Stop));
        var sweep = House.Get<PromoteFromWaitingList>();

        Assert.Equal((1, 0), (await sweep.Run(Stop), await sweep.Run(Stop)));
        Assert.Equal(RegistrationStatus.Confirmed, (await Row(hosted, "Emmy")).Status);
        Assert.Single(await Letters(hosted, LetterKind.RegistrationPromoted));
    }

    public sealed class OnSqlite(SqliteDatabase database) : CancelRegistrationTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CancelRegistrationTests(database), IClassFixture<PostgresDatabase>;
}
