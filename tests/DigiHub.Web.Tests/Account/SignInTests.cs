using System.Net;
using DigiHub.Demo;
using DigiHub.Keys;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Account;

public abstract class SignInTests(TestDatabase database) : WebHouseTests(database)
{
    private const string Secret = "vier kleine Kähne am Kanal";

    [Fact]
    public async Task Signs_a_member_in_by_password_and_out_again()
    {
        await GivePassword(Cast.Ada);
        using var ada = House.NewReader(Language.English);

        await SignIn(ada, "Ada@Example.org", Secret);

        Assert.Equal("/", ada.Address.AbsolutePath);
        Assert.Equal(1, await House.Read(db => db.Sessions.CountAsync(Stop)));
        await ada.Send("form[action='/sign-out'] button");
        Assert.Equal(0, await House.Read(db => db.Sessions.CountAsync(Stop)));
    }

    [Fact]
    public async Task Signs_a_member_in_by_a_link_once()
    {
        using var ada = House.NewReader(Language.English);
        await ada.Open("/sign-in");
        await ada.Send("input[name='Link.Email']", ("Link.Email", "ada@example.org"));
        var letter = await House.Read(db => db.Letters.SingleAsync(Stop));
        var seal = await House.Read(db => Seal.Load(db, House.Clock, Stop));
        var link = "/sign-in/link/" + seal.Close(SealPurpose.SignIn, letter.SignInLinkId!.Value);

        await ada.Open(link);
        Assert.Equal(0, await House.Read(db => db.Sessions.CountAsync(Stop)));
        await ada.Send("main form");

        Assert.Equal(1, await House.Read(db => db.Sessions.CountAsync(Stop)));
        using var thief = House.NewReader(Language.English);
        await thief.Open(link);
        await thief.Send("main form");
        Assert.Contains("used already", thief.Text, StringComparison.Ordinal);
        Assert.Equal(1, await House.Read(db => db.Sessions.CountAsync(Stop)));
    }

    private static Task SignIn(Reader reader, string email, string password) => SignIn(reader, "/sign-in", email, password);

    private static async Task SignIn(Reader reader, string page, string email, string password)
    {
        await reader.Open(page);
        await reader.Send("input[name='Password.Email']", ("Password.Email", email), ("Password.Secret", password));
    }

    private async Task GivePassword(Member member)
    {
        await using var scope = House.Services.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<UserManager<Member>>();
        var result = await members.AddPasswordAsync((await members.FindByIdAsync(member.Id.ToString()))!, Secret);
        Assert.True(result.Succeeded, result.ToString());
    }

    public sealed class OnSqlite(SqliteDatabase database) : SignInTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SignInTests(database), IClassFixture<PostgresDatabase>;
}
