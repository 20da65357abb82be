using DigiHub.Access;
using DigiHub.Members;
using DigiHub.Tests;
using DigiHub.Web.Account;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Account;

public sealed class TokenProofTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private AccessTokens Tokens => TestHub.Services.GetRequiredService<AccessTokens>();

    [Fact]
    public async Task Asks_for_the_present_password_ten_minutes_after_the_sign_in()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        TestHub.Clock.Advance(ChangePassword.FreshFor);
        await ada.Open("/account");

        await ada.Send("input[name='Token.TokenName']", ("Token.TokenName", "door display"),
            ("Token.CurrentPassword", "some other password"));
        Assert.Contains("nicht Ihr aktuelles Passwort", ada.Text, StringComparison.Ordinal);
        Assert.Equal("door display", ada.Page.QuerySelector("input[name='Token.TokenName']")!.GetAttribute("value"));
        Assert.Empty(await Tokens.Of(Cast.Ada.Id, Stop));

        await ada.Send("input[name='Token.TokenName']", ("Token.CurrentPassword", WebTestHub.Password));

        var made = Assert.Single(await Tokens.Of(Cast.Ada.Id, Stop));
        Assert.Equal(Duration.FromDays(90), made.ExpiresAt - made.CreatedAt);
    }

    [Fact]
    public async Task Asks_the_same_of_a_new_calendar_address()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        TestHub.Clock.Advance(ChangePassword.FreshFor);
        await ada.Open("/account");

        await ada.Send("button[name='Feed.Act'][value='rotate']");

        Assert.Empty(await Tokens.Of(Cast.Ada.Id, Stop));
    }

    [Fact]
    public async Task Shows_until_when_a_token_is_good_and_refuses_a_life_that_was_not_offered()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Token.TokenName']", ("Token.TokenName", "for ever"), ("Token.Days", "36500"));
        Assert.Contains("1 bis 365 Tage", ada.Text, StringComparison.Ordinal);
        await ada.Send("input[name='Token.TokenName']", ("Token.TokenName", "a year"), ("Token.Days", "365"));

        Assert.Contains("gilt bis 23. November 2027", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_ends_tokens_and_renews_the_calendar_address_in_the_same_form()
    {
        var token = (await Tokens.Make(Cast.Ada.Id, "door display", AccessToken.LifeMax, Stop)).Value;
        var feed = (await Tokens.RotateFeed(Cast.Ada.Id, Stop)).Value;
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Password.NewPassword']",
            ("Password.NewPassword", "drei Boote auf der Spree"), ("Password.EndsTokens", "true"), ("Password.RenewsFeed", "true"));

        Assert.Null(await Tokens.Find(TokenUse.Api, token.Secret, Stop));
        Assert.Null(await Tokens.Find(TokenUse.CalendarFeed, feed.Secret, Stop));
        var address = ada.Page.QuerySelectorAll("main code").Select(code => code.TextContent)
            .Single(text => text.EndsWith(".ics", StringComparison.Ordinal));
        Assert.NotNull(await Tokens.Find(TokenUse.CalendarFeed, address.Split('/')[^1][..^".ics".Length], Stop));
        await ada.Open("/account");
        Assert.Equal("/account", ada.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_new_password_leaves_them_alone_unless_asked()
    {
        var token = (await Tokens.Make(Cast.Ada.Id, "door display", AccessToken.LifeMax, Stop)).Value;
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/account");

        await ada.Send("input[name='Password.NewPassword']", ("Password.NewPassword", "drei Boote auf der Spree"));

        Assert.NotNull(await Tokens.Find(TokenUse.Api, token.Secret, Stop));
    }
}
