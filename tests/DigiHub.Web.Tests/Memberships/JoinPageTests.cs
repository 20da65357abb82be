using System.Net;
using DigiHub.Memberships;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Memberships;

/// <summary>From the visitors' home to a request, and from the administrator's day to the answer.</summary>
public sealed class JoinPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task A_visitor_asks_and_an_administrator_answers()
    {
        using var lise = TestHub.NewReader(Language.German);
        await lise.Open("/");
        Assert.NotNull(lise.Page.QuerySelector("a[href='/join']"));
        await lise.Open("/join");
        await lise.Send("form:has(input[value=join])", ("name", "Lise"), ("email", "x"), ("text", "Wir löten."));
        Assert.Equal(HttpStatusCode.Conflict, lise.Status);
        Assert.Equal("Wir löten.", lise.Page.QuerySelector("textarea")!.TextContent.Trim());
        await lise.Send("form:has(input[value=join])", ("email", "lise@example.org"));
        Assert.Contains("Vielen Dank", lise.Text, StringComparison.Ordinal);

        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin");
        Assert.Contains("Eine Anfrage wartet auf Antwort", alan.Text, StringComparison.Ordinal);
        await alan.Open("/admin/people/invite");
        Assert.Contains("Wir löten.", alan.Text, StringComparison.Ordinal);
        await alan.Send("button[name=invite]", ("into", Cast.Startup.Slug));

        Assert.Contains("1 Einladung ist unterwegs", alan.Text, StringComparison.Ordinal);
        Assert.False(await TestHub.Read(db => db.JoinRequests.AnyAsync(Stop)));
        Assert.Equal(Cast.Startup.Id, await TestHub.Read(db => db.Invitations.Select(one => one.OrganisationId).SingleAsync(Stop)));
    }
}
