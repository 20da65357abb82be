using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Members;
using DigiHub.Operations;

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

    private Task<int> Reads() =>
        TestHub.Read(db => db.Activity.CountAsync(entry => entry.Act == OperationsActs.ActivityRead.Name, Stop));

    private async Task<ActivityFound> Look(ActivityQuery query) =>
        (await TestHub.Get<AllActivity>().Run(query, Cast.As(Cast.Alan), Stop))!;

    private Task<Outcome<Member?>> Rename(Member member) =>
        TestHub.Get<EditAccount>().Run(new EditAccountRequest(member.Id, member.Name, member.Language), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : AllActivityTests(database), IClassFixture<SqliteDatabase>;
    public sealed class OnPostgres(PostgresDatabase database) : AllActivityTests(database), IClassFixture<PostgresDatabase>;
}
