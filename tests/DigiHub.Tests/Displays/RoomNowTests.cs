using DigiHub.Bookings;
using DigiHub.Bookings.Proposals;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Text;

namespace DigiHub.Tests.Displays;

/// <summary>Rule 21 of screens: what the door of a room shows, and what it never shows. It is Monday, 09:00.</summary>
public abstract class RoomNowTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Fact]
    public async Task A_room_without_bookings_is_free_until_closing()
    {
        var view = await TestHub.AtTheRoom(Cast.Booth);

        Assert.Equal((DoorState.Free, Today + new LocalTime(20, 0), null), (view.State, view.Until, view.Current));
        Assert.Empty(view.Next);
    }

    [Theory]
    [InlineData(9, 30, DoorState.Free)]
    [InlineData(9, 15, DoorState.Soon)]
    public async Task It_is_soon_taken_from_a_quarter_of_an_hour_before_the_next_use(int hour, int minute, DoorState state)
    {
        await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(Today + new LocalTime(hour, minute), Today + new LocalTime(10, 30)));

        var view = await TestHub.AtTheRoom(Cast.Booth);

        Assert.Equal((state, Today + new LocalTime(hour, minute)), (view.State, view.Until));
    }

    [Fact]
    public async Task In_use_it_says_when_it_is_free_again_and_what_comes_then()
    {
        await TestHub.Book(Cast.Ada, Cast.Booth, Between(9, 10));
        await TestHub.Book(Cast.Bob, Cast.Booth, Between(10, 11));
        await TestHub.Book(Cast.Grace, Cast.Booth, Between(12, 13));

        var view = await TestHub.AtTheRoom(Cast.Booth);

        Assert.Equal((DoorState.InUse, Today + new LocalTime(11, 0)), (view.State, view.Until));
        Assert.Equal([Today + new LocalTime(10, 0), Today + new LocalTime(12, 0)], view.Next.Select(use => use.Start));
        Assert.Empty(view.WalkUps);
    }

    [Fact]
    public async Task Who_booked_and_what_for_is_told_only_where_the_booking_shows_it()
    {
        var running = await TestHub.Book(Cast.Ada, Cast.Booth, Between(9, 10));
        var later = await TestHub.Book(Cast.Bob, Cast.Booth, Between(10, 11));
        await Name(running, Cast.Ada.Id, "Salary talk", shows: null);
        await Name(later, Cast.Bob.Id, "Stand-up", shows: true);

        var view = await TestHub.AtTheRoom(Cast.Booth);

        Assert.Equal((null, null), (view.Current!.Title, view.Current.Who));
        Assert.Equal(("Stand-up", Cast.Bob.Name), (view.Next[0].Title!.Value.Here, view.Next[0].Who));
    }

    [Fact]
    public async Task A_booking_handed_to_somebody_else_shows_nothing_until_they_say_so()
    {
        var booking = await TestHub.Book(Cast.Bob, Cast.Booth, Between(10, 11));
        await Name(booking, Cast.Bob.Id, "Stand-up", shows: true);
        var asked = await TestHub.Get<ProposeHandOver>().Run(new(Cast.Bob.Id, booking.Id, Cast.Grace.Id), Stop);

        Assert.True((await TestHub.Get<AnswerProposal>().Accept(asked.Value.Id, Cast.Grace.Id, Stop)).IsDone);

        var next = (await TestHub.AtTheRoom(Cast.Booth)).Next[0];
        Assert.Equal((null, null), (next.Title, next.Who));
    }

    [Fact]
    public async Task Of_a_hall_its_parts_are_in_use_with_it()
    {
        await TestHub.Book(Cast.Ada, Cast.Hall, When.Between(Today + new LocalTime(9, 15), Today + new LocalTime(11, 0)));

        Assert.Equal(DoorState.InUse, (await TestHub.AtTheRoom(Cast.Spree)).State);
        Assert.Equal(DoorState.InUse, (await TestHub.AtTheRoom(Cast.Panke)).State);
        Assert.Equal(DoorState.Free, (await TestHub.AtTheRoom(Cast.Booth)).State);
    }

    [Fact]
    public async Task Until_somebody_checked_in_it_says_by_when()
    {
        await Ask(Cast.BoothRules, 15);
        await TestHub.Book(Cast.Ada, Cast.Booth, Between(10, 11));
        TestHub.Clock.Reset(TestHub.Opening + Duration.FromMinutes(50));
        Assert.Equal(Today + new LocalTime(10, 15), (await TestHub.AtTheRoom(Cast.Booth)).ToCheckIn!.CheckInBy);

        TestHub.Clock.Advance(Duration.FromMinutes(15));

        Assert.Equal((DoorState.InUse, Today + new LocalTime(10, 15)), await Now());

        async Task<(DoorState, LocalDateTime?)> Now()
        {
            var view = await TestHub.AtTheRoom(Cast.Booth);
            return (view.State, view.ToCheckIn?.CheckInBy);
        }
    }

    [Fact]
    public async Task While_the_site_is_closed_it_is_closed_and_nothing_of_it_is_told()
    {
        await TestHub.Book(Cast.Ada, Cast.Booth, Between(9, 10));
        TestHub.Clock.Reset(TestHub.Opening + Duration.FromHours(12));

        var view = await TestHub.AtTheRoom(Cast.Booth);

        Assert.Equal((DoorState.Closed, null, null), (view.State, view.Current, view.Until));
        Assert.Empty(view.WalkUps);
    }

    [Fact]
    public async Task Its_time_of_change_stays_while_nothing_changes()
    {
        await TestHub.Book(Cast.Ada, Cast.Booth, Between(10, 11));
        var first = (await TestHub.AtTheRoom(Cast.Booth)).ChangedAt;
        TestHub.Clock.Advance(Duration.FromMinutes(30));
        Assert.Equal(first, (await TestHub.AtTheRoom(Cast.Booth)).ChangedAt);

        TestHub.Clock.Advance(Duration.FromMinutes(40));

        Assert.Equal(Today + new LocalTime(10, 0), (await TestHub.AtTheRoom(Cast.Booth)).ChangedAt);
    }

    [Fact]
    public async Task A_desk_has_no_door()
    {
        Assert.Null(await TestHub.Get<RoomNow>().Run(Cast.Desk.Id, Stop));
        Assert.Null(await TestHub.Get<RoomNow>().Run(4711, Stop));
    }

    private static When Between(int from, int until) =>
        When.Between(Today + new LocalTime(from, 0), Today + new LocalTime(until, 0));

    private async Task Name(Booking booking, Guid actorId, string title, bool? shows) =>
        Assert.True((await TestHub.Get<MoveBooking>().Run(
            new() { BookingId = booking.Id, ActorId = actorId, Title = title, ShowsAtDoor = shows }, Stop)).IsDone);

    private Task Ask(RuleSet rules, int grace) => TestHub.ChangeRules(rules, row => row.CheckInGraceMinutes = grace);

    public sealed class OnSqlite(SqliteDatabase database) : RoomNowTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RoomNowTests(database), IClassFixture<PostgresDatabase>;
}
