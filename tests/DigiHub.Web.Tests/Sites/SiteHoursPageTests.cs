using System.Net;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Changing a site's hours, special days, name and look by its pages, without a script.</summary>
public sealed class SiteHoursPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task The_week_is_changed_from_tomorrow_on_in_three_steps()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east/hours");
        Assert.Equal("2026-11-24", alan.Page.QuerySelector("[name=from]")!.GetAttribute("value"));

        await alan.Send("#week", ("opens2", "09:00"), ("closes2", "18:00"), ("opens6", "10:00"), ("closes6", "16:00"));

        Assert.Contains("Die Zeiten sind gespeichert", alan.Text, StringComparison.Ordinal);
        Assert.Equal("09:00", alan.Page.QuerySelector("[name=opens2]")!.GetAttribute("value"));
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/desks?site=east&day=2026-11-28"); // a Saturday
        Assert.DoesNotContain("closed on Saturdays", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_special_day_is_added_shown_with_its_reason_and_removed()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east/hours");

        await alan.Send("#special",
            ("date", "2026-12-06"), ("opens", "10:00"), ("closes", "14:00"), ("reasonGerman", "Tag der offenen Tür"));
        Assert.Contains("Tag der offenen Tür", alan.Text, StringComparison.Ordinal);
        await alan.Send("form:has(.vh):has([name=_handler][value^=remove])");

        Assert.DoesNotContain("Tag der offenen Tür", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_what_was_typed_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east/hours");

        await alan.Send("#week", ("opens2", "09:00"), ("closes2", ""), ("opens3", "12:00"));
        Assert.Equal(HttpStatusCode.BadRequest, alan.Status);
        Assert.Equal(["#f-closes2"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.Equal("12:00", alan.Page.QuerySelector("[name=opens3]")!.GetAttribute("value"));

        await alan.Send("#special", ("date", "2026-12-06"), ("opens", "14:00"), ("closes", "10:00"), ("reasonGerman", "Fest"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal("Fest", alan.Page.QuerySelector("[name=reasonGerman]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Bookings_outside_the_hours_are_listed_with_the_way_to_deal_with_them()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/book?space={Cast.Spree.Id}&day=2026-11-30&start=08:00&end=09:00");
        await ada.Send("main form.card");
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east/hours");

        await alan.Send("#week", ("opens1", "10:00"));

        Assert.Contains("1 Buchung liegt außerhalb dieser Zeiten", alan.Text, StringComparison.Ordinal);
        Assert.NotNull(alan.Page.QuerySelector("main a.btn[href^='/bookings/']"));
    }

    [Fact]
    public async Task Name_address_and_look_are_changed_and_the_address_of_the_page_stays()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east/details");

        await alan.Send("form:has([name=sign])", ("name", "Hub Spree"), ("sign", "S"), ("colour", "Teal"));

        Assert.Equal("/admin/sites/east/details", alan.Address.AbsolutePath);
        Assert.Contains("Hub Spree", alan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { "/admin/sites/east/hours", "/admin/sites/east/details" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }
}
