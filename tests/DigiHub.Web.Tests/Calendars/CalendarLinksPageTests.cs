using System.Net;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>A member makes calendar links, subscribes, and revokes them.</summary>
public sealed class CalendarLinksPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task A_member_subscribes_to_a_room_and_revokes_the_link()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/rooms");
        Assert.NotNull(ada.Page.QuerySelector("a[href='/account/calendars']"));
        await ada.Open("/account/calendars");
        Assert.Contains(ada.Page.QuerySelectorAll("select[name=of] option"),
            one => one.TextContent.Contains("Kieztakt", StringComparison.Ordinal));
        await ada.Send("form:has(input[value=make-link])", ("of", $"space-{Cast.Spree.Id}"), ("detail", "Full"));
        Assert.Equal(HttpStatusCode.Conflict, ada.Status);
        Assert.Equal($"space-{Cast.Spree.Id}", ada.Page.QuerySelector("select[name=of] option[selected]")!.GetAttribute("value"));

        await ada.Send("form:has(input[value=make-link])", ("of", $"space-{Cast.Spree.Id}"), ("detail", "Busy"));
        var address = new Uri(ada.Page.QuerySelector("code")!.TextContent);
        using var client = TestHub.NewClient();
        using var calendar = await client.GetAsync(new Uri(address.PathAndQuery, UriKind.Relative), Stop);
        client.DefaultRequestHeaders.IfNoneMatch.Add(calendar.Headers.ETag!);
        using var again = await client.GetAsync(new Uri(address.PathAndQuery, UriKind.Relative), Stop);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (calendar.StatusCode, again.StatusCode));
        Assert.True(calendar.Headers.CacheControl!.NoStore);

        await ada.Open("/account/calendars");
        Assert.DoesNotContain("hub_lnk_", ada.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await ada.Send("form:has(input[value=revoke-link])", ("id", ada.Page.QuerySelector("button[name=id]")!.GetAttribute("value")!));
        Assert.Contains("Kalender-Abo widerrufen", ada.Text, StringComparison.Ordinal);
        client.DefaultRequestHeaders.IfNoneMatch.Clear();
        using var gone = await client.GetAsync(new Uri(address.PathAndQuery, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_nobody_offered_is_refused_beside_its_field()
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        await ada.Open("/account/calendars");
        foreach (var of in (string[])["", "space-x", "site-nowhere", "x"])
        {
            await ada.Send("form:has(input[value=make-link])", ("of", of));
            Assert.Equal(HttpStatusCode.BadRequest, ada.Status);
            Assert.Contains("Wählen Sie, wessen Buchungen", ada.Text, StringComparison.Ordinal);
        }

        await ada.Send("form:has(input[value=make-link])", ("of", "organisation-institut-fuer-messwesen"));
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }
}
