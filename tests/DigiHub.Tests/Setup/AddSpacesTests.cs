using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Setup;

public abstract class AddSpacesTests(TestDatabase database) : HubTests(database)
{
    private static SpacesDraft Fourth => new() { Level = 4, Desks = 12, FirstDesk = "N4-08", Rooms = "Ilse, 8\n\nOder ,1\nSaal, groß, 40" };

    [Fact]
    public async Task Desks_count_on_from_the_first_and_each_line_is_a_room()
    {
        var added = (await Add(Fourth)).Value;

        Assert.Equal(["N4-08", "N4-09", "N4-10"], added.Spaces.Take(3).Select(space => space.Name));
        Assert.Equal("N4-19", added.Spaces[11].Name);
        Assert.Equal([("Ilse", SpaceKind.Room, 8), ("Oder", SpaceKind.Booth, 1), ("Saal, groß", SpaceKind.Room, 40)],
            added.Spaces.Skip(12).Select(space => (space.Name, space.Kind, space.Capacity)));
        Assert.Equal("4. Etage", added.Floor.Name.German);
    }

    [Fact]
    public async Task They_get_the_rules_that_most_of_their_kind_have_or_those_that_were_chosen()
    {
        var usual = (await Add(Fourth)).Value.Spaces;
        Assert.Equal((Cast.DeskRules.Id, Cast.RoomRules.Id, Cast.BoothRules.Id), (usual[0].RulesId, usual[12].RulesId, usual[13].RulesId));

        var chosen = (await Add(new()
        {
            Level = 5,
            Desks = 1,
            FirstDesk = "N5-1",
            Rooms = "Jungfern, 8",
            DeskRulesId = Cast.RoomRules.Id,
            RoomRulesId = Cast.BoothRules.Id,
        })).Value.Spaces;
        Assert.Equal((Cast.RoomRules.Id, Cast.BoothRules.Id), (chosen[0].RulesId, chosen[1].RulesId));
        var wrong = (await Add(new() { Level = 6, Desks = 1, FirstDesk = "N6-1", DeskRulesId = 4711 })).Refusal!;
        Assert.Equal(("rules_unknown", "deskRules"), (wrong.Code, wrong.Field));
    }

    [Fact]
    public async Task The_first_of_its_kind_brings_rules_that_suit_most_hubs_and_the_next_shares_them()
    {
        await TestHub.Read(db => db.Spaces.Where(space => space.Kind == SpaceKind.Booth).ExecuteDeleteAsync(Stop));
        await TestHub.Read(db => db.RuleSets.Where(rules => rules.Id == Cast.BoothRules.Id).ExecuteDeleteAsync(Stop));

        var booth = (await Add(new() { Level = 4, Rooms = "Oder, 1" })).Value.Spaces[0];
        var next = (await Add(new() { Level = 4, Rooms = "Aller, 1" })).Value.Spaces[0];

        Assert.Equal((120, "Telefonboxen"), (booth.Rules.MaxMinutes, booth.Rules.Name.German));
        Assert.Equal(booth.RulesId, next.RulesId);
    }

    [Fact]
    public async Task They_can_be_booked_at_once_and_conflict_with_nothing_else()
    {
        var added = (await Add(Fourth)).Value;

        await TestHub.Book(Cast.Ada, added.Spaces[0], When.On(new(2026, 11, 24)));
        await TestHub.Book(Cast.Bob, added.Spaces[1], When.On(new(2026, 11, 24)));
        await TestHub.Book(Cast.Grace, Cast.Desk, When.On(new(2026, 11, 24)));

        Assert.Equal("slot_taken", (await TestHub.TryBook(Cast.Frieda, added.Spaces[0], When.On(new(2026, 11, 24)))).Refusal?.Code);
    }

    [Fact]
    public async Task A_floor_that_is_there_gets_more()
    {
        var first = (await Add(Fourth)).Value;
        var second = (await Add(new SpacesDraft { Level = 4, Desks = 1, FirstDesk = "N4-20" })).Value;

        Assert.Equal(first.Floor.Id, second.Floor.Id);
        Assert.Equal(first.Floor.Id, second.Spaces[0].FloorId);
    }

    [Theory]
    [InlineData(51, 0, null, "Ilse, 8", "level")]
    [InlineData(1, 201, "E1-01", null, "desks")]
    [InlineData(1, -1, "E1-01", null, "desks")]
    [InlineData(1, 3, "Fenster", null, "firstDesk")]
    [InlineData(1, 3, null, null, "firstDesk")]
    [InlineData(1, 0, null, "Ilse", "rooms")]
    [InlineData(1, 0, null, "Ilse, 0", "rooms")]
    [InlineData(1, 0, null, ", 8", "rooms")]
    [InlineData(1, 0, null, "Ilse, 8\nilse, 6", "rooms")]
    [InlineData(1, 0, "E1-01", " \n ", "desks")]
    public async Task What_is_wrong_is_named_and_nothing_is_added(int level, int desks, string? first, string? rooms, string field)
    {
        var before = await TestHub.Read(db => db.Spaces.CountAsync(Stop));

        var refusal = (await Add(new SpacesDraft { Level = level, Desks = desks, FirstDesk = first, Rooms = rooms })).Refusal;

        Assert.Equal(field, refusal?.Field);
        Assert.Equal(before, await TestHub.Read(db => db.Spaces.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_name_that_is_taken_at_the_site_is_named_and_all_stays_as_it_was()
    {
        var refusal = (await Add(new SpacesDraft { Level = 4, Desks = 2, FirstDesk = "N4-01", Rooms = "spree, 8" })).Refusal!;

        Assert.Equal(("space_name_taken", "rooms"), (refusal.Code, refusal.Field));
        Assert.Contains("spree", refusal.Message.English, StringComparison.Ordinal);
        Assert.False(await TestHub.Read(db => db.Spaces.AnyAsync(space => space.Name == "N4-01", Stop)));
    }

    [Fact]
    public async Task Administrators_of_a_site_add_to_it_and_to_no_other()
    {
        await TestHub.Lay(new RoleGrant
        {
            Id = Guid.NewGuid(),
            MemberId = Cast.Bob.Id,
            Role = Role.Administrator,
            SiteId = Cast.East.Id,
            GrantedAt = TestHub.Clock.GetCurrentInstant(),
        });

        Assert.True((await Add(Fourth, Cast.Bob)).IsDone);
        Assert.Equal(Refusal.NotFound, (await Add(Fourth, Cast.Bob, Cast.West.Id)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Add(Fourth, Cast.Ada)).Refusal);
        Assert.Equal(Refusal.NotFound, (await Add(Fourth, siteId: 999)).Refusal);
    }

    [Fact]
    public async Task Ten_who_add_different_desks_at_once_share_no_unit()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            Add(new SpacesDraft { Level = 7, Desks = 5, FirstDesk = $"Z{i}-01" }))));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Single(outcomes.Select(outcome => outcome.Value.Floor.Id).Distinct());
        var units = outcomes.SelectMany(outcome => outcome.Value.Spaces)
            .SelectMany(space => space.Units).Select(unit => unit.UnitId).ToList();
        Assert.Equal(50, units.Distinct().Count());
    }

    private Task<Outcome<SpacesAdded>> Add(SpacesDraft draft, Member? by = null, int? siteId = null) =>
        TestHub.Get<AddSpaces>().Run((by ?? Cast.Alan).Id, siteId ?? Cast.East.Id, draft, Stop);

    public sealed class OnSqlite(SqliteDatabase database) : AddSpacesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : AddSpacesTests(database), IClassFixture<PostgresDatabase>;
}
