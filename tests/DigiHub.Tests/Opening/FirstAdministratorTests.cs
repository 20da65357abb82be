using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Opening;

namespace DigiHub.Tests.Opening;

/// <summary>Setting up and running a hub, rules 1 to 3.</summary>
public abstract class FirstAdministratorTests(TestDatabase database) : HubTests(database)
{
    [Fact]
    public async Task Who_knows_the_code_becomes_the_first_administrator_and_the_code_is_used_up()
    {
        var code = await EmptyHub();

        var first = (await Try(code, "alan@example.org")).Value;

        Assert.True((await TestHub.Read(db => db.Viewer(first.Id, TestHub.Clock.GetCurrentInstant(), Stop)))!
            .May(Permission.ManageMembers));
        Assert.Equal("not_found", (await Try(code, "bob@example.org")).Refusal?.Code);
        Assert.Equal(0, await TestHub.Read(db => db.Set<SetupCode>().CountAsync(Stop)));
        Assert.Null(await TestHub.Get<MakeSetupCode>().Run(Stop));
    }

    [Fact]
    public async Task The_code_is_read_in_any_case_with_or_without_hyphens_and_letters_that_look_like_digits_count_as_these()
    {
        var code = await EmptyHub();

        var typed = code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l');

        Assert.True((await Try(typed, "alan@example.org")).IsDone);
    }

    [Fact]
    public async Task Only_its_hash_is_stored()
    {
        var code = await EmptyHub();

        var stored = await TestHub.Read(db => db.Set<SetupCode>().SingleAsync(Stop));

        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), stored.Hash, StringComparison.Ordinal);
        Assert.Equal(64, stored.Hash.Length);
    }

    [Fact]
    public async Task Five_wrong_tries_make_it_void_and_each_says_how_many_are_left()
    {
        var code = await EmptyHub();

        List<Words> said = [];
        for (var tries = 0; tries < SetupCode.TriesMax; tries++)
            said.Add((await Try("0000-0000-0000-0000", "eve@example.org")).Refusal!.Message);

        Assert.Equal("That is not the code. 4 tries left.", said[0].English);
        Assert.Equal("Das ist nicht der Code. Noch 1 Versuch.", said[3].German);
        Assert.Equal("setup_code_void", (await Try(code, "alan@example.org")).Refusal?.Code);
    }

    [Fact]
    public async Task It_is_void_after_an_hour_and_after_another_start()
    {
        var first = await EmptyHub();
        var second = (await TestHub.Get<MakeSetupCode>().Run(Stop))!;
        Assert.Equal("setup_code_wrong", (await Try(first, "alan@example.org")).Refusal?.Code);

        TestHub.Clock.Advance(SetupCode.GoodFor);

        Assert.Equal("setup_code_void", (await Try(second, "alan@example.org")).Refusal?.Code);
        Assert.True((await Try((await TestHub.Get<MakeSetupCode>().Run(Stop))!, "alan@example.org")).IsDone);
    }

    [Fact]
    public async Task A_hub_that_had_an_administrator_never_makes_a_code_again()
    {
        Assert.Null(await TestHub.Get<MakeSetupCode>().Run(Stop));

        await TestHub.Get<DisableMember>().Run(Cast.Alan.Id, actorId: null, Stop);

        Assert.Null(await TestHub.Get<MakeSetupCode>().Run(Stop));
        Assert.True(await TestHub.Get<SetupState>().HasHadAdministrator(Stop));
    }

    [Fact]
    public async Task Fifty_who_try_at_once_make_one()
    {
        var code = await EmptyHub();

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => Try(code, $"person{i}@example.org"))));

        Assert.Single(all, outcome => outcome.IsDone);
        Assert.All(all.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("not_found", outcome.Refusal?.Code));
        Assert.Equal(1, await TestHub.Read(db => db.Members.CountAsync(Stop)));
    }

    private async Task<string> EmptyHub()
    {
        await using (var db = TestHub.OpenDb())
            await TestDatabase.Empty(db);
        return (await TestHub.Get<MakeSetupCode>().Run(Stop))!;
    }

    private Task<Outcome<Member>> Try(string code, string email) => TestHub.Get<FirstAdministrator>().Run(
        new(code, PersonName.Of("Ada"), EmailAddress.Of(email), Language.English, "hash"), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : FirstAdministratorTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FirstAdministratorTests(database), IClassFixture<PostgresDatabase>;
}
