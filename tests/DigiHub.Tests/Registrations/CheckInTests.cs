using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

public abstract class CheckInTests(TestDatabase database) : EventTests(database)
{
    private async Task<(Event Hosted, Registration Lise)> ByState()
    {
        var evt = await Publish(Draft with { Capacity = 1 });
        await RegisterGuest(evt, "Lise");
        await RegisterGuest(evt, "Max");
        TestHub.Clock.Reset(At(12, 8, 17, 50));
        return (evt, await Row(evt, "Lise"));
    }

    [Fact]
    public async Task A_second_scan_tells_when_the_first_was()
    {
        var (evt, lise) = await ByState();
        var code = await TokenSigner(TokenPurpose.Ticket, lise.Id);
        var checkIn = TestHub.Get<CheckIn>();

        var first = (await checkIn.ByTicket(code, evt.Id, Cast.Frieda.Id, Stop)).Value;
        TestHub.Clock.AdvanceMinutes(3);
        var second = (await checkIn.ByTicket(code, evt.Id, Cast.Grace.Id, Stop)).Value;

        Assert.Equal((At(12, 8, 17, 50), false), (first.At, first.WasAlready));
        Assert.Equal((At(12, 8, 17, 50), true), (second.At, second.WasAlready));
        Assert.Equal(Cast.Frieda.Id, (await Row(evt, "Lise")).CheckedInById);
    }

    [Theory]
    [InlineData(7, 17, 59, false)] // the day before
    [InlineData(7, 23, 59, false)]
    [InlineData(8, 0, 0, true)]
    [InlineData(8, 17, 0, true)]
    public async Task Nobody_is_checked_in_before_the_day_of_the_event(int day, int hour, int minute, bool isDone)
    {
        var (_, lise) = await ByState();
        TestHub.Clock.Reset(At(12, day, hour, minute));

        var outcome = await TestHub.Get<CheckIn>().Run(lise.Id, Cast.Grace.Id, Stop);

        Assert.Equal(isDone ? null : "too_early_to_check_in", outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Who_waits_or_has_cancelled_is_turned_away_with_the_reason()
    {
        var (evt, lise) = await ByState();
        await CancelAsGrace(lise);
        var checkIn = TestHub.Get<CheckIn>();

        Assert.Equal("registration_cancelled", (await checkIn.Run(lise.Id, Cast.Grace.Id, Stop)).Refusal?.Code);
        Assert.Equal("still_waiting", (await checkIn.Run((await Row(evt, "Max")).Id, Cast.Grace.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_ticket_of_another_event_says_which()
    {
        var (_, lise) = await ByState();
        var refusal = (await TestHub.Get<CheckIn>().ByTicket(await TokenSigner(TokenPurpose.Ticket, lise.Id),
            Guid.NewGuid(), Cast.Grace.Id, Stop)).Refusal!;

        Assert.Equal("other_event", refusal.Code);
        Assert.Equal("Dieses Ticket gilt für „Löten für alle“ am Dienstag, dem 8. Dezember 2026.", refusal.Message.German);
    }

    [Fact]
    public async Task Only_the_organiser_the_desk_and_administrators_check_in()
    {
        var (_, lise) = await ByState();
        var checkIn = TestHub.Get<CheckIn>();

        Assert.Equal("not_found", (await checkIn.Run(lise.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        Assert.Equal("not_found",
            (await checkIn.ByTicket(await TokenSigner(TokenPurpose.ManageRegistration, lise.Id), null, Cast.Grace.Id, Stop)).Refusal?.Code);
        Assert.True((await checkIn.Run(lise.Id, Cast.Alan.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task A_check_in_made_in_error_is_taken_back()
    {
        var (evt, lise) = await ByState();
        await TestHub.Get<CheckIn>().Run(lise.Id, Cast.Grace.Id, Stop);

        Assert.Equal("not_found", (await TestHub.Get<UndoCheckIn>().Run(lise.Id, Cast.Ada.Id, Stop)).Refusal?.Code);
        await TestHub.Get<UndoCheckIn>().Run(lise.Id, Cast.Frieda.Id, Stop);

        Assert.Null((await Row(evt, "Lise")).CheckedInAt);
    }

    [Fact]
    public async Task The_attendee_list_is_found_by_part_of_a_name_whatever_its_accents_and_paged()
    {
        var evt = await Publish(Draft with { Capacity = 5 });
        await RegisterGuest(evt, "Gül Öztürk", "gul@guests.example");
        await RegisterGuest(evt, "Renée Müller", "renee@guests.example");
        await RegisterGuest(evt, "Max");
        var roll = TestHub.Get<AttendeeList>();

        Assert.Equal(["Renée Müller"],
            (await roll.Run(new AttendeeQuery(evt.Id, Cast.Frieda.Id, Search: "MULLER"), Stop))!.Rows.Select(row => row.Name.Text));
        Assert.Equal(["Gül Öztürk"],
            (await roll.Run(new AttendeeQuery(evt.Id, Cast.Grace.Id, Search: "gul@"), Stop))!.Rows.Select(row => row.Name.Text));
        var page = (await roll.Run(new AttendeeQuery(evt.Id, Cast.Grace.Id, Size: 2), Stop))!;
        Assert.Equal((2, 2, new AttendeeCounts(3, 0, 0, 0)), (page.Rows.Count, page.Next, page.Counts));
        Assert.Equal(["Max"],
            (await roll.Run(new AttendeeQuery(evt.Id, Cast.Grace.Id, After: page.Next!.Value), Stop))!.Rows.Select(row => row.Name.Text));
        Assert.Null(await roll.Run(new AttendeeQuery(evt.Id, Cast.Ada.Id), Stop));
        Assert.Null(await roll.Whole(evt.Id, Cast.Ada.Id, Stop));
        Assert.Equal(3, (await roll.Whole(evt.Id, Cast.Alan.Id, Stop))!.Rows.Count);
    }

    public sealed class OnSqlite(SqliteDatabase database) : CheckInTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CheckInTests(database), IClassFixture<PostgresDatabase>;
}
