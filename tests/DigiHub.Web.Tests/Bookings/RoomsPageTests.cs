using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>The page of rooms: all in one window, own bookings carried to another time, and cards on a phone.</summary>
public sealed class RoomsPageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private const string Page = "/rooms?site=east&day=2026-11-24";

    private static readonly LocalDate day = new(2026, 11, 24);

    [Fact]
    public async Task An_own_booking_is_dragged_to_another_time_and_room()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        await using var visitor = await Somebody();
        await visitor.Open(Page);
        var own = await Box(visitor.Page.Locator("td[data-b]"));

        await visitor.Page.Mouse.MoveAsync(own.X + (own.Width / 4), own.Y + 20);
        await visitor.Page.Mouse.DownAsync();
        var to = await Box(visitor.Page.Locator($"button[value='{Cast.Panke.Id}-1400']"));
        await visitor.Page.Mouse.MoveAsync(to.X + (to.Width / 2), to.Y + 20, new() { Steps = 5 });
        Assert.Equal(3, await visitor.Page.Locator("td.to").CountAsync()); // with its quarter of an hour of setting up
        await visitor.Page.Mouse.UpAsync();
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Equal((Cast.Panke.Id, At(14).PlusMinutes(30), At(15).PlusMinutes(30)), await Standing());
        Assert.EndsWith("/rooms", new Uri(visitor.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await visitor.CheckPage();
        await visitor.Click("Undo");
        Assert.Equal((Cast.Spree.Id, At(10), At(11)), await Standing());
    }

    [Fact]
    public async Task An_end_is_dragged_to_make_it_longer()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        await using var visitor = await Somebody();
        await visitor.Open(Page);
        var own = await Box(visitor.Page.Locator("td[data-b]"));

        await visitor.Page.Mouse.MoveAsync(own.X + own.Width - 4, own.Y + 20);
        await visitor.Page.Mouse.DownAsync();
        await visitor.Page.Mouse.MoveAsync(own.X + own.Width + (own.Width / 4), own.Y + 20, new() { Steps = 5 });
        await visitor.Page.Mouse.UpAsync();
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Equal((Cast.Spree.Id, At(10), At(11).PlusMinutes(30)), await Standing());
    }

    [Fact]
    public async Task It_moves_and_grows_by_keys_and_Escape_leaves_it_where_it_was()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        await using var visitor = await Somebody();
        await visitor.Open(Page);
        var own = visitor.Page.Locator("td[data-b] a");

        await own.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await visitor.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await visitor.Page.Locator("td.to").CountAsync());

        await visitor.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await visitor.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await visitor.Page.Keyboard.PressAsync("Alt+Shift+ArrowRight");
        await Assertions.Expect(visitor.Page.Locator("[data-said]")).ToHaveTextAsync("Spree, 11:00–12:30");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Equal((Cast.Spree.Id, At(11), At(12).PlusMinutes(30)), await Standing());
    }

    [Fact]
    public async Task Over_somebody_elses_booking_it_says_so_and_springs_back()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        await Book(Cast.Ada, Cast.Spree, 12, 13);
        await using var visitor = await Somebody();
        await visitor.Open(Page);

        await visitor.Page.Locator("td[data-b] a").FocusAsync();
        for (var times = 0; times < 3; times++)
            await visitor.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await Assertions.Expect(visitor.Page.Locator("[data-said]")).ToHaveTextAsync("That’s taken.");
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Equal((Cast.Spree.Id, At(10), At(11)), await Standing());
        Assert.Equal(0, await visitor.Page.Locator(".toast").CountAsync());
    }

    [Fact]
    public async Task Selection_and_booking_stand_in_one_window_with_eight_rooms()
    {
        await using var visitor = await Somebody();
        await visitor.Page.SetViewportSizeAsync(1280, 800);
        await visitor.Open(Page);

        var row = await Box(visitor.Page.Locator("#day-grid-east tbody tr").First);
        var dock = await Box(visitor.Page.Locator("#book-room"));
        Assert.True((dock.Y - row.Y) / row.Height >= 8, $"{(dock.Y - row.Y) / row.Height:0.0} rows stand above the form.");
        Assert.True(dock.Y + dock.Height <= 800, $"The form ends at {dock.Y + dock.Height}.");
    }

    [Fact]
    public async Task Both_sites_are_shown_together_and_one_choice_counts()
    {
        await using var visitor = await Somebody();
        await visitor.Open("/rooms?all=true&day=2026-11-24");
        await visitor.CheckPage();

        await visitor.Page.Locator($"button[value='{Cast.Spree.Id}-1400']").ClickAsync();
        await visitor.Page.Locator($"button[value='{Cast.Havel.Id}-1500']").ClickAsync();

        Assert.Equal(1, await visitor.Page.Locator("td[aria-selected=true]").CountAsync());
        await visitor.Click("Book");
        await visitor.Page.Locator(".toast").WaitForAsync();
        Assert.Equal((Cast.Havel.Id, At(15), At(15).PlusMinutes(30)), await Standing());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_the_smallest_room_that_fits_is_booked_in_one_step(bool javaScript)
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English, Width = 390, JavaScript = javaScript });
        await visitor.Open(Page + "&people=4&from=14:00");
        await visitor.CheckPage();
        Assert.Equal("3 free at 14:00 for 4", await visitor.Page.Locator("#cards-title").InnerTextAsync());

        await visitor.Click(visitor.Page.Locator(".room-cards .btn.pri"));

        Assert.Equal(1, visitor.Steps);
        Assert.Equal((Cast.Spree.Id, At(14), At(15)), await Standing());
    }

    [Fact]
    public async Task On_a_phone_a_link_leads_to_the_grid()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English, Width = 390 });
        await visitor.Open(Page);
        await visitor.Follow("The whole day as a grid");

        await visitor.Page.Locator("#day-grid-east").WaitForAsync();
        await visitor.CheckPage();
    }

    [Fact]
    public async Task A_room_has_its_week_in_which_one_books_and_moves_to_another_day()
    {
        await Book(Cast.Bob, Cast.Spree, 10, 11);
        await using var visitor = await Somebody();
        await visitor.Open(Page);
        await visitor.Follow("Spree");
        await visitor.Arrive(at => at.AbsolutePath == $"/rooms/{Cast.Spree.Id}");
        await visitor.CheckPage();
        Assert.Equal(7, await visitor.Page.Locator("#day-grid tbody tr").CountAsync());

        await visitor.Page.Locator("td[data-b] a").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".toast").WaitForAsync();
        Assert.Equal((Cast.Spree.Id, At(10).PlusDays(1), At(11).PlusDays(1)), await Standing());
        Assert.Equal($"/rooms/{Cast.Spree.Id}", new Uri(visitor.Page.Url).AbsolutePath);

        await visitor.Page.Locator($"button[value='{Cast.Spree.Id}.20261127-1400']").ClickAsync();
        await visitor.Click("Book");
        await visitor.Page.Locator(".toast").WaitForAsync();
        Assert.Equal(new LocalDateTime(2026, 11, 27, 14, 0), await TestHub.Read(db => db.Bookings.Where(one => one.MemberId == Cast.Bob.Id)
            .MaxAsync(one => one.StartLocal, Stop)));
    }

    [Fact]
    public async Task The_week_of_a_room_books_without_a_script_and_says_what_is_closed()
    {
        using var reader = await TestHub.SignIn(Cast.Bob);
        await reader.Open($"/rooms/{Cast.Spree.Id}?day=2026-11-24&at={Cast.Spree.Id}.20261126-0900");

        Assert.Equal("2026-11-26", reader.Page.QuerySelector("#book-room [name=day]")!.GetAttribute("value"));
        Assert.Equal(2, reader.Page.QuerySelectorAll("#day-grid tr:has(td.x[colspan='24'])").Length); // Saturday and Sunday
        Assert.Single(reader.Page.QuerySelectorAll("[aria-selected=true]"));
        await reader.Send("#book-room");
        Assert.Equal((Cast.Spree.Id, At(9).PlusDays(2), At(9).PlusDays(2).PlusMinutes(30)), await Standing());
    }

    [Theory]
    [InlineData("/rooms/999999", 404)]
    [InlineData("/rooms/{desk}", 404)]
    [InlineData("/rooms/{room}?day=tomorrow", 400)]
    [InlineData("/rooms/{room}?at=7.20261399-0900", 400)]
    public async Task A_week_that_there_is_not_is_refused(string path, int status)
    {
        using var reader = await TestHub.SignIn(Cast.Bob);
        await reader.Open(path.Replace("{desk}", $"{Cast.Desk.Id}", StringComparison.Ordinal)
            .Replace("{room}", $"{Cast.Spree.Id}", StringComparison.Ordinal));

        Assert.Equal(status, (int)reader.Status);
    }

    private async Task<Visitor> Somebody(Viewing? viewing = null)
    {
        var visitor = await browser.Visit(TestHub, viewing ?? new Viewing { Language = Language.English });
        await TestHub.SignIn(visitor, Cast.Bob);
        return visitor;
    }

    private static async Task<LocatorBoundingBoxResult> Box(ILocator what) => (await what.BoundingBoxAsync())!;

    private async Task Book(Member member, Space space, int from, int until) =>
        Assert.True((await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = member.Id,
            SpaceId = space.Id,
            When = When.Between(At(from), At(until)),
        }, Stop)).IsDone);

    /// <summary>Bob's.</summary>
    private async Task<(int SpaceId, LocalDateTime Start, LocalDateTime End)> Standing() =>
        await TestHub.Read(db => db.Bookings.SingleAsync(one => one.MemberId == Cast.Bob.Id && one.Status == BookingStatus.Confirmed, Stop))
            is var booking ? (booking.SpaceId, booking.StartLocal, booking.EndLocal) : default;

    private static LocalDateTime At(int hour) => day + new LocalTime(hour, 0);
}
