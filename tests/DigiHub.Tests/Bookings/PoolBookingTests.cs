using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Time;
using NodaTime.Text;

namespace DigiHub.Tests.Bookings;

/// <summary>Running a hub, rule 13: a booking of any of a pool. It is Monday, 09:00.</summary>
public abstract class PoolBookingTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24), Wednesday = Tuesday.PlusDays(1), Thursday = Tuesday.PlusDays(2);

    [Fact]
    public async Task The_first_gets_the_first_of_the_site_and_the_next_what_is_left()
    {
        var pool = await Window();

        var adas = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        var bobs = await TestHub.Book(Cast.Bob, pool, When.On(Tuesday));

        Assert.Equal((Cast.Desk.Id, (int?)pool.Id), (adas.SpaceId, adas.PoolId));
        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), (bobs.SpaceId, bobs.PoolId));
        Assert.Equal(2, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
        Assert.Equal(2, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "booking.created", Stop)));
    }

    [Fact]
    public async Task Of_several_that_are_free_it_is_the_one_with_the_fewest_bookings_of_thirty_days_and_ahead()
    {
        var pool = await Window();
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Thursday));

        Assert.Equal(Cast.NextDesk.Id, (await TestHub.Book(Cast.Ada, pool, When.On(Tuesday))).SpaceId);
        Assert.Equal(Cast.Desk.Id, (await TestHub.Book(Cast.Ada, pool, When.On(Wednesday))).SpaceId); // one each by then

        await TestHub.Book(Cast.Grace, Cast.NextDesk, When.On(Tuesday.PlusDays(6)));
        TestHub.Clock.Advance(Duration.FromDays(40)); // all of that was too long ago to count
        Assert.Equal(Cast.Desk.Id, (await TestHub.Book(Cast.Ada, pool, When.On(new(2027, 1, 5)))).SpaceId);
    }

    [Fact]
    public async Task What_was_cancelled_does_not_count_as_used()
    {
        var pool = await Window();
        var cancelled = await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Thursday));
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Bob.Id, null, Stop);

        Assert.Equal(Cast.Desk.Id, (await TestHub.Book(Cast.Ada, pool, When.On(Tuesday))).SpaceId);
    }

    [Fact]
    public async Task Where_nothing_is_free_the_refusal_names_the_pool_and_offers_its_other_times_and_single_desks_outside()
    {
        var other = new Space
        {
            SiteId = Cast.East.Id,
            FloorId = Cast.East.Floors[0].Id,
            Kind = SpaceKind.Desk,
            Name = "E9-01",
            Zone = new("Hof", "Courtyard"),
            Capacity = 1,
            RulesId = Cast.DeskRules.Id,
            Rules = null!,
            Units = [new SpaceUnit { UnitId = 900 }],
        };
        await TestHub.Lay(other);
        var pool = await Window();
        await TestHub.Book(Cast.Bob, pool, When.On(Tuesday));
        await TestHub.Book(Cast.Grace, Cast.NextDesk, When.On(Tuesday, DayPart.Morning));

        var refusal = (await TestHub.TryBook(Cast.Ada, pool, When.On(Tuesday))).Refusal!;

        Assert.Equal(("pool_taken", "poolId"), (refusal.Code, refusal.Field));
        Assert.Contains("„Fenster“", refusal.Message.German, StringComparison.Ordinal);
        Assert.Contains(refusal.Alternatives,
            one => one.Kind == AlternativeKind.OtherSpace && one.SpaceId == other.Id && one.PoolId is null);
        Assert.DoesNotContain(refusal.Alternatives, one => one.Kind == AlternativeKind.OtherSpace && one.SpaceId != other.Id);
        var later = refusal.Alternatives.First(one => one.Kind == AlternativeKind.OtherTime);
        Assert.Equal((pool.Id, Tuesday.AtMidnight().PlusHours(13)), (later.PoolId, later.Start));
        Assert.True((await TestHub.TryBook(Cast.Ada, pool, When.Between(later.Start, later.End))).IsDone);
    }

    [Fact]
    public async Task A_rule_that_says_no_to_all_of_it_is_said_with_the_pools_name()
    {
        var pool = await Window();

        var refusal = (await TestHub.TryBook(Cast.Ada, pool, When.Between(Tuesday + new LocalTime(9, 0), Tuesday + new LocalTime(9, 45))))
            .Refusal!;

        Assert.Equal("off_the_grid", refusal.Code);
        Assert.Contains("“Fenster (en)”", refusal.Message.English, StringComparison.Ordinal);
        Assert.Equal("already_booked", await Twice(pool));
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Desk.Id, Cast.NextDesk.Id], new() { IsOffered = false }, Stop);
        Assert.Equal("pool_empty", (await TestHub.TryBook(Cast.Bob, pool, When.On(Thursday))).Refusal?.Code);
        Assert.Equal("not_found", (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Bob.Id, PoolId = 4711, When = When.On(Thursday) }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Only_what_the_rules_allow_is_taken()
    {
        var pool = await Window();
        await TestHub.Get<EditSpaces>().Run(Cast.Alan.Id, [Cast.Desk.Id], new() { IsOffered = false }, Stop);

        Assert.Equal(Cast.NextDesk.Id, (await TestHub.Book(Cast.Ada, pool, When.On(Tuesday))).SpaceId);
    }

    [Fact]
    public async Task A_room_of_a_pool_holds_all_who_come()
    {
        var pool = await TestHub.Pool("Räume", Cast.Spree, Cast.Panke);

        var booked = (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Ada.Id, PoolId = pool.Id, When = Hours(Tuesday, 9, 10), People = 10 }, Stop)).Value;

        Assert.Equal(Cast.Panke.Id, booked.SpaceId);
        Assert.Equal("too_many_people", (await TestHub.Get<BookSpace>().Run(
            new() { ActorId = Cast.Ada.Id, PoolId = pool.Id, When = Hours(Tuesday, 9, 10), People = 13 }, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_books_once()
    {
        var pool = await TestHub.Pool("Räume", Cast.Spree, Cast.Panke);
        var request = new BookSpaceRequest { ActorId = Cast.Ada.Id, PoolId = pool.Id, When = Hours(Tuesday, 9, 10), IsOnce = true };

        var (first, second) = ((await TestHub.Get<BookSpace>().Run(request, Stop)).Value,
            (await TestHub.Get<BookSpace>().Run(request, Stop)).Value);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
    }

    [Fact]
    public async Task Moved_to_another_time_it_keeps_its_desk_where_that_is_free_however_much_it_is_used()
    {
        var pool = await Window();
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Thursday));

        Assert.Equal(Cast.Desk.Id, (await Move(booking, one => one with { When = When.On(Wednesday) })).Value.SpaceId);
        var elsewhere = (await Move(booking, one => one with { When = When.On(Thursday), SpaceId = Cast.Desk.Id })).Value;
        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), (elsewhere.SpaceId, elsewhere.PoolId));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tuesday));
        await TestHub.Book(Cast.Grace, Cast.NextDesk, When.On(Tuesday));
        var refusal = (await Move(booking, one => one with { When = When.On(Tuesday) })).Refusal!;
        Assert.Equal("pool_taken", refusal.Code);
        Assert.Contains(refusal.Alternatives, one => one.PoolId == pool.Id);
    }

    [Fact]
    public async Task It_moves_within_the_pool_when_asked_to_and_never_out_of_it()
    {
        var pool = await Window();
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));

        Assert.Equal(Cast.NextDesk.Id, (await Move(booking, one => one with { SpaceId = Cast.NextDesk.Id })).Value.SpaceId);
        var refusal = (await Move(booking, one => one with { SpaceId = Cast.WestDesk.Id })).Refusal!;
        Assert.Equal(("outside_pool", "spaceId"), (refusal.Code, refusal.Field));
        Assert.Contains(Cast.WestDesk.Name, refusal.Message.German, StringComparison.Ordinal);
        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), await Where(booking));
    }

    [Fact]
    public async Task A_running_one_can_only_end_earlier_and_keeps_its_desk()
    {
        var pool = await TestHub.Pool("Räume", Cast.Spree, Cast.Panke);
        var booking = await TestHub.Book(Cast.Ada, pool, Hours(Tuesday, 9, 11));
        TestHub.Clock.Reset(booking.Start + Duration.FromMinutes(10));

        var shorter = (await Move(booking, one => one with { When = Hours(Tuesday, 9, 10) })).Value;

        Assert.Equal((Cast.Panke.Id, (int?)pool.Id), (shorter.SpaceId, shorter.PoolId));
        Assert.Equal("already_started", (await Move(booking, one => one with { When = Hours(Tuesday, 12, 13) })).Refusal?.Code);
    }

    [Fact]
    public async Task Restored_it_gets_its_own_desk_again_or_another_of_the_pool()
    {
        var pool = await Window();
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, null, Stop);
        await TestHub.Book(Cast.Bob, Cast.Desk, When.On(Tuesday));

        var again = (await TestHub.Get<ReinstateBooking>().Run(booking.Id, Cast.Ada.Id, Stop)).Value;

        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), (again.SpaceId, again.PoolId));
        Assert.Equal(2, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Theory]
    [InlineData("2027-03-28", "00:30", "03:30", 2)] // two hours: that night has none from 2 to 3
    [InlineData("2027-10-31", "00:30", "03:30", 4)] // and that one has it twice
    public async Task On_the_nights_the_clocks_change_a_pool_of_two_is_booked_twice_by_the_sites_clock(
        string day, string from, string until, int hours)
    {
        var date = LocalDatePattern.Iso.Parse(day).Value;
        TestHub.Clock.Reset(Instant.FromUtc(date.Year, date.Month, date.Day, 8, 0) - Duration.FromDays(5));
        await TestHub.Get<SetSpecialHours>().Run(new(
            Cast.Alan.Id, Cast.East.Id, date, new LocalTime(0, 0), new LocalTime(0, 0), new("Nacht", "Night")), Stop);
        var pool = await TestHub.Pool("Räume", Cast.Spree, Cast.Panke);
        var when = When.Between(date + At(from), date + At(until));

        var first = await TestHub.Book(Cast.Ada, pool, when);
        var second = await TestHub.Book(Cast.Bob, pool, when);

        Assert.Equal([Cast.Panke.Id, Cast.Spree.Id], [first.SpaceId, second.SpaceId]);
        Assert.All([first, second], booking => Assert.Equal(Duration.FromHours(hours), booking.End - booking.Start));
        Assert.Equal("pool_taken", (await TestHub.TryBook(Cast.Grace, pool, when)).Refusal?.Code);
        static LocalTime At(string time) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;
    }

    private Task<Pool> Window() => TestHub.Pool("Fenster", Cast.Desk, Cast.NextDesk);

    private async Task<string?> Twice(Pool pool)
    {
        await TestHub.Book(Cast.Ada, pool, When.On(Wednesday));
        return (await TestHub.TryBook(Cast.Ada, pool, When.On(Wednesday, DayPart.Morning))).Refusal?.Code;
    }

    private async Task<(int SpaceId, int? PoolId)> Where(Booking booking) =>
        await TestHub.Reread(booking) is var row ? (row.SpaceId, row.PoolId) : default;

    private Task<Outcome<Booking>> Move(Booking booking, Func<MoveBookingRequest, MoveBookingRequest> change) =>
        TestHub.Get<MoveBooking>().Run(change(new MoveBookingRequest { BookingId = booking.Id, ActorId = Cast.Ada.Id }), Stop);

    private static When Hours(LocalDate day, int from, int until) =>
        When.Between(day + new LocalTime(from, 0), day + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : PoolBookingTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PoolBookingTests(database), IClassFixture<PostgresDatabase>;
}
