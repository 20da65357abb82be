using System.Net;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Sites and their closed days, as the page answers a form that is not in order.</summary>
public sealed class SitesPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Names_all_that_is_wrong_with_a_closure_at_once()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/sites");

        await alan.Send("form:has([name=through])", ("from", "2026-99-99"), ("through", ""), ("reasonGerman", ""), ("reasonEnglish", ""));

        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
        Assert.Equal(["#f-from", "#f-through", "#f-reasongerman"],
            alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
    }

    [Fact]
    public async Task Names_at_once_also_what_only_the_rules_see()
    {
        using var alan = await TestHub.SignIn(Cast.Alan, Language.German);
        await alan.Open("/admin/sites");

        await alan.Send("form:has([name=through])", ("from", "2026-12-10"),
            ("through", "2026-12-01"), ("reasonGerman", ""), ("reasonEnglish", ""));

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal(["#f-through", "#f-reasongerman"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_answer_has_the_focus_and_is_in_sight(bool javaScript)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = 390, JavaScript = javaScript });
        await TestHub.SignIn(alan, Cast.Alan);
        await alan.Open("/admin/sites");

        await alan.Page.Locator("form:has([name=through])").EvaluateAsync("form => { form.noValidate = true; }");
        await alan.Page.Locator("form:has([name=through]) button.pri").ClickAsync();
        await alan.Page.Locator("#errors:focus").WaitForAsync(); // autofocus comes after the first picture of the page

        Assert.True(await alan.Page.Locator("#errors")
            .EvaluateAsync<bool>("box => box.getBoundingClientRect().top >= 0 && box.getBoundingClientRect().bottom <= innerHeight"));
    }
}
