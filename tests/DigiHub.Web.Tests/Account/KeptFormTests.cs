using System.Net;
using DigiHub.Events;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Account;

public sealed class KeptFormTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Save = "button[name='act'][value='save']";

    [Fact]
    public async Task Keeps_what_was_sent_after_the_session_had_ended_and_sends_it_once_they_are_back()
    {
        using var grace = await WritesTooLong();
        Assert.Equal("/sign-in", grace.Address.AbsolutePath);
        Assert.Contains("kept for two hours", grace.Text, StringComparison.Ordinal);

        await SignInAgain(grace, Cast.Grace.Email);
        Assert.Contains("Bring a *laptop*", grace.Text, StringComparison.Ordinal);
        Assert.Equal(0, await TestHub.Read(db => db.Events.CountAsync(Stop)));
        await grace.Send("main form:has([name='titleEnglish']) button");

        var talk = await TestHub.Read(db => db.Events.SingleAsync(Stop));
        Assert.Equal(("Credit as code", "Bring a *laptop*.\nSecond line.", Cast.Grace.Id),
            (talk.Title.English, talk.Text.English, talk.OrganiserId));
    }

    [Fact]
    public async Task Shows_it_to_nobody_else_who_signs_in_on_that_browser()
    {
        await TestHub.GivePassword(Cast.Alan);
        using var grace = await WritesTooLong();

        await SignInAgain(grace, Cast.Alan.Email);

        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        Assert.DoesNotContain("laptop", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_no_password_and_nothing_that_another_site_sent()
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.English);
        await ada.Open("/account");
        TestHub.Clock.Advance(Duration.FromHours(13));
        ada.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        await ada.Send("input[name='Password.NewPassword']", ("Password.NewPassword", "drei Boote auf der Spree"));
        await SignInAgain(ada, Cast.Ada.Email);
        Assert.DoesNotContain("drei Boote", ada.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        TestHub.Clock.Advance(Duration.FromHours(13));
        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri("/account", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("Profile.Name", "Mallory was here")]),
        };
        ada.Client.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await ada.Client.SendAsync(foreign, Stop);

        Assert.Equal("/sign-in?returnUrl=%2Faccount", answer.Headers.Location?.OriginalString);
        Assert.Equal(1, await TestHub.Read(db => db.Set<DigiHub.Members.KeptForm>().CountAsync(Stop)));
    }

    [Fact]
    public async Task Forgets_it_after_two_hours_and_when_it_is_discarded()
    {
        using var grace = await WritesTooLong();
        await SignInAgain(grace, Cast.Grace.Email);
        var page = grace.Address.AbsolutePath;
        TestHub.Clock.Advance(Duration.FromMinutes(119));
        await grace.Open(page);
        Assert.Equal(HttpStatusCode.OK, grace.Status);

        await grace.Send("form[action$='/drop'] button");
        await grace.Open(page);

        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
    }

    private async Task<Reader> WritesTooLong()
    {
        var grace = await TestHub.SignIn(Cast.Grace, Language.English);
        await grace.Open("/organise/new");
        TestHub.Clock.Advance(Duration.FromHours(13));
        grace.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin"); // as every browser says of a form of the page itself
        await grace.Send(Save, ("titleEnglish", "Credit as code"),
            ("textEnglish", "Bring a *laptop*.\nSecond line."), ("start", "2026-11-26T18:00"));
        return grace;
    }

    private static async Task SignInAgain(Reader reader, string email) =>
        await reader.Send("input[name='Password.Email']", ("Password.Email", email), ("Password.Secret", WebTestHub.Password));
}
