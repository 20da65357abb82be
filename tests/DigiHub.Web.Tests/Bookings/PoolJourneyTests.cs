using System.Net;
using DigiHub.Bookings;
using DigiHub.Notifications;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Members book any desk of a pool, without a script. It is Monday, 09:00.</summary>
public sealed class PoolJourneyTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task The_page_of_desks_offers_any_of_a_pool_first_and_says_which_desk_it_is()
    {
        await Window();
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/desks?site=east&day=2026-11-24&part=day");
        Assert.Contains("Beliebiger Platz aus „Am Fenster“", ada.Text, StringComparison.Ordinal);
        Assert.Contains("2 von 2 frei", ada.Text, StringComparison.Ordinal);

        await ada.Send("#pools", ("pool", ada.Page.QuerySelector("#pools button[name=pool]")!.GetAttribute("value")!));

        Assert.Contains($"{Cast.Desk.Name}", ada.Page.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("kann bis zum Beginn noch wechseln", ada.Text, StringComparison.Ordinal);
        Assert.Contains("1 von 2 frei", ada.Text, StringComparison.Ordinal);
        await ada.Open("/my-bookings");
        Assert.Contains($"{Cast.Desk.Name} (Beliebiger Platz aus „Am Fenster“)", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_finds_the_pool_before_its_desks()
    {
        await Window();
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/find?kind=desk&site=east&day=2026-11-24&part=day");

        Assert.Equal("Any desk of “By the window”", bob.Page.QuerySelector(".found h3")!.TextContent.Trim());
        await bob.Send(".found article:first-child form");
        Assert.NotNull((await TestHub.Read(db => db.Bookings.SingleAsync(Stop))).PoolId);
    }

    [Fact]
    public async Task The_book_page_of_a_desk_offers_any_of_its_pool_as_the_first_choice()
    {
        var pool = await Window();
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/book?space={Cast.NextDesk.Id}");
        Assert.Equal([$"{pool.Id}", ""],
            bob.Page.QuerySelectorAll("[name=pool]").Select(choice => choice.GetAttribute("value")));

        await bob.Send("form.card", ("day", "2026-11-24"), ("part", "day"), ("pool", $"{pool.Id}"));
        var booking = await TestHub.Read(db => db.Bookings.SingleAsync(Stop));
        Assert.Equal((Cast.Desk.Id, (int?)pool.Id), (booking.SpaceId, booking.PoolId));
    }

    [Fact]
    public async Task A_full_pool_is_said_by_name_with_what_is_free_instead()
    {
        var pool = await Window();
        await Book(Cast.Grace.Id, pool);
        await Book(Cast.Frieda.Id, pool);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/book?pool={pool.Id}");
        Assert.Equal("Book: Any desk of “By the window”", bob.Page.QuerySelector("h1")!.TextContent.Trim());

        await bob.Send("form.card", ("day", "2026-11-24"), ("part", "day"));

        Assert.Equal(HttpStatusCode.Conflict, bob.Status);
        Assert.Contains("Nothing of “By the window” is free then.", bob.Text, StringComparison.Ordinal);
        await bob.Send(".notice li:first-child form");
        Assert.Equal(3, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
        await bob.Open("/book?pool=4711");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
    }

    [Fact]
    public async Task Its_own_page_moves_it_within_the_pool_and_shows_nothing_else()
    {
        var pool = await Window();
        var booking = await Book(Cast.Ada.Id, pool);
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/bookings/{booking.Id}");
        Assert.Equal([$"{Cast.Desk.Id}", $"{Cast.NextDesk.Id}"],
            ada.Page.QuerySelectorAll("[name=space] option").Select(choice => choice.GetAttribute("value")));
        Assert.Contains("kann bis zum Beginn noch wechseln", ada.Text, StringComparison.Ordinal);

        await ada.Send("form:has([name=act][value=move])", ("space", $"{Cast.WestDesk.Id}"));
        Assert.Equal(HttpStatusCode.Conflict, ada.Status);
        Assert.Contains("gilt für „Am Fenster“ und bleibt dort", ada.Text, StringComparison.Ordinal);
        await ada.Open($"/bookings/{booking.Id}");
        await ada.Send("form:has([name=act][value=move])", ("day", "2026-11-25"));
        Assert.Equal(new LocalDate(2026, 11, 25), (await TestHub.Read(db => db.Bookings.SingleAsync(Stop))).StartLocal.Date);
    }

    [Theory]
    [InlineData("Ada", "Beliebiger Platz aus „Am Fenster“: Bis zum Beginn kann Ihre Buchung innerhalb des Pools noch wechseln.")]
    [InlineData("Bob", "Any desk of “By the window”: until it begins, your booking may still move within the pool.")]
    public async Task The_confirmation_says_which_desk_it_is_and_that_it_may_change(string who, string line)
    {
        var member = Cast.Members.Single(one => one.Name.ToString() == who);
        await Book(member.Id, await Window());
        var notification = await TestHub.Read(
            db => db.Notifications.AsNoTracking().SingleAsync(one => one.Type == BookingNotifications.Confirmed, Stop));

        using var message = await TestHub.Services.GetRequiredService<EmailMessages>().Write(notification, Stop);

        Assert.Contains(Cast.Desk.Name, message!.Subject, StringComparison.Ordinal);
        Assert.Contains(line, string.Join(' ', message.TextBody!.Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, Language.German)]
    [InlineData(1280, Language.English)]
    public async Task The_pages_are_accessible_and_as_wide_as_the_screen(int width, Language language)
    {
        var pool = await Window();
        var booking = await Book(Cast.Ada.Id, pool);
        await using var ada = await browser.Visit(TestHub, new Viewing { Width = width, Language = language });
        await TestHub.SignIn(ada, Cast.Ada);
        foreach (var path in new[] {
            "/desks?site=east&day=2026-11-25", "/find?kind=desk&site=east&day=2026-11-25&part=day", $"/book?pool={pool.Id}",
            $"/book?space={Cast.Desk.Id}", $"/bookings/{booking.Id}", "/my-bookings" })
        {
            await ada.Open(path);
            await ada.CheckPage();
        }
    }

    private async Task<Pool> Window()
    {
        var edit = TestHub.Services.GetRequiredService<EditPools>();
        var pool = (await edit.Add(Cast.Alan.Id, Cast.East.Id, new("Am Fenster", "By the window"), SpaceKind.Desk, Stop)).Value;
        await edit.SetMembers(Cast.Alan.Id, pool.Id, [Cast.Desk.Id, Cast.NextDesk.Id], null, Stop);
        return pool;
    }

    private async Task<Booking> Book(Guid memberId, Pool pool) => (await TestHub.Services.GetRequiredService<BookSpace>().Run(
        new() { ActorId = memberId, PoolId = pool.Id, When = When.On(new(2026, 11, 24)) }, Stop)).Value;
}
