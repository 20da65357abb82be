using System.Net;
using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Desks and rooms retired on their page, without a script. It is Monday, 09:00.</summary>
public sealed class RetireSpacesPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Wednesday = new(2026, 11, 25);

    [Fact]
    public async Task What_stands_there_goes_where_it_was_proposed_to_or_where_somebody_chose()
    {
        var (ada, bob) = (await Book(Cast.Ada, Wednesday), await Book(Cast.Bob, Wednesday.PlusDays(1)));
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites/east");
        Assert.NotNull(alan.Page.QuerySelector("button[formaction='/admin/spaces/retire']"));
        await alan.Open($"/admin/spaces/retire?ids={Cast.Desk.Id}&from=2026-11-25");
        Assert.Contains("Ada", alan.Text, StringComparison.Ordinal);
        Assert.Contains("Verschieben nach E1-02", alan.Text, StringComparison.Ordinal);

        await alan.Send("#retire", ("do", "chosen"), ($"fate_{bob.Id}", "cancel"));

        Assert.Equal("/admin/sites/east", alan.Address.AbsolutePath);
        Assert.Contains("Verschoben: 1, storniert: 1.", alan.Text, StringComparison.Ordinal);
        Assert.Contains("bis 24.", alan.Text, StringComparison.Ordinal);
        Assert.Equal(Cast.NextDesk.Id, (await Now(ada)).SpaceId);
        Assert.False((await Now(bob)).IsStanding);
    }

    [Fact]
    public async Task All_are_cancelled_by_one_button()
    {
        var (ada, bob) = (await Book(Cast.Ada, Wednesday), await Book(Cast.Bob, Wednesday.PlusDays(1)));
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces/retire?ids={Cast.Desk.Id}&from=2026-11-25");

        await alan.Send("#retire", ("do", "cancel"), ("reasonGerman", "Umbau"));

        Assert.False((await Now(ada)).IsStanding);
        Assert.False((await Now(bob)).IsStanding);
    }

    [Fact]
    public async Task What_was_booked_meanwhile_stops_it_and_stands_in_the_list()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces/retire?ids={Cast.Desk.Id}&from=2026-11-25");
        var booking = await Book(Cast.Ada, Wednesday);

        await alan.Send("#retire", ("do", "chosen"));

        Assert.Equal(HttpStatusCode.Conflict, alan.Status);
        Assert.Equal([$"#f-fate_{booking.Id}"], alan.Page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.True((await Now(booking)).IsStanding);
    }

    [Fact]
    public async Task It_is_kept_in_use_again_and_what_was_never_used_is_deleted()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/spaces/retire?ids={Cast.Desk.Id}");
        Assert.Null(alan.Page.QuerySelector("#delete"));
        await alan.Send("#retire", ("do", "chosen"));
        await alan.Open($"/admin/spaces?ids={Cast.Desk.Id}");
        Assert.Contains("Stillgelegt ab 24.", alan.Text, StringComparison.Ordinal);
        await alan.Send("#keep");
        Assert.Contains("Es bleibt in Betrieb.", alan.Text, StringComparison.Ordinal);

        await alan.Open("/admin/sites/east");
        await alan.Send("form:has([name=rooms])", ("level", "4"), ("desks", "1"), ("firstDesk", "N4-01"));
        var fresh = await TestHub.Read(db => db.Spaces.SingleAsync(space => space.Name == "N4-01", Stop));
        await alan.Open($"/admin/spaces/retire?ids={fresh.Id}");
        await alan.Send("#delete");
        Assert.Contains("Gelöscht.", alan.Text, StringComparison.Ordinal);
        Assert.Null((await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop)).Space(fresh.Id));
    }

    [Fact]
    public async Task Of_what_is_not_there_or_not_theirs_there_is_no_page()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        foreach (var query in new[] { "?ids=4711", "?ids=x", $"?ids={Cast.Desk.Id}&ids={Cast.WestDesk.Id}" })
        {
            await alan.Open("/admin/spaces/retire" + query);
            Assert.Equal(HttpStatusCode.NotFound, alan.Status);
        }

        await alan.Open("/admin/spaces/retire");
        Assert.Contains("Nichts ist angekreuzt", alan.Text, StringComparison.Ordinal);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open($"/admin/spaces/retire?ids={Cast.Desk.Id}");
        Assert.Equal(HttpStatusCode.NotFound, frieda.Status);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_page_is_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        await Book(Cast.Ada, Wednesday);
        await using var alan = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(alan, Cast.Alan);
        await alan.Open($"/admin/spaces/retire?ids={Cast.Desk.Id}&ids={Cast.NextDesk.Id}");
        await alan.CheckPage();
    }

    private async Task<Booking> Book(Member member, LocalDate day) => (await TestHub.Services.GetRequiredService<BookSpace>().Run(
        new() { ActorId = member.Id, SpaceId = Cast.Desk.Id, When = When.On(day) }, Stop)).Value;

    private Task<Booking> Now(Booking booking) => TestHub.Read(db => db.Bookings.SingleAsync(one => one.Id == booking.Id, Stop));
}
