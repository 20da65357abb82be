using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Displays;

/// <summary>Rule 22 of screens: a room is taken at its door where the rules allow it, and given back. It is Monday, 09:00.</summary>
public abstract class WalkUpTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Fact]
    public async Task Is_offered_and_done_only_where_the_rules_say_so()
    {
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        Assert.Empty((await TestHub.AtTheRoom(Cast.Booth)).WalkUps);
        Assert.Equal("walk_up_not_here", (await Take(secret, 15)).Refusal?.Code);

        await TestHub.AllowWalkUps(Cast.BoothRules);

        Assert.Equal([15, 30, 60], (await TestHub.AtTheRoom(Cast.Booth)).WalkUps);
        Assert.True((await Take(secret, 15)).IsDone);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Takes_the_room_from_now_on_for_nobody_in_particular(int minutes)
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        TestHub.Clock.Advance(Duration.FromSeconds(7 * 60 + 20));

        var taken = (await Take(secret, minutes)).Value;

        Assert.Equal((Today + new LocalTime(9, 7), Today + new LocalTime(9, 7).PlusMinutes(minutes)), (taken.StartLocal, taken.EndLocal));
        Assert.Equal((Nobody.Id, true, null, null), (taken.MemberId, taken.IsWalkUp, taken.Title, taken.CheckedInAt));
        Assert.Equal(0, await TestHub.Read(db => db.Notifications.CountAsync(Stop)));
        var act = await TestHub.Read(db => db.Activity.SingleAsync(one => one.Act == "booking.created", Stop));
        Assert.Equal((null, null), (act.ActorId, act.OnBehalfOfId));
        var view = await TestHub.AtTheRoom(Cast.Booth);
        Assert.Equal((DoorState.InUse, true), (view.State, view.Current!.IsWalkUp));
        Assert.Equal(TestHub.Clock.GetCurrentInstant() + Duration.FromMinutes(10), taken.CheckInBy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-15)]
    [InlineData(20)]
    [InlineData(480)]
    public async Task Other_lengths_are_refused(int minutes)
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);

        Assert.Equal("walk_up_not_here", (await Take(secret, minutes)).Refusal?.Code);
    }

    [Fact]
    public async Task Never_goes_over_the_next_claim()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(Today + new LocalTime(9, 30), Today + new LocalTime(10, 0)));

        Assert.Equal([15, 30], (await TestHub.AtTheRoom(Cast.Booth)).WalkUps);
        Assert.Equal("slot_taken", (await Take(secret, 60)).Refusal?.Code);
        Assert.True((await Take(secret, 30)).IsDone);
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task Leaves_the_time_to_set_up_for_what_comes_next()
    {
        await TestHub.AllowWalkUps(Cast.RoomRules, rules => rules.SetUpMinutes = 15);
        var (secret, _) = await TestHub.AtDoor(Cast.Spree);
        await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(Today + new LocalTime(9, 30), Today + new LocalTime(10, 0)));

        Assert.Equal([15], (await TestHub.AtTheRoom(Cast.Spree)).WalkUps);
        Assert.Equal("slot_taken", (await Take(secret, 30)).Refusal?.Code);
    }

    [Fact]
    public async Task Ends_by_closing_time()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        TestHub.Clock.Reset(TestHub.Opening + Duration.FromMinutes(10 * 60 + 35)); // 19:35

        Assert.Equal([15], (await TestHub.AtTheRoom(Cast.Booth)).WalkUps);
        Assert.Equal("outside_opening_hours", (await Take(secret, 30)).Refusal?.Code);
    }

    [Fact]
    public async Task Is_not_where_bookings_need_approval_or_notice()
    {
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        await TestHub.AllowWalkUps(Cast.BoothRules, rules => rules.NeedsApproval = true);
        Assert.Equal("walk_up_not_here", (await Take(secret, 15)).Refusal?.Code);
        await TestHub.AllowWalkUps(Cast.BoothRules, rules => (rules.NeedsApproval, rules.NoticeMinutes) = (false, 60));

        Assert.Equal("walk_up_not_here", (await Take(secret, 15)).Refusal?.Code);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public async Task Is_gone_without_a_check_in_after_ten_minutes_whatever_the_rules_ask_of_bookings(int minutes, int released)
    {
        await TestHub.AllowWalkUps(Cast.BoothRules, rules => rules.CheckInGraceMinutes = null);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        await WatchFor(10);
        var taken = (await Take(secret, 60)).Value;

        Assert.Equal(released, await WatchFor(minutes));

        var now = await TestHub.Reread(taken);
        Assert.Equal(released == 1 ? BookingStatus.Released : BookingStatus.Confirmed, now.Status);
        Assert.Equal(released == 1 ? DoorState.Free : DoorState.InUse, (await TestHub.AtTheRoom(Cast.Booth)).State);
        Assert.Equal(0, await TestHub.Read(db => db.Notifications.CountAsync(Stop)));
    }

    [Fact]
    public async Task Stays_once_somebody_has_said_at_the_door_that_they_use_it()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        await WatchFor(10);
        var taken = (await Take(secret, 60)).Value;

        var first = await CheckIn(secret, taken);
        var second = await CheckIn(secret, taken);

        Assert.Equal(CheckInWay.Door, first.Value.CheckedInHow);
        Assert.Equal(first.Value.Revision, second.Value.Revision);
        Assert.Equal(0, await WatchFor(20));
        Assert.Null((await TestHub.AtTheRoom(Cast.Booth)).ToCheckIn);
    }

    [Fact]
    public async Task What_a_member_booked_is_checked_in_at_the_door_and_names_nobody()
    {
        await Ask(15);
        var booking = await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(Today + new LocalTime(10, 0), Today + new LocalTime(11, 0)));
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        Assert.Equal("check_in_not_open", (await CheckIn(secret, booking)).Refusal?.Code);
        TestHub.Clock.Reset(booking.Start);

        Assert.Equal(CheckInWay.Door, (await CheckIn(secret, booking)).Value.CheckedInHow);

        var act = await TestHub.Read(db => db.Activity.SingleAsync(one => one.Act == "booking.checked_in", Stop));
        Assert.Equal((null, null), (act.ActorId, act.OnBehalfOfId));
    }

    [Fact]
    public async Task A_screen_acts_on_its_own_room_alone()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        await TestHub.AllowWalkUps(Cast.RoomRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        var (other, _) = await TestHub.AtDoor(Cast.Spree);
        var taken = (await Take(secret, 60)).Value;

        Assert.Equal("not_found", (await CheckIn(other, taken)).Refusal?.Code);
        Assert.Equal("not_found", (await End(other, taken)).Refusal?.Code);
        Assert.Equal("not_found", (await Take("nothing", 15)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_taken_at_the_door_ends_there_and_what_a_member_booked_does_not()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        var taken = (await Take(secret, 60)).Value;
        TestHub.Clock.Advance(Duration.FromMinutes(5));

        Assert.Equal(Today + new LocalTime(9, 6), (await End(secret, taken)).Value.EndLocal);

        TestHub.Clock.Advance(Duration.FromMinutes(10));
        Assert.Equal("already_over", (await End(secret, taken)).Refusal?.Code);
        var booked = await TestHub.Book(Cast.Ada, Cast.Booth, When.Between(Today + new LocalTime(9, 15), Today + new LocalTime(11, 0)));
        Assert.Equal("not_found", (await End(secret, booked)).Refusal?.Code);
    }

    [Fact]
    public async Task The_front_desk_ends_it_and_lists_show_no_name_for_it()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        var (secret, _) = await TestHub.AtDoor(Cast.Booth);
        var taken = (await Take(secret, 60)).Value;

        Assert.Empty(await TestHub.Get<ExpectedToday>().Run(Cast.East.Id, Today, search: null, Cast.As(Cast.Frieda), Stop));
        Assert.Null((await TestHub.Get<SpaceNow>().Run(Cast.Booth.Id, Cast.As(Cast.Frieda), Stop))!.TakenBy);
        Assert.True((await TestHub.Get<EndBooking>().Run(taken.Id, Cast.Frieda.Id, ifRevision: null, Stop)).IsDone);
        Assert.Equal(0, await TestHub.Read(db => db.Notifications.CountAsync(Stop)));
        Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
    }

    [Fact]
    public async Task Of_many_at_one_door_and_a_member_on_the_way_one_gets_the_room()
    {
        await TestHub.AllowWalkUps(Cast.BoothRules);
        List<string> secrets = [];
        for (var one = 0; one < 6; one++)
            secrets.Add((await TestHub.AtDoor(Cast.Booth)).Secret);

        var outcomes = await Task.WhenAll(secrets.Select(secret => Task.Run(() => Take(secret, 30))).Append(Task.Run(
            () => TestHub.TryBook(Cast.Ada, Cast.Booth, When.Between(Today + new LocalTime(9, 0), Today + new LocalTime(10, 0))))));

        Assert.Single(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("slot_taken", outcome.Refusal!.Code));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    private Task<Outcome<Booking>> Take(string secret, int minutes) => TestHub.Get<TakeAtDoor>().Run(secret, minutes, Stop);

    private Task<Outcome<Booking>> CheckIn(string secret, Booking booking) => TestHub.Get<CheckInAtDoor>().Run(secret, booking.Id, Stop);

    private Task<Outcome<Booking>> End(string secret, Booking booking) => TestHub.Get<EndAtDoor>().Run(secret, booking.Id, Stop);

    /// <summary>The job that releases runs in each of so many minutes. Returns how many bookings it released.</summary>
    private async Task<int> WatchFor(int minutes)
    {
        var released = await TestHub.Get<ReleaseNoShows>().Run(Stop);
        for (var minute = 0; minute < minutes; minute++)
        {
            TestHub.Clock.Advance(Duration.FromMinutes(1));
            released += await TestHub.Get<ReleaseNoShows>().Run(Stop);
        }

        return released;
    }

    private Task Ask(int grace) => TestHub.ChangeRules(Cast.BoothRules, rules => rules.CheckInGraceMinutes = grace);

    public sealed class OnSqlite(SqliteDatabase database) : WalkUpTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WalkUpTests(database), IClassFixture<PostgresDatabase>;
}
