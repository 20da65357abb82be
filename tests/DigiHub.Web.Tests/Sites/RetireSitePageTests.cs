using System.Net;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>A site retired on its page, and bookings outside its hours settled, without a script. It is Monday, 09:00.</summary>
public sealed class RetireSitePageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task With_its_bookings_cancelled_it_is_on_no_list_any_more()
    {
        var booking = await Book(Cast.Ada, Cast.WestDesk, When.On(Tuesday));
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/west/details");
        await alan.Open(alan.Page.QuerySelector("a[href$='/retire']")!.GetAttribute("href")!);

        await alan.Send("#retire");
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        await alan.Send("#retire", ("cancels", "true"), ("reasonGerman", "Auszug"));

        Assert.Contains("Der Standort ist stillgelegt.", alan.Text, StringComparison.Ordinal);
        Assert.Contains("DigiHub West", alan.Page.QuerySelector("#retired")!.TextContent, StringComparison.Ordinal);
        await alan.Open("/admin/sites/west");
        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
        await alan.Open($"/bookings/{booking.Id}");
        Assert.Equal(HttpStatusCode.OK, alan.Status);
        Assert.Contains("DigiHub West", alan.Text, StringComparison.Ordinal);
        await alan.Open("/desks");
        Assert.Equal(HttpStatusCode.OK, alan.Status);
        Assert.DoesNotContain("DigiHub West", alan.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_retired_comes_back()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/west/retire");
        await alan.Send("#retire");

        await alan.Send("#retired form", ("retired", $"{Cast.West.Id}"));

        Assert.Contains("wieder in Betrieb", alan.Text, StringComparison.Ordinal);
        Assert.Null(alan.Page.QuerySelector("#retired"));
        await alan.Open("/admin/sites/west");
        Assert.Equal(HttpStatusCode.OK, alan.Status);
    }

    [Fact]
    public async Task A_new_site_that_was_never_used_is_deleted_and_the_last_one_has_no_button()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/new");
        await alan.Send("form:has([name=postCode])", ("name", "Hub Nord"), ("street", "Werft 12"), ("postCode", "10245"));
        await alan.Open("/admin/sites/hub-nord/retire");
        await alan.Send("#delete");
        Assert.Contains("Der Standort ist gelöscht.", alan.Text, StringComparison.Ordinal);

        await alan.Open("/admin/sites/west/retire");
        await alan.Send("#retire");
        await alan.Open("/admin/sites/east/retire");
        Assert.Null(alan.Page.QuerySelector("#retire"));
        Assert.Contains("Dies ist der einzige Standort in Betrieb.", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookings_outside_new_hours_are_cancelled_one_by_one_or_all_together()
    {
        List<Booking> late = [];
        foreach (var space in new[] { Cast.Spree, Cast.Panke, Cast.Booth })
            late.Add(await Book(Cast.Ada, space, When.Between(Tuesday + new LocalTime(18, 0), Tuesday + new LocalTime(19, 0))));
        Assert.True((await TestHub.Services.GetRequiredService<ChangeHours>().Run(Cast.Alan.Id, Cast.East.Id, Tuesday,
            [new(IsoDayOfWeek.Tuesday, new LocalTime(8, 0), new LocalTime(17, 0))], Stop)).Value);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east/hours");

        await alan.Send($"form:has([name=_handler][value='cancel-{late[1].Id}'])");
        Assert.Contains("Storniert.", alan.Text, StringComparison.Ordinal);
        await alan.Send("#cancel-all", ("whyGerman", "Neue Zeiten"));

        Assert.Contains("Storniert.", alan.Text, StringComparison.Ordinal);
        Assert.Null(alan.Page.QuerySelector("#cancel-all"));
        Assert.Equal(0, await TestHub.Read(db => db.Bookings.CountAsync(one => one.Status == BookingStatus.Confirmed, Stop)));
    }

    [Fact]
    public async Task All_on_closed_days_are_cancelled_by_one_button_of_the_closure()
    {
        await Book(Cast.Ada, Cast.Desk, When.On(Tuesday));
        await Book(Cast.Bob, Cast.NextDesk, When.On(Tuesday));
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites");
        await alan.Send("#close",
            ("site", $"{Cast.East.Id}"), ("from", "2026-11-24"), ("through", "2026-11-24"), ("reasonGerman", "Umbau"));

        await alan.Send("#cancel-all");

        Assert.Contains("An diesen Tagen gibt es keine Buchungen.", alan.Text, StringComparison.Ordinal);
        Assert.Equal(0, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await Book(Cast.Ada, Cast.WestDesk, When.On(Tuesday));
        foreach (var space in new[] { Cast.Spree, Cast.Panke })
            await Book(Cast.Ada, space, When.Between(Tuesday + new LocalTime(18, 0), Tuesday + new LocalTime(19, 0)));
        await TestHub.Services.GetRequiredService<ChangeHours>().Run(Cast.Alan.Id, Cast.East.Id, Tuesday,
            [new(IsoDayOfWeek.Tuesday, new LocalTime(8, 0), new LocalTime(17, 0))], Stop);
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        foreach (var path in new[] { "/admin/sites/west/retire", "/admin/sites/east/hours" })
        {
            await alan.Open(path);
            await alan.CheckPage();
        }
    }

    private async Task<Booking> Book(Member member, Space space, When when) =>
        (await TestHub.Services.GetRequiredService<BookSpace>().Run(
            new() { ActorId = member.Id, SpaceId = space.Id, When = when }, Stop)).Value;
}
