using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Members;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;
using DigiHub.Time;

namespace DigiHub.Tests.Setup;

/// <summary>Setting up and running a hub, rules 10, 11, 14 and 15. It is Monday, 09:00.</summary>
public abstract class EditSpacesTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task Many_get_the_same_rules_and_equipment_at_once_and_what_is_not_said_stays()
    {
        var changed = await Edit([Cast.Spree.Id, Cast.Panke.Id],
            new() { RulesId = Cast.BoothRules.Id, Equipment = [Equipment.Screen, Equipment.Whiteboard] });

        Assert.Equal(2, changed.Value);
        var map = await TestHub.Get<Catalogue>().Map(Stop);
        Assert.All(new[] { Cast.Spree.Id, Cast.Panke.Id }, id =>
            Assert.Equal([Equipment.Screen, Equipment.Whiteboard], map.Space(id)!.Things.Select(thing => thing.Key)));
        Assert.Equal((8, 12), (map.Space(Cast.Spree.Id)!.Capacity, map.Space(Cast.Panke.Id)!.Capacity));
        Assert.Equal("too_long", (await TestHub.Refused(Cast.Ada, Cast.Spree, Hours(Tuesday, 9, 12))).Code);
        Assert.Equal(2, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "space.edited", Stop)));
        Assert.Equal(0, (await Edit([Cast.Spree.Id, Cast.Panke.Id], new() { RulesId = Cast.BoothRules.Id })).Value);
    }

    [Fact]
    public async Task Changed_rules_leave_what_is_booked_alone()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, Hours(Tuesday, 9, 12));

        await Edit([Cast.Spree.Id], new() { RulesId = Cast.BoothRules.Id });

        Assert.Equal(booking.LocalSpan, (await TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop))).LocalSpan);
    }

    [Fact]
    public async Task What_is_off_the_offer_cannot_be_booked_and_what_is_booked_in_it_is_listed()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, Hours(Tuesday, 9, 10));

        await Edit([Cast.Spree.Id], new() { IsOffered = false });

        Assert.Equal("space_not_offered", (await TestHub.Refused(Cast.Bob, Cast.Spree, Hours(Tuesday, 11, 12))).Code);
        var standing = await TestHub.Get<OutsideHours>().Run(Cast.As(Cast.Alan), Cast.East.Id, Stop);
        Assert.Equal([booking.Id], standing.Bookings.Select(one => one.Booking.Id));
        await Edit([Cast.Spree.Id], new() { IsOffered = true });
        Assert.Empty((await TestHub.Get<OutsideHours>().Run(Cast.As(Cast.Alan), Cast.East.Id, Stop)).Bookings);
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_nothing_changes()
    {
        var wrong = (await Edit([Cast.Spree.Id], new() { Capacity = 0, Name = "" })).Refusal!;
        Assert.Equal(["name_missing", "number_out_of_range"], new[] { wrong }.Concat(wrong.Also).Select(one => one.Code).Order());
        Assert.Equal("rules_unknown", (await Edit([Cast.Spree.Id], new() { RulesId = 4711 })).Refusal?.Code);
        Assert.Equal("space_name_taken", (await Edit([Cast.Spree.Id], new() { Name = "panke" })).Refusal?.Code);
        Assert.Equal("unknown_equipment", (await Edit([Cast.Spree.Id], new() { Equipment = ["jacuzzi"] })).Refusal?.Code);
        Assert.Equal("too_many_spaces", (await Edit([], new() { Capacity = 2 })).Refusal?.Code);
        Assert.Equal(8, (await TestHub.Get<Catalogue>().Map(Stop)).Space(Cast.Spree.Id)!.Capacity);
    }

    [Fact]
    public async Task Only_who_sets_up_the_site_may_and_never_those_of_two_sites_at_once()
    {
        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
            Assert.Equal(Refusal.NotFound, (await Edit([Cast.Spree.Id], new() { Capacity = 9 }, member)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Edit([Cast.Spree.Id, Cast.WestDesk.Id], new() { Capacity = 9 })).Refusal);
        Assert.Equal(Refusal.NotFound, (await Edit([Cast.Spree.Id, 4711], new() { Capacity = 9 })).Refusal);
    }

    [Fact]
    public async Task Out_of_service_nobody_books_it_nor_a_hall_it_is_a_part_of_until_it_is_back()
    {
        var closed = (await Close(Cast.Spree, Tuesday + new LocalTime(8, 0), Tuesday + new LocalTime(12, 0))).Value;

        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Ada, Cast.Spree, Hours(Tuesday, 9, 10))).Code);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Ada, Cast.Hall, Hours(Tuesday, 9, 10))).Code);
        Assert.True((await TestHub.TryBook(Cast.Ada, Cast.Spree, Hours(Tuesday, 13, 14))).IsDone);
        Assert.Equal([closed.Id], (await TestHub.Get<SpaceClosures>().Run([Cast.Spree.Id], Stop)).Select(one => one.Id));

        Assert.True((await TestHub.Get<CloseSpace>().End(closed.Id, Cast.Frieda.Id, Stop)).IsDone);
        Assert.Empty(await TestHub.Get<SpaceClosures>().Run([Cast.Spree.Id], Stop));
        Assert.True((await TestHub.TryBook(Cast.Ada, Cast.Spree, Hours(Tuesday, 9, 10))).IsDone);
    }

    [Fact]
    public async Task What_is_booked_has_to_be_settled_first()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Spree, Hours(Tuesday, 9, 10));

        var refusal = (await Close(Cast.Spree, Tuesday + new LocalTime(8, 0), Tuesday + new LocalTime(12, 0))).Refusal!;
        Assert.Equal(("space_occupied", "from"), (refusal.Code, refusal.Field));
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);

        Assert.True((await Close(Cast.Spree, Tuesday + new LocalTime(8, 0), Tuesday + new LocalTime(12, 0))).IsDone);
    }

    [Fact]
    public async Task The_front_desk_closes_for_a_day_and_administrators_for_three_months()
    {
        var from = Tuesday + new LocalTime(8, 0);
        Assert.True((await Close(Cast.Spree, from, from.PlusDays(1), Cast.Frieda)).IsDone);
        Assert.Equal("too_long", (await Close(Cast.Panke, from, from.PlusDays(2), Cast.Frieda)).Refusal?.Code);
        Assert.True((await Close(Cast.Panke, from, from.PlusDays(90))).IsDone);
        Assert.Equal("too_long", (await Close(Cast.Booth, from, from.PlusDays(93))).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await Close(Cast.Booth, from, from.PlusHours(1), Cast.Ada)).Refusal);
        Assert.Equal("reason_missing", (await TestHub.Get<CloseSpace>().Run(
            new(Cast.Alan.Id, Cast.Booth.Id, from, from.PlusHours(1), new("", "")), Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task The_front_desk_puts_back_what_is_out_for_a_day_and_administrators_all()
    {
        var from = Tuesday + new LocalTime(8, 0);
        var day = (await Close(Cast.Spree, from, from.PlusDays(1))).Value;
        var month = (await Close(Cast.Panke, from, from.PlusDays(30))).Value;
        var close = TestHub.Get<CloseSpace>();

        Assert.True((await close.End(day.Id, Cast.Frieda.Id, Stop)).IsDone);
        Assert.Equal("too_long", (await close.End(month.Id, Cast.Frieda.Id, Stop)).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await close.End(month.Id, Cast.Ada.Id, Stop)).Refusal);
        Assert.True((await close.End(month.Id, Cast.Alan.Id, Stop)).IsDone);
    }

    [Fact]
    public async Task Bookings_and_closures_that_race_for_the_same_time_never_overlap()
    {
        var acts = Enumerable.Range(0, 12).Select(i => Task.Run(async () => i % 3 == 0
            ? (await Close(Cast.Spree, Tuesday + new LocalTime(9, 0), Tuesday + new LocalTime(11, 0))).IsDone
            : (await TestHub.TryBook(i % 2 == 0 ? Cast.Ada : Cast.Bob, Cast.Spree, Hours(Tuesday, 9, 10))).IsDone));

        var done = await Task.WhenAll(acts);

        Assert.Single(done, isDone => isDone);
        Assert.Equal(0, await TestHub.OverlappingClaims());
    }

    private static When Hours(LocalDate date, int from, int until) =>
        When.Between(date + new LocalTime(from, 0), date + new LocalTime(until, 0));

    private Task<Outcome<int>> Edit(int[] ids, SpacesChange change, Member? by = null) =>
        TestHub.Get<EditSpaces>().Run((by ?? Cast.Alan).Id, ids, change, Stop);

    private Task<Outcome<SpaceClosure>> Close(Space space, LocalDateTime from, LocalDateTime until, Member? by = null) =>
        TestHub.Get<CloseSpace>().Run(new((by ?? Cast.Alan).Id, space.Id, from, until, new("Repair", "Reparatur")), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : EditSpacesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EditSpacesTests(database), IClassFixture<PostgresDatabase>;
}
