using System.Net;
using System.Net.Http.Json;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Displays;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Displays;

/// <summary>Screens at doors and in lobbies, without a script: paired, showing what they may, revoked. It is Monday, 09:00.</summary>
public sealed class ScreenPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Fact]
    public async Task A_screen_shows_its_code_comes_again_by_itself_and_shows_its_room_once_it_is_paired()
    {
        using var screen = TestHub.NewReader(Language.English);
        await screen.Open("/device");
        var code = screen.Page.QuerySelector("#code")!.TextContent;
        Assert.Equal("5", await ComesAgain(screen, "/device"));
        await screen.Open("/device");
        Assert.Equal(code, screen.Page.QuerySelector("#code")!.TextContent);

        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/devices?code={Uri.EscapeDataString(code)}");
        Assert.Equal(code, alan.Page.QuerySelector("#f-code")!.GetAttribute("value"));
        await alan.Send("form:has(#f-code)", ("code", code), ("place", $"door-{Cast.Booth.Id}"), ("look", "Colour"));
        Assert.Contains("Gekoppelt.", alan.Text, StringComparison.Ordinal);
        Assert.Contains("noch nicht gesehen", alan.Text, StringComparison.Ordinal);

        await screen.Open("/device");

        Assert.Equal($"/door/{Cast.Booth.Id}", screen.Address.AbsolutePath);
        Assert.Equal("Free | until 20:00", State(screen));
        await alan.Open("/admin/devices");
        Assert.DoesNotContain("noch nicht gesehen", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ten_minutes_it_shows_another_code()
    {
        using var screen = TestHub.NewReader();
        await screen.Open("/device");
        var code = screen.Page.QuerySelector("#code")!.TextContent;
        TestHub.Clock.Advance(Pairing.Life);

        await screen.Open("/device");

        Assert.NotEqual(code, screen.Page.QuerySelector("#code")!.TextContent);
    }

    [Fact]
    public async Task A_revoked_screen_gets_the_page_to_pair_it_at_its_next_request()
    {
        using var screen = await AtDoor(Cast.Booth);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/devices");

        await alan.Send("form:has([name=device])", ("device", alan.Page.QuerySelector("[name=device]")!.GetAttribute("value")!));

        Assert.Contains("Widerrufen.", alan.Text, StringComparison.Ordinal);
        await screen.Open($"/door/{Cast.Booth.Id}");
        Assert.Equal("/device", screen.Address.AbsolutePath);
        Assert.NotNull(screen.Page.QuerySelector("#code"));
    }

    [Fact]
    public async Task A_screen_sees_its_own_page_and_no_other()
    {
        using var screen = await AtDoor(Cast.Booth);

        foreach (var other in new[] { $"/door/{Cast.Spree.Id}", "/lobby/east", "/device", "/lobby/nowhere" })
        {
            await screen.Open(other);
            Assert.Equal($"/door/{Cast.Booth.Id}", screen.Address.AbsolutePath);
        }

        await screen.Open("/my-bookings");
        Assert.Equal("/sign-in", screen.Address.AbsolutePath);
        using var lobby = await InLobby();
        await lobby.Open($"/door/{Cast.Booth.Id}");
        Assert.Equal("/lobby/east", lobby.Address.AbsolutePath);
    }

    [Fact]
    public async Task Only_the_front_desk_and_administration_see_it_before_and_they_can_do_nothing_there()
    {
        await AllowWalkUps();
        string[] pages = [$"/door/{Cast.Booth.Id}", "/lobby/east"];
        using var guest = TestHub.NewReader();
        using var ada = await TestHub.SignIn(Cast.Ada);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        foreach (var page in pages)
        {
            await guest.Open(page);
            Assert.Equal("/device", guest.Address.AbsolutePath);
            await ada.Open(page);
            Assert.Equal(HttpStatusCode.NotFound, ada.Status);
            await frieda.Open(page);
            Assert.Contains("Vorschau", frieda.Text, StringComparison.Ordinal);
            Assert.Null(frieda.Page.QuerySelector("[name=minutes]"));
        }

        await frieda.Open($"/door/{Cast.Booth.Id}?look=ink");
        Assert.NotNull(frieda.Page.QuerySelector(".ink"));
        await frieda.Open("/admin/devices");
        Assert.Equal(HttpStatusCode.NotFound, frieda.Status);
        await frieda.Open("/door/4711");
        Assert.Equal(HttpStatusCode.NotFound, frieda.Status);
    }

    [Fact]
    public async Task Titles_and_names_of_others_are_on_no_door_unless_their_booking_shows_them()
    {
        var booking = await Book(Cast.Bob, Cast.Booth, 9, 10);
        await Note(booking, "Salary talk", shows: null);
        using var screen = await AtDoor(Cast.Booth);
        await screen.Open($"/door/{Cast.Booth.Id}");
        Assert.Equal("In use | until 10:00 | 09:00–10:00, booked", State(screen));
        Assert.DoesNotContain("Salary", screen.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(Cast.Bob.Name.Text, screen.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open($"/bookings/{booking.Id}");
        await bob.Send("form:has([name=showsAtDoor])", ("showsAtDoor", "true"));

        await screen.Open($"/door/{Cast.Booth.Id}");
        Assert.Contains($"Salary talk, {Cast.Bob.Name.Text}", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_is_taken_kept_and_given_back_at_its_door()
    {
        await AllowWalkUps();
        using var screen = await AtDoor(Cast.Booth);
        await screen.Open($"/door/{Cast.Booth.Id}");
        Assert.Equal(["15", "30", "60"], screen.Page.QuerySelectorAll("[name=minutes]").Select(one => one.GetAttribute("value")!));

        await screen.Send("form:has([name=minutes])", ("minutes", "30"));
        Assert.StartsWith("In use | until 09:30", State(screen), StringComparison.Ordinal);
        Assert.Contains("Not here yet: free again at 09:10.", screen.Text, StringComparison.Ordinal);

        await screen.Send("form:has(#check-in)");
        Assert.Null(screen.Page.QuerySelector("#check-in"));
        TestHub.Clock.Advance(Duration.FromMinutes(5));
        await screen.Open($"/door/{Cast.Booth.Id}");
        await screen.Send("form:has(#end)");

        TestHub.Clock.Advance(Duration.FromMinutes(2));
        await screen.Open($"/door/{Cast.Booth.Id}");
        Assert.Equal("Free | until 20:00", State(screen));
    }

    [Fact]
    public async Task What_somebody_was_faster_with_is_said_on_the_screen()
    {
        await AllowWalkUps();
        using var screen = await AtDoor(Cast.Booth);
        await screen.Open($"/door/{Cast.Booth.Id}");
        await Book(Cast.Ada, Cast.Booth, 9, 10);

        await screen.Send("form:has([name=minutes])", ("minutes", "15"));

        Assert.Equal(HttpStatusCode.Conflict, screen.Status);
        Assert.StartsWith("In use | until 10:00", State(screen), StringComparison.Ordinal);
        Assert.NotNull(screen.Page.QuerySelector("[role=alert]"));
    }

    [Fact]
    public async Task Ink_has_no_script_and_no_button_and_changes_only_with_its_content()
    {
        await AllowWalkUps();
        await Book(Cast.Ada, Cast.Booth, 9, 10);
        using var door = await AtDoor(Cast.Booth, "Ink");
        using var lobby = await InLobby("Ink");
        foreach (var (screen, page) in new[] { (door, $"/door/{Cast.Booth.Id}"), (lobby, "/lobby/east") })
        {
            TestHub.Clock.Reset(DigiHub.Tests.TestHub.Opening + Duration.FromMinutes(31));
            await screen.Open(page);
            var first = screen.Page.QuerySelector("main")!.OuterHtml;
            Assert.Empty(screen.Page.QuerySelectorAll("script, button, noscript"));
            Assert.Equal("60", await ComesAgain(screen, page));
            Assert.Contains("As of", screen.Text, StringComparison.Ordinal);

            TestHub.Clock.Advance(Duration.FromMinutes(12));
            await screen.Open(page);

            Assert.Equal(first, screen.Page.QuerySelector("main")!.OuterHtml);
        }
    }

    [Fact]
    public async Task In_colour_it_comes_again_each_minute_without_a_script_and_its_parts_can_be_exchanged()
    {
        using var screen = await AtDoor(Cast.Booth);

        await screen.Open($"/door/{Cast.Booth.Id}");

        Assert.Contains("""<meta http-equiv="refresh" content="60">""",
            screen.Page.QuerySelector("head noscript")!.OuterHtml.Replace(" />", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotNull(screen.Page.QuerySelector("[data-live][id=door]"));
        Assert.True(screen.Page.QuerySelector("[data-not-current]")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task Wrong_codes_can_be_tried_ten_times_an_hour()
    {
        await using var limited = await WebTestHub.Open(database, new WebTestHubOptions { Limits = true });
        using var alan = await limited.SignIn(limited.Cast.Alan);
        using var screen = limited.NewReader();
        await screen.Open("/device");
        var code = screen.Page.QuerySelector("#code")!.TextContent;
        await alan.Open("/admin/devices");
        for (var guess = 0; guess < 10; guess++)
        {
            await alan.Send("form:has(#f-code)", ("code", "BCDF GHJK"), ("place", $"lobby-{limited.Cast.East.Id}"), ("look", "Ink"));
            Assert.Contains("Kein Bildschirm zeigt diesen Code.", alan.Text, StringComparison.Ordinal);
        }

        await alan.Send("form:has(#f-code)", ("code", code), ("place", $"lobby-{limited.Cast.East.Id}"), ("look", "Ink"));

        Assert.Equal(HttpStatusCode.TooManyRequests, alan.Status);
        await screen.Open("/device");
        Assert.Equal("/device", screen.Address.AbsolutePath);
    }

    [Fact]
    public async Task Programs_pair_list_and_revoke_as_who_looks_after_the_site()
    {
        using var screen = TestHub.NewReader();
        await screen.Open("/device");
        var code = screen.Page.QuerySelector("#code")!.TextContent;
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.GetAsync(new Uri("/api/v1/devices", UriKind.Relative), Stop)).StatusCode);
        using var alan = await TestHub.NewApiClient(Cast.Alan);

        var paired = await alan.PostAsJsonAsync("/api/v1/devices", new { code, kind = "lobby", site = "west", look = "ink" }, Stop);
        Assert.Equal(HttpStatusCode.Created, paired.StatusCode);
        await screen.Open("/device");
        Assert.Equal("/lobby/west", screen.Address.AbsolutePath);
        var id = await TestHub.Read(db => Task.FromResult(db.Devices.Single().Id));
        var listed = await alan.GetStringAsync(new Uri("/api/v1/devices", UriKind.Relative), Stop);
        Assert.Contains(id.ToString(), listed, StringComparison.Ordinal);
        var revoked = await alan.DeleteAsync(new Uri($"/api/v1/devices/{id}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        await screen.Open("/lobby/west");
        Assert.Equal("/device", screen.Address.AbsolutePath);
    }

    /// <summary>What is read from afar.</summary>
    private static string State(Reader screen) =>
        string.Join(" | ", screen.Page.QuerySelectorAll(".door-main p").Select(line => line.TextContent.Trim()));

    private static async Task<string> ComesAgain(Reader screen, string page)
    {
        using var response = await screen.Client.GetAsync(new Uri(page, UriKind.Relative), Stop);
        return response.Headers.GetValues("Refresh").Single();
    }

    private Task<Reader> AtDoor(Space room, string look = "Colour") => Paired($"door-{room.Id}", look);

    private Task<Reader> InLobby(string look = "Colour") => Paired($"lobby-{Cast.East.Id}", look);

    /// <summary>Reads English.</summary>
    private async Task<Reader> Paired(string place, string look)
    {
        var screen = TestHub.NewReader(Language.English);
        await screen.Open("/device");
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/devices");
        await alan.Send("form:has(#f-code)", ("code", screen.Page.QuerySelector("#code")!.TextContent), ("place", place), ("look", look));
        return screen;
    }

    private Task AllowWalkUps() => TestHub.ChangeCatalogue(db => db.RuleSets.Where(one => one.Granularity == Granularity.Minutes)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.AllowsWalkUps, true).SetProperty(one => one.SetUpMinutes, 0), Stop));

    private async Task<Booking> Book(DigiHub.Members.Member member, Space space, int from, int until) =>
        (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = member.Id,
            SpaceId = space.Id,
            When = When.Between(Today + new LocalTime(from, 0), Today + new LocalTime(until, 0)),
        }, Stop)).Value;

    private async Task Note(Booking booking, string title, bool? shows) =>
        Assert.True((await TestHub.Services.GetRequiredService<MoveBooking>().Run(
            new() { BookingId = booking.Id, ActorId = booking.MemberId, Title = title, ShowsAtDoor = shows }, Stop)).IsDone);
}
