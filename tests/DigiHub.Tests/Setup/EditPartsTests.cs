using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Setup;

/// <summary>Running a hub, rule 12. It is Monday, 09:00.</summary>
public abstract class EditPartsTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task A_room_made_of_others_is_booked_with_them_and_they_with_it()
    {
        var hall = (await Add("Saal", 20, Cast.Spree, Cast.Booth)).Value;

        await TestHub.Book(Cast.Ada, hall, Hours(9, 10));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Spree, Hours(9, 10))).Code);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, Cast.Booth, Hours(9, 10))).Code);
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.Panke, Hours(9, 10))).IsDone);
        await TestHub.Book(Cast.Bob, Cast.Spree, Hours(12, 13));
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Ada, hall, Hours(12, 13))).Code);
        Assert.Equal(["Booth 1", "Spree"], await PartsOf(hall));
    }

    [Fact]
    public async Task Its_parts_change_and_what_stands_in_it_takes_the_new_ones()
    {
        var booking = await TestHub.Book(Cast.Ada, Cast.Hall, Hours(9, 10));
        var closure = await TestHub.Get<CloseSpace>().Run(new(Cast.Alan.Id, Cast.Hall.Id,
            Tuesday + new LocalTime(14, 0), Tuesday + new LocalTime(15, 0), new("Cleaning", "Reinigung")), Stop);
        Assert.True(closure.IsDone);

        Assert.True((await Change(Cast.Hall, Cast.Spree, Cast.Booth)).Value);

        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.Panke, Hours(9, 10))).IsDone);
        foreach (var hour in new[] { 9, 14 })
            foreach (var part in new[] { Cast.Spree, Cast.Booth })
                Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, part, Hours(hour, hour + 1))).Code);
        Assert.False((await Change(Cast.Hall, Cast.Booth, Cast.Spree)).Value);
        await TestHub.Get<CancelBooking>().Run(booking.Id, Cast.Ada.Id, ifRevision: null, Stop);
        Assert.True((await TestHub.TryBook(Cast.Bob, Cast.Booth, Hours(9, 10))).IsDone);
        Assert.Equal(1, await TestHub.Read(db => db.Activity.CountAsync(one => one.Act == "space.parts_changed", Stop)));
    }

    [Fact]
    public async Task Where_standing_bookings_would_collide_nothing_changes_and_each_is_listed()
    {
        await TestHub.Book(Cast.Ada, Cast.Hall, Hours(9, 10));
        await TestHub.Book(Cast.Ada, Cast.Hall, Hours(13, 14));
        await TestHub.Book(Cast.Bob, Cast.Booth, Hours(9, 10));
        await TestHub.Book(Cast.Bob, Cast.Booth, Hours(13, 14));
        await TestHub.Book(Cast.Grace, Cast.Booth, Hours(16, 17));

        var refusal = (await Change(Cast.Hall, Cast.Spree, Cast.Booth)).Refusal!;

        Assert.Equal(("parts_collide", "parts", 2), (refusal.Code, refusal.Field, refusal.Also.Count));
        Assert.All(refusal.Also, one => Assert.StartsWith("Booth 1: ", one.Message.English, StringComparison.Ordinal));
        Assert.Equal(["Panke", "Spree"], await PartsOf(Cast.Hall));
        Assert.Equal(7, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_room_of_its_own_is_divided_and_becomes_one_again()
    {
        await TestHub.Book(Cast.Ada, Cast.Havel, When.Between(Tuesday + new LocalTime(9, 0), Tuesday + new LocalTime(10, 0)));
        await TestHub.Get<AddSpaces>().Run(Cast.Alan.Id, Cast.West.Id, new() { Level = 1, Rooms = "Havel A, 4\nHavel B, 4" }, Stop);
        var halves = (await Map()).Spaces.Where(space => space.Name.StartsWith("Havel ", StringComparison.Ordinal)).ToArray();

        Assert.True((await Change(Cast.Havel, halves)).Value);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Bob, halves[0], Hours(9, 10))).Code);
        Assert.True((await Change(Cast.Havel)).Value);

        Assert.True((await TestHub.TryBook(Cast.Bob, halves[0], Hours(9, 10))).IsDone);
        Assert.Equal("slot_taken", (await TestHub.Refused(Cast.Grace, Cast.Havel, Hours(9, 10))).Code);
        Assert.False((await Change(Cast.Havel)).Value);
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_only_who_looks_after_the_site_may()
    {
        Assert.Equal("parts_missing", (await Add("Saal", 20, Cast.Spree)).Refusal?.Code);
        Assert.Equal("part_unknown", (await Add("Saal", 20, Cast.Spree, Cast.Havel)).Refusal?.Code);
        Assert.Equal("part_unknown", (await Add("Saal", 20, Cast.Spree, Cast.Desk)).Refusal?.Code);
        Assert.Equal("space_name_taken", (await Add("panke", 20, Cast.Spree, Cast.Panke)).Refusal?.Code);
        var wrong = (await Add(" ", 0)).Refusal!;
        Assert.Equal(["hallName", "hallSeats", "parts"], new[] { wrong }.Concat(wrong.Also).Select(one => one.Field));
        Assert.Equal("parts_missing", (await Change(Cast.Hall, Cast.Spree)).Refusal?.Code);
        Assert.Equal("part_unknown", (await Change(Cast.Hall, Cast.Hall, Cast.Spree)).Refusal?.Code);
        Assert.Equal("is_part_itself", (await Change(Cast.Spree, Cast.Panke, Cast.Booth)).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await Change(Cast.Desk, Cast.Panke, Cast.Booth)).Refusal);
        foreach (var member in new[] { Cast.Ada, Cast.Grace, Cast.Frieda })
        {
            Assert.Equal(Refusal.NotFound, (await TestHub.Get<EditParts>().Add(member.Id, Cast.East.Id,
                new() { Name = "Saal", Capacity = 9, PartIds = [Cast.Spree.Id, Cast.Booth.Id] }, Stop)).Refusal);
            Assert.Equal(Refusal.NotFound, (await TestHub.Get<EditParts>().Change(
                member.Id, Cast.Hall.Id, [Cast.Spree.Id, Cast.Booth.Id], Stop)).Refusal);
        }
    }

    [Fact]
    public async Task Bookings_of_parts_and_of_the_whole_that_race_with_a_change_never_overlap()
    {
        var acts = Enumerable.Range(0, 16).Select(i => Task.Run(async () => i switch
        {
            5 or 10 => (await Change(Cast.Hall, i == 5 ? [Cast.Spree, Cast.Booth] : [Cast.Panke, Cast.Booth])).Refusal,
            _ => (await TestHub.TryBook(i % 2 == 0 ? Cast.Ada : Cast.Bob, (i % 4) switch
            {
                0 => Cast.Hall,
                1 => Cast.Booth,
                2 => Cast.Panke,
                _ => Cast.Spree,
            }, Hours(9 + i % 3, 10 + i % 3))).Refusal,
        }));

        var refusals = await Task.WhenAll(acts);

        Assert.All(refusals.OfType<Refusal>(), refusal => Assert.True(refusal.Code is "slot_taken" or "parts_collide", refusal.Code));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        var map = await Map();
        var bookings = await TestHub.Read(db => db.Bookings.AsNoTracking().ToListAsync(Stop));
        var claims = await TestHub.Read(db => db.Claims.AsNoTracking().ToListAsync(Stop));
        Assert.All(bookings, booking => Assert.Equal(map.Space(booking.SpaceId)!.Units.Select(unit => unit.UnitId).Order(),
            claims.Where(claim => claim.HolderId == booking.Id).Select(claim => claim.UnitId).Order()));
    }

    [Fact]
    public async Task Ten_who_add_rooms_at_once_share_units_only_with_their_parts()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () => i % 2 == 0
            ? (await Add($"Saal {i}", 20, Cast.Spree, Cast.Booth)).IsDone
            : (await TestHub.Get<AddSpaces>().Run(Cast.Alan.Id, Cast.East.Id, new() { Level = 3, Rooms = $"Raum {i}, 4" }, Stop)).IsDone)));

        Assert.All(added, Assert.True);
        var map = await Map();
        var fresh = map.Spaces.Where(space => space.Name.StartsWith("Raum ", StringComparison.Ordinal)).SelectMany(space => space.Units);
        var known = Cast.Spaces.SelectMany(space => space.Units).Select(unit => unit.UnitId);
        Assert.Equal(5, fresh.Select(unit => unit.UnitId).Except(known).Count());
    }

    private async Task<IEnumerable<string>> PartsOf(Space hall)
    {
        var map = await Map();
        return map.PartsOf(map.Space(hall.Id)!).Select(part => part.Name).Order(StringComparer.Ordinal);
    }

    private async Task<HubDirectory> Map() => await TestHub.Get<Catalogue>().Map(Stop);

    private Task<Outcome<Space>> Add(string name, int seats, params Space[] parts) => TestHub.Get<EditParts>().Add(
        Cast.Alan.Id, Cast.East.Id, new() { Name = name, Capacity = seats, PartIds = [.. parts.Select(part => part.Id)] }, Stop);

    private Task<Outcome<bool>> Change(Space hall, params Space[] parts) => TestHub.Get<EditParts>().Change(
        Cast.Alan.Id, hall.Id, [.. parts.Select(part => part.Id)], Stop);

    private static When Hours(int from, int until) =>
        When.Between(Tuesday + new LocalTime(from, 0), Tuesday + new LocalTime(until, 0));

    public sealed class OnSqlite(SqliteDatabase database) : EditPartsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : EditPartsTests(database), IClassFixture<PostgresDatabase>;
}
