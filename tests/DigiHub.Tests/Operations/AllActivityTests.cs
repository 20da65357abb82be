using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Members;
using DigiHub.Operations;
using DigiHub.Spaces;

namespace DigiHub.Tests.Operations;

/// <summary>Who did what: found by name, kind and time, the newest first, and read by nobody unseen.</summary>
public abstract class AllActivityTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task Finds_by_the_name_of_who_acted_however_it_is_spelled_and_by_an_id()
    {
        await Rename(Cast.Ada);
        await Rename(Cast.Bob);

        var byName = await Look(new ActivityQuery("ADA"));
        var byId = await Look(new ActivityQuery(Cast.Bob.Id.ToString()));

        Assert.Equal([Cast.Ada.Id], byName.Rows.Select(row => row.Entry.ActorId));
        Assert.Equal([Cast.Bob.Id], byId.Rows.Select(row => row.Entry.ActorId));
        Assert.Equal(Cast.Ada.Name, byName.Rows[0].Actor);
    }

    [Fact]
    public async Task Narrows_by_kind_and_by_time()
    {
        await Rename(Cast.Ada);
        var first = TestHub.Clock.GetCurrentInstant();
        TestHub.Clock.AdvanceHours(2);
        await Rename(Cast.Ada);

        Assert.Equal(2, (await Look(new ActivityQuery(Kind: Member.Subject.Name))).Rows.Count);
        Assert.Empty((await Look(new ActivityQuery(Kind: "booking"))).Rows);
        Assert.Single((await Look(new ActivityQuery(Kind: Member.Subject.Name, Until: first + Duration.FromSeconds(1)))).Rows);
        Assert.Single((await Look(new ActivityQuery(Kind: Member.Subject.Name, From: first + Duration.FromSeconds(1)))).Rows);
    }

    [Fact]
    public async Task Goes_on_page_by_page_without_a_gap_and_without_anything_twice()
    {
        for (var i = 0; i < AllActivity.PageSize + 3; i++)
        {
            TestHub.Clock.AdvanceMilliseconds(5);
            await Rename(Cast.Ada);
        }

        var query = new ActivityQuery(Kind: Member.Subject.Name);
        var first = await Look(query);
        var second = await Look(query with { Before = first.Next });

        Assert.Equal(AllActivity.PageSize, first.Rows.Count);
        Assert.Equal(3, second.Rows.Count);
        Assert.Null(second.Next);
        var ids = first.Rows.Concat(second.Rows).Select(row => row.Entry.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(first.Rows.Select(row => row.Entry.At).OrderDescending(), first.Rows.Select(row => row.Entry.At));
    }

    [Fact]
    public async Task That_somebody_looked_is_an_act_once_an_hour()
    {
        await Look(new ActivityQuery());
        await Look(new ActivityQuery());
        Assert.Equal(1, await Reads());

        TestHub.Clock.AdvanceMinutes(61);
        await Look(new ActivityQuery());
        Assert.Equal(2, await Reads());
    }

    [Fact]
    public async Task Members_and_the_front_desk_see_nothing_of_it()
    {
        foreach (var one in new[] { Cast.Ada, Cast.Frieda, Cast.Grace })
            Assert.Null(await TestHub.Get<AllActivity>().Run(new ActivityQuery(), Cast.As(one), Stop));
    }

    [Fact]
    public async Task Who_answers_for_one_site_sees_what_was_done_to_its_things_alone()
    {
        await TestHub.Get<GrantRoles>().Run(new(Cast.Frieda.Id, [Role.Auditor], ActorId: null, Cast.West.Id), Stop);
        var booking = await Booked(Cast.Spree);
        var west = Cast.Havel;
        TestHub.Clock.AdvanceMilliseconds(5); // by which acts are told apart
        var other = await Booked(west);
        TestHub.Clock.AdvanceMilliseconds(5);
        await TestHub.Get<CloseSite>().Run(
            new(Cast.Alan.Id, Cast.West.Id, new(2026, 12, 28), new(2026, 12, 30), new("Works", "Umbau")), Stop);
        await Rename(Cast.Ada);
        var viewer = await TestHub.Read(db => db.Viewer(Cast.Frieda.Id, TestHub.Clock.GetCurrentInstant(), Stop));

        var seen = (await TestHub.Get<AllActivity>().Run(new(), viewer!, Stop))!.Rows;
        var elsewhere = (await TestHub.Get<AllActivity>().Run(new(SiteId: Cast.East.Id), viewer!, Stop))!.Rows;

        Assert.Equal([ClosureActs.Created.Name, BookingActs.Created.Name], seen.Select(row => row.Entry.Act));
        Assert.Equal(other, seen[1].Entry.SubjectId);
        Assert.Empty(elsewhere);
        Assert.Equal([booking], (await Look(new(Kind: "booking", SiteId: Cast.East.Id))).Rows.Select(row => row.Entry.SubjectId!.Value));
    }

    private async Task<Guid> Booked(Space space) => (await TestHub.Get<BookSpace>().Run(new BookSpaceRequest
    {
        ActorId = Cast.Ada.Id,
        SpaceId = space.Id,
        When = When.Between(new(2026, 11, 24, 9, 0), new(2026, 11, 24, 10, 0)),
    }, Stop)).Value.Id;

    private Task<int> Reads() =>
        TestHub.Read(db => db.Activity.CountAsync(entry => entry.Act == OperationsActs.ActivityRead.Name, Stop));

    private async Task<ActivityFound> Look(ActivityQuery query) =>
        (await TestHub.Get<AllActivity>().Run(query, Cast.As(Cast.Alan), Stop))!;

    private Task<Outcome<Member?>> Rename(Member member) =>
        TestHub.Get<EditAccount>().Run(new EditAccountRequest(member.Id, member.Name, member.Language), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : AllActivityTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : AllActivityTests(database), IClassFixture<PostgresDatabase>;
}
