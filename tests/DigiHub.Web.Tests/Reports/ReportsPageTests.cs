using System.Net;
using System.Text;
using DigiHub.Bookings;
using DigiHub.Bookings.Demand;
using DigiHub.Spaces;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Reports;

/// <summary>An administrator reads how the hub is used, and takes the figures along.</summary>
public sealed class ReportsPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task A_new_hub_says_that_figures_come_later()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/reports");

        Assert.Contains("Noch nicht genug Tage", alan.Text, StringComparison.Ordinal);
        Assert.NotNull(alan.Page.QuerySelector(".admin-menu a[href='/admin/reports'][aria-current]"));
    }

    [Fact]
    public async Task Figures_stand_in_the_picture_in_its_table_and_in_the_files()
    {
        await Lay();
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/reports?site=east&kind=Desk");

        var cells = alan.Page.QuerySelectorAll(".heat-map text.num").Select(one => one.TextContent).ToList();
        Assert.Contains("13", cells); // one of two desks on one of four Tuesdays, 9 to 10: 12.5 per cent
        Assert.Contains("13 %", alan.Page.QuerySelectorAll(".heat td").Select(one => one.TextContent));
        Assert.Contains("Räume, Dienstag ab 14 Uhr", alan.Text, StringComparison.Ordinal);
        Assert.Contains("Zu weit im Voraus", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", alan.Text, StringComparison.Ordinal);

        foreach (var link in alan.Page.QuerySelectorAll("a[download]").Select(one => one.GetAttribute("href")!).ToList())
        {
            var (headers, content) = await alan.Download(link);
            Assert.True(content.Length > 100);
            if (!link.Contains(".csv", StringComparison.Ordinal))
                continue;
            Assert.Equal("text/csv", headers.ContentType!.MediaType);
            Assert.DoesNotContain("Ada", Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        }

        await alan.Open("/admin/reports/nothing.csv");
        Assert.Equal(HttpStatusCode.NotFound, alan.Status);
    }

    private async Task Lay()
    {
        foreach (var days in (int[])[35, 6])
        {
            var start = new LocalDateTime(2026, 11, 23, 9, 0).PlusDays(-days);
            await TestHub.Lay(new Booking
            {
                Id = Guid.CreateVersion7(),
                SpaceId = Cast.Desk.Id,
                SiteId = Cast.Desk.SiteId,
                MemberId = Cast.Ada.Id,
                BookedById = Cast.Ada.Id,
                Title = "Ada",
                StartLocal = start,
                EndLocal = start.PlusHours(1),
                Start = DigiHub.Tests.TestHub.Opening - Duration.FromDays(days),
                End = DigiHub.Tests.TestHub.Opening - Duration.FromDays(days) + Duration.FromHours(1),
                CreatedAt = DigiHub.Tests.TestHub.Opening - Duration.FromDays(days + 1),
            });
        }

        foreach (var (code, count) in ((string, int)[])[("slot_taken", 7), ("beyond_horizon", 2)])
        {
            await TestHub.Lay(new UnmetWish
            {
                Id = Guid.CreateVersion7(),
                Date = new LocalDate(2026, 11, 17),
                SiteId = Cast.East.Id,
                Kind = SpaceKind.Room,
                Hour = 14,
                Code = code,
                Count = count,
            });
        }
    }
}
