using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Imports;
using DigiHub.Operations;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Operations;

/// <summary>Who answers for one site sees what waits of that site alone.</summary>
public abstract class WorkAtSitesTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task Who_answers_for_one_site_sees_the_emails_and_imports_of_that_site_alone()
    {
        await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0)));
        await TestHub.Book(Cast.Bob, Cast.WestDesk, When.On(new(2026, 11, 24)));
        await TestHub.Book(Cast.Ada, Cast.WestDesk, When.On(new(2026, 11, 25)));
        await TestHub.Lay(Import(Cast.East.Id), Import(Cast.West.Id), Import(siteId: null));
        TestHub.Clock.AdvanceMinutes(1);

        var (east, west, hub) = (await At(Cast.East.Id), await At(Cast.West.Id), await At(siteId: null));

        Assert.Equal((1, 1), (east.EmailsDue, east.ImportsUnderWay));
        Assert.Equal((2, 1), (west.EmailsDue, west.ImportsUnderWay));
        Assert.Equal((3, 3), (hub.EmailsDue, hub.ImportsUnderWay));
        Assert.True(east.EmailLag > Duration.Zero);
    }

    [Fact]
    public async Task Nothing_waits_for_who_may_not_see_the_jobs()
    {
        await TestHub.Book(Cast.Ada, Cast.Spree, When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0)));
        TestHub.Clock.AdvanceMinutes(1);

        var seen = await TestHub.Get<WorkAtSitesNow>().Run(
            new Viewer(Cast.Frieda.Id, [new HeldRole(Role.FrontDesk, Cast.East.Id)]), Stop);

        Assert.Equal(new WorkAtSites(0, null, 0, 0), seen);
    }

    private Task<WorkAtSites> At(int? siteId) => TestHub.Get<WorkAtSitesNow>().Run(
        new Viewer(Cast.Bob.Id, [new HeldRole(siteId is null ? Role.Auditor : Role.Administrator, siteId)]), Stop);

    private Import Import(int? siteId) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = ImportKind.Bookings,
        SiteId = siteId,
        FileName = "bookings.csv",
        File = [],
        Sha256 = new byte[32],
        Columns = "[]",
        IsWindows1252 = false,
        State = ImportState.Applying,
        ReadById = Cast.Alan.Id,
        ReadAt = TestHub.Clock.GetCurrentInstant(),
    };

    public sealed class OnSqlite(SqliteDatabase database) : WorkAtSitesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : WorkAtSitesTests(database), IClassFixture<PostgresDatabase>;
}
