using DigiHub.Activity;
using DigiHub.Demo;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Tests.Demo;

public abstract class SeedDemoTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task Fills_an_empty_hub_with_what_the_demo_promises()
    {
        await MoveOut();

        var counts = await TestHub.Get<SeedDemo>().Run(Stop);

        Assert.True(counts.IsDone);
        await using var db = TestHub.OpenDb();
        Assert.Equal(2, await db.Set<DigiHub.Sites.Site>().CountAsync(Stop));
        Assert.Equal(6, await db.Set<DigiHub.Sites.Floor>().CountAsync(Stop));
        Assert.Equal(180, await db.Set<Space>().CountAsync(space => space.Kind == SpaceKind.Desk, Stop));
        Assert.Equal(24, await db.Set<Space>().CountAsync(space => space.Kind == SpaceKind.Room, Stop));
        Assert.Equal(40, await db.Set<Organisation>().CountAsync(Stop));
        Assert.Equal(200, await db.Set<DigiHub.Members.Member>().CountAsync(Stop));
        Assert.Equal(60, await db.Set<DigiHub.Events.Event>().CountAsync(Stop));
        Assert.NotEqual(0,
            await db.Set<Notification>().CountAsync(notification => notification.Type == ReminderNotifications.OfEvent, Stop));
    }

    [Fact]
    public async Task Is_the_same_each_time_on_the_same_day()
    {
        await MoveOut();
        await TestHub.Get<SeedDemo>().Run(Stop);
        var first = await Picture();

        await MoveOut();
        await TestHub.Get<SeedDemo>().Run(Stop);

        Assert.Equal(first, await Picture());
    }

    [Fact]
    public async Task New_rows_are_numbered_after_those_of_the_demo()
    {
        await MoveOut();
        await TestHub.Get<SeedDemo>().Run(Stop);
        var newcomer = new Organisation { Slug = "a-newcomer", Name = "A newcomer", Kind = OrganisationKind.StartUp };

        await TestHub.Lay(newcomer);

        Assert.InRange(newcomer.Id, 41, int.MaxValue);
    }

    [Fact]
    public async Task Never_mixes_with_real_data()
    {
        var refused = await TestHub.Get<SeedDemo>().Run(Stop);

        Assert.Equal("not_empty", refused.Refusal?.Code);
        Assert.Equal(Cast.Members.Count(), await TestHub.Read(db => db.Set<DigiHub.Members.Member>().CountAsync(Stop)));
    }

    /// <summary>Rule 37 of running a hub: what the demo brought goes; what it stood on stays if asked for.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Goes_again_with_its_people_and_all_they_did(bool keepsSites)
    {
        await MoveOut();
        await TestHub.Get<SeedDemo>().Run(Stop);
        await TestHub.Lay(new DigiHub.Keys.StoredKey { Name = "kept", Text = "x", CreatedAt = DigiHub.Tests.TestHub.Opening });

        var removed = await TestHub.Get<RemoveDemo>().Run(keepsSites, Stop);

        Assert.True(removed.IsDone, removed.Refusal?.Message.English);
        Assert.Equal((200, 60), (removed.Value.Members, removed.Value.Events));
        await using var db = TestHub.OpenDb();
        Assert.Equal(keepsSites ? 2 : 0, await db.Set<DigiHub.Sites.Site>().CountAsync(Stop));
        Assert.Equal(keepsSites ? 180 : 0, await db.Set<Space>().CountAsync(space => space.Kind == SpaceKind.Desk, Stop));
        Assert.Equal(1, await db.Set<DigiHub.Keys.StoredKey>().CountAsync(key => key.Name == "kept", Stop));
        Assert.Equal(["demo.removed"], await db.Activity.Select(entry => entry.Act).ToListAsync(Stop));
        string[] staying = ["keys", "hub", "activity", "catalogue_stamp", "equipment", "organisation_kinds",
            "sites", "site_hours", "site_closures", "floors", "spaces", "space_units", "space_equipment", "rule_sets", "pools",
            "floor_plans", "plan_places",
            "plan_shapes", "plan_pictures", "topics"];
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct().Except(staying))
        {
#pragma warning disable EF1002 // the names are the model's own
            var left = await db.Database.SqlQueryRaw<int>($"SELECT count(*) AS \"Value\" FROM {table}").ToListAsync(Stop);
#pragma warning restore EF1002
            Assert.Equal((table, 0), (table, left[0]));
        }

        Assert.Equal("no_demo", (await TestHub.Get<RemoveDemo>().Run(keepsSites, Stop)).Refusal?.Code);
        if (!keepsSites)
            Assert.True((await TestHub.Get<SeedDemo>().Run(Stop)).IsDone);
    }

    [Fact]
    public async Task Nothing_is_removed_from_a_hub_of_real_people()
    {
        var refused = await TestHub.Get<RemoveDemo>().Run(keepsSites: false, Stop);

        Assert.Equal("no_demo", refused.Refusal?.Code);
        Assert.Equal(Cast.Members.Count(), await TestHub.Read(db => db.Set<DigiHub.Members.Member>().CountAsync(Stop)));
    }

    private async Task MoveOut()
    {
        await using var db = TestHub.OpenDb();
        await TestDatabase.Empty(db);
        TestHub.Clock.AdvanceSeconds(1); // written without a UnitOfWork: the next check of the stamp sees it
    }

    private Task<List<Guid>> Picture() => TestHub.Read(async db =>
        (await db.Set<DigiHub.Bookings.Booking>().Select(booking => booking.Id).ToListAsync(Stop)).Order().ToList());

    public sealed class OnSqlite(SqliteDatabase database) : SeedDemoTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SeedDemoTests(database), IClassFixture<PostgresDatabase>;
}
