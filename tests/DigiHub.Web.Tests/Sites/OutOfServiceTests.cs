using System.Net;
using DigiHub.Closures;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>The front desk takes desks and rooms out of service for a day, without a script. It is Monday, 09:00.</summary>
public sealed class OutOfServiceTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Form = "form:has(input[value=out-of-service])";

    [Fact]
    public async Task What_is_broken_is_taken_out_at_the_front_desk_and_put_back()
    {
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east");
        Assert.Contains("Nichts an diesem Standort.", frieda.Text, StringComparison.Ordinal);

        await frieda.Send(Form, ("space", $"{Cast.Booth.Id}"), ("until", "2026-11-23T18:00"), ("reasonGerman", "Licht kaputt"),
            ("reasonEnglish", "Light broken"));
        Assert.Contains("In dieser Zeit kann niemand buchen.", frieda.Text, StringComparison.Ordinal);
        Assert.Contains("Licht kaputt", frieda.Page.QuerySelector("#service")!.TextContent, StringComparison.Ordinal);
        await frieda.Send("#service button[name=closure]");

        Assert.Contains("Es kann wieder gebucht werden.", frieda.Text, StringComparison.Ordinal);
        Assert.Null(frieda.Page.QuerySelector("#service button[name=closure]"));
    }

    [Fact]
    public async Task More_than_a_day_is_refused_beside_the_field_and_what_administrators_closed_for_longer_has_no_button()
    {
        await TestHub.Services.GetRequiredService<CloseSpace>().Run(new(Cast.Alan.Id, Cast.Spree.Id,
            new(2026, 11, 24, 8, 0), new(2026, 12, 24, 8, 0), new("Works", "Umbau")), Stop);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east");
        Assert.Contains("Umbau", frieda.Page.QuerySelector("#service")!.TextContent, StringComparison.Ordinal);
        Assert.Null(frieda.Page.QuerySelector("#service button[name=closure]"));

        await frieda.Send(Form, ("space", $"{Cast.Booth.Id}"), ("until", "2026-11-26T18:00"), ("reasonGerman", "Licht kaputt"));
        Assert.Equal(HttpStatusCode.Conflict, frieda.Status);
        Assert.Contains("höchstens einen Tag", frieda.Page.QuerySelector("#f-until-error")!.TextContent, StringComparison.Ordinal);
        await frieda.Send(Form, ("space", ""), ("until", ""), ("reasonGerman", "Licht kaputt"));
        Assert.Equal(HttpStatusCode.BadRequest, frieda.Status);
        Assert.Equal("Licht kaputt", frieda.Page.QuerySelector($"{Form} [name=reasonGerman]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_page_is_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await TestHub.Services.GetRequiredService<CloseSpace>().Run(new(Cast.Alan.Id, Cast.Spree.Id,
            new(2026, 11, 24, 8, 0), new(2026, 11, 24, 18, 0), new("Works", "Umbau")), Stop);
        await using var frieda = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(frieda, Cast.Frieda);

        await frieda.Open("/front-desk?site=east");
        await frieda.Page.Locator("#service details").EvaluateAsync("details => details.open = true");

        await frieda.CheckPage();
    }
}
