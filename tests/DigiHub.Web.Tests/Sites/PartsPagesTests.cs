using System.Net;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Rooms made of others on the pages of their site, without a script. It is Monday, 09:00.</summary>
public sealed class PartsPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task A_room_made_of_others_is_added_on_the_page_of_the_site()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east");

        await alan.Send("#hall", ("hallName", "Saal"), ("hallSeats", "20"));
        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal("Saal", alan.Page.QuerySelector("[name=hallName]")!.GetAttribute("value"));
        await alan.Send("#hall", ($"part_{Cast.Spree.Id}", "true"), ($"part_{Cast.Booth.Id}", "true"));

        var map = await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop);
        var hall = map.Spaces.Single(space => space.Name == "Saal");
        Assert.Equal(["Booth 1", "Spree"], map.PartsOf(hall).Select(part => part.Name).Order());
    }

    [Fact]
    public async Task Its_parts_are_ticked_on_its_page_and_what_is_in_the_way_is_listed()
    {
        var day = new LocalDate(2026, 11, 24);
        foreach (var (member, space) in new[] { (Cast.Ada, Cast.Hall), (Cast.Bob, Cast.Booth) })
            Assert.True((await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
            {
                ActorId = member.Id,
                SpaceId = space.Id,
                When = When.Between(day + new LocalTime(9, 0), day + new LocalTime(10, 0)),
            }, Stop)).IsDone);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces?ids={Cast.Hall.Id}");
        Assert.NotNull(alan.Page.QuerySelector($"[name=part_{Cast.Spree.Id}][checked]"));
        Assert.Null(alan.Page.QuerySelector($"[name=part_{Cast.Booth.Id}][checked]"));

        await alan.Send("#parts", ($"part_{Cast.Booth.Id}", "true"));

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Contains("Booth 1: ", alan.Page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(alan.Page.QuerySelector($"[name=part_{Cast.Booth.Id}][checked]"));
    }
}
