using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Text;
using DigiHub.Time;

namespace DigiHub.Tests.Setup;

/// <summary>Running a hub, rule 13: pools, what belongs to them, and what becomes of their bookings. It is Monday, 09:00.</summary>
public abstract class EditPoolsTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24), Wednesday = Tuesday.PlusDays(1);

    [Fact]
    public async Task Added_renamed_and_given_desks_it_can_be_booked_at_once_and_all_of_it_is_recorded()
    {
        var pool = (await Add("Fenster")).Value;
        var members = (await Edit.SetMembers(Cast.Alan.Id, pool.Id, [Cast.Desk.Id, Cast.NextDesk.Id], pool.Revision, Stop)).Value;
        var renamed = (await Edit.Rename(Cast.Alan.Id, pool.Id, new("Am Fenster", null), members.Pool.Revision, Stop)).Value;

        Assert.Equal((2, 0, 0, 0), (members.Added, members.TakenOut, members.Moved, members.Stayed));
        Assert.Equal(3, renamed.Revision);
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Equal("Am Fenster", Assert.Single(map.Pools).Name.Words.English);
        Assert.Equal([Cast.Desk.Id, Cast.NextDesk.Id], map.MembersOf(map.Pools[0]).Select(space => space.Id));
        await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        Assert.Equal(["pool.created", "pool.edited", "space.edited", "space.edited"],
            await TestHub.Read(db => db.Activity.Where(one => one.Act.StartsWith("pool") || one.Act.StartsWith("space"))
                .Select(one => one.Act).OrderBy(act => act).ToListAsync(Stop)));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field()
    {
        await Add("Fenster", "Window");

        Assert.Equal(("name_missing", "nameGerman"), Code(await Add(" ", null)));
        Assert.Equal(("name_too_long", "nameGerman"), Code(await Add(new string('x', 61))));
        Assert.Equal(("pool_name_taken", "nameGerman"), Code(await Add("window", "Hof")));
        Assert.True((await Edit.Add(Cast.Alan.Id, Cast.West.Id, new("Fenster", "Window"), SpaceKind.Desk, Stop)).IsDone);
        Assert.Equal("not_found", (await Edit.Add(Cast.Frieda.Id, Cast.East.Id, new("Hof", null), SpaceKind.Desk, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await Edit.Rename(Cast.Frieda.Id, 1, new("Hof", null), null, Stop)).Refusal?.Code);
        Assert.Equal("not_found", (await Edit.Delete(Cast.Alan.Id, 4711, null, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task All_of_a_pool_are_of_its_site_and_kind_and_each_belongs_to_one_at_most()
    {
        var (window, yard) = ((await Add("Fenster")).Value, (await Add("Hof")).Value);

        Assert.Equal("not_of_pool", (await Members(window, Cast.Desk, Cast.Spree)).Refusal?.Code);
        Assert.Equal("not_of_pool", (await Members(window, Cast.WestDesk)).Refusal?.Code);
        Assert.Equal("not_of_pool", (await TestHub.Get<EditSpaces>().Run(
            Cast.Alan.Id, [Cast.Booth.Id], new() { Pool = new(window.Id) }, Stop)).Refusal?.Code);
        Assert.Equal("pool_unknown", (await TestHub.Get<EditSpaces>().Run(
            Cast.Alan.Id, [Cast.Desk.Id], new() { Pool = new(4711) }, Stop)).Refusal?.Code);
        await Members(window, Cast.Desk, Cast.NextDesk);
        await Members(yard, Cast.Desk);
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Equal((yard.Id, window.Id), (map.Space(Cast.Desk.Id)!.PoolId, map.Space(Cast.NextDesk.Id)!.PoolId));
    }

    [Fact]
    public async Task Many_are_put_in_and_taken_out_with_the_other_fields_of_desks()
    {
        var pool = (await Add("Fenster")).Value;
        var edit = TestHub.Get<EditSpaces>();

        Assert.Equal(2, (await edit.Run(Cast.Alan.Id, [Cast.Desk.Id, Cast.NextDesk.Id], new() { Pool = new(pool.Id) }, Stop)).Value);
        Assert.Equal(0, (await edit.Run(Cast.Alan.Id, [Cast.Desk.Id, Cast.NextDesk.Id], new() { Capacity = 1 }, Stop)).Value);
        Assert.Equal(1, (await edit.Run(Cast.Alan.Id, [Cast.Desk.Id], new() { Pool = PoolWish.None }, Stop)).Value);

        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Equal([Cast.NextDesk.Id], map.MembersOf(map.Pool(pool.Id)!).Select(space => space.Id));
        Assert.Equal(3, map.Pool(pool.Id)!.Revision);
    }

    [Fact]
    public async Task Over_what_somebody_else_has_saved_nothing_is_changed()
    {
        var pool = (await Add("Fenster")).Value;
        await Edit.Rename(Cast.Alan.Id, pool.Id, new("Hof", null), null, Stop);

        Assert.Equal("stale", (await Edit.Rename(Cast.Alan.Id, pool.Id, new("Garten", null), 1, Stop)).Refusal?.Code);
        Assert.Equal("stale", (await Edit.SetMembers(Cast.Alan.Id, pool.Id, [Cast.Desk.Id], 1, Stop)).Refusal?.Code);
        Assert.Equal("stale", (await Edit.Delete(Cast.Alan.Id, pool.Id, 1, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task It_is_deleted_only_while_nothing_ahead_was_booked_through_it_and_past_bookings_keep_their_desk()
    {
        var pool = await TestHub.Pool("Fenster", Cast.Desk, Cast.NextDesk);
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));

        Assert.Equal("pool_in_use", (await Edit.Delete(Cast.Alan.Id, pool.Id, null, Stop)).Refusal?.Code);
        TestHub.Clock.Reset(booking.End);
        Assert.True((await Edit.Delete(Cast.Alan.Id, pool.Id, null, Stop)).IsDone);

        Assert.Equal((Cast.Desk.Id, (int?)null), await Where(booking));
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.Empty(map.Pools);
        Assert.Null(map.Space(Cast.Desk.Id)!.PoolId);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "pool.deleted", Stop)));
    }

    [Fact]
    public async Task Where_a_desk_leaves_its_bookings_move_within_the_pool_and_what_finds_nothing_stays_as_one_of_that_desk()
    {
        var pool = await TestHub.Pool("Fenster", Cast.Desk, Cast.NextDesk);
        var moves = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        var stays = await TestHub.Book(Cast.Grace, pool, When.On(Wednesday));
        var (bobs, named) = (await TestHub.Book(Cast.Bob, pool, When.On(Wednesday)),
            await TestHub.Book(Cast.Grace, Cast.Desk, When.On(Wednesday.PlusDays(1))));
        Assert.Equal((Cast.Desk.Id, Cast.NextDesk.Id), (moves.SpaceId, stays.SpaceId));
        Assert.Equal(Cast.Desk.Id, bobs.SpaceId);

        var done = (await Members(pool, Cast.NextDesk)).Value;

        Assert.Equal((0, 1, 1, 1), (done.Added, done.TakenOut, done.Moved, done.Stayed));
        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), await Where(moves));
        Assert.Equal((Cast.Desk.Id, (int?)null), await Where(bobs));
        Assert.Equal((Cast.Desk.Id, (int?)null), await Where(named));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "booking.moved", Stop)));
    }

    [Fact]
    public async Task A_desk_that_is_retired_sends_its_pools_bookings_to_the_rest_of_the_pool_before_anything_else()
    {
        var pool = await TestHub.Pool("Fenster", Cast.Desk, Cast.NextDesk);
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        var plan = (await TestHub.Get<PlanRetirement>().Run(Cast.As(Cast.Alan), [Cast.Desk.Id], Tuesday, Stop))!;
        Assert.Equal(Cast.NextDesk.Id, plan.Bookings[0].Proposed!.Id);

        var done = (await TestHub.Get<RetireSpaces>().Run(
            new() { ActorId = Cast.Alan.Id, SpaceIds = [Cast.Desk.Id], From = Tuesday }, Stop)).Value;

        Assert.Equal((1, 0), (done.Moved, done.Cancelled));
        Assert.Equal((Cast.NextDesk.Id, (int?)pool.Id), await Where(booking));
    }

    [Fact]
    public async Task What_an_administrator_moves_out_of_the_pool_is_a_booking_of_that_very_room()
    {
        var pool = await TestHub.Pool("Räume", Cast.Spree);
        var booking = await TestHub.Book(Cast.Ada, pool, Hours(Tuesday, 9, 10));

        await TestHub.Get<RetireSpaces>().Run(new()
        {
            ActorId = Cast.Alan.Id,
            SpaceIds = [Cast.Spree.Id],
            From = Tuesday,
            Fates = new Dictionary<Guid, Fate> { [booking.Id] = new(Cast.Panke.Id) },
        }, Stop);

        Assert.Equal((Cast.Panke.Id, (int?)null), await Where(booking));
    }

    [Fact]
    public async Task Out_of_service_moves_what_is_booked_within_the_pool_and_is_refused_where_that_is_full()
    {
        var pool = await TestHub.Pool("Räume", Cast.Spree, Cast.Panke);
        var booking = await TestHub.Book(Cast.Ada, pool, Hours(Tuesday, 9, 10));
        Assert.Equal(Cast.Panke.Id, booking.SpaceId);

        Assert.True((await Close(Cast.Panke)).IsDone);
        Assert.Equal((Cast.Spree.Id, (int?)pool.Id), await Where(booking));
        Assert.Equal("space_occupied", (await Close(Cast.Spree)).Refusal?.Code);
        Assert.Equal((Cast.Spree.Id, (int?)pool.Id), await Where(booking));
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    [Fact]
    public async Task A_site_where_nothing_was_booked_goes_with_its_pools()
    {
        var site = (await TestHub.Get<AddSite>().Run(Cast.Alan.Id, new()
        {
            Name = "Hub Süd",
            Street = "Ufer 2",
            PostCode = "12047",
            City = "Berlin",
            Week = SiteDraft.UsualWeek,
            ZoneId = "Europe/Berlin",
        }, Stop)).Value;
        var added = (await TestHub.Get<AddSpaces>().Run(
            Cast.Alan.Id, site.Id, new() { Level = 1, Desks = 2, FirstDesk = "S1-01" }, Stop)).Value;
        await TestHub.Pool("Ufer", [.. added.Spaces]);

        Assert.True((await TestHub.Get<RetireSite>().Delete(Cast.Alan.Id, site.Id, Stop)).IsDone);
        Assert.Equal(0, await TestHub.Read(db => db.Pools.CountAsync(Stop)));
    }

    [Fact]
    public async Task Who_is_moved_within_the_pool_gets_the_usual_e_mail()
    {
        var pool = await TestHub.Pool("Fenster", Cast.Desk, Cast.NextDesk);
        var booking = await TestHub.Book(Cast.Ada, pool, When.On(Tuesday));
        await TestHub.DeliverAll();

        await Members(pool, Cast.NextDesk);

        Assert.Contains(await TestHub.EmailsOf(booking), email => email.Type == BookingNotifications.Moved);
    }

    private EditPools Edit => TestHub.Get<EditPools>();

    private Task<Outcome<Pool>> Add(string german, string? english = null) =>
        Edit.Add(Cast.Alan.Id, Cast.East.Id, new(german, english), SpaceKind.Desk, Stop);

    private Task<Outcome<PoolMembersChanged>> Members(Pool pool, params Space[] spaces) =>
        Edit.SetMembers(Cast.Alan.Id, pool.Id, [.. spaces.Select(space => space.Id)], null, Stop);

    private Task<Outcome<SpaceClosure>> Close(Space space) => TestHub.Get<CloseSpace>().Run(
        new(Cast.Alan.Id, space.Id, Tuesday + new LocalTime(8, 0), Tuesday + new LocalTime(12, 0), new("Repair", "Reparatur")), Stop);

    private async Task<(int SpaceId, int? PoolId)> Where(Booking booking) =>
        await TestHub.Reread(booking) is var row ? (row.SpaceId, row.PoolId) : default;

    private static (string? Code, string? Field) Code<T>(Outcome<T> outcome) => (outcome.Refusal?.Code, outcome.Refusal?.Field);

    private static When Hours(LocalDate day, int from, int until) =>
        When.Between(day + new LocalTime(from, 0), day + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : EditPoolsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EditPoolsTests(database), IClassFixture<PostgresDatabase>;
}
