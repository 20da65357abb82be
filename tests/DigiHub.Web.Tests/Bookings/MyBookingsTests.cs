using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Members;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Time;
using DigiHub.Web.Bookings;
using DigiHub.Web.Tests.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>My bookings by week, as a list and by month, and what is done in the row. It is Monday 23 November 2026.</summary>
public sealed class MyBookingsTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate tuesday = new(2026, 11, 24);

    [Fact]
    public async Task Bookings_and_registrations_stand_by_week_and_day()
    {
        await Book(Cast.Spree, tuesday, 10, 11);
        await Book(Cast.Panke, tuesday, 14, 15);
        await Book(Cast.Spree, tuesday.PlusWeeks(1), 10, 11);
        var talk = await TestHub.Publish(draft => draft with { Capacity = 1 });
        await TestHub.Services.GetRequiredService<Register>().Run(new(talk.Id, Cast.Bob.Id), Stop);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/my-bookings");

        Assert.StartsWith("This week 23 – 29 November", Text(bob, ".mine h2")[0], StringComparison.Ordinal);
        Assert.Equal(["Tomorrow", "Tomorrow"], Text(bob, ".ag .d").Take(2));
        Assert.Contains("d same", bob.Page.QuerySelectorAll(".ag .d").Select(day => day.ClassName));
        Assert.Contains(Text(bob, ".ag .what"), what => what.StartsWith("Spree", StringComparison.Ordinal));
        Assert.Contains(Text(bob, ".ag .what"), what => what.Contains(talk.Title.Here, StringComparison.Ordinal));
        Assert.Contains("I can’t come", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_shape_has_its_address_and_a_day_of_the_month_leads_to_its_week()
    {
        await Book(Cast.Spree, tuesday, 10, 11);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/my-bookings?view=month");
        Assert.Equal("10:00 Spree", bob.Page.QuerySelector(".month .ev")!.TextContent.Trim());
        var day = bob.Page.QuerySelector(".month a.n")!.GetAttribute("href")!;
        Assert.Equal("/my-bookings?view=week&day=2026-11-24#d-2026-11-24", day);
        await bob.Open(day);

        Assert.Contains("Spree", bob.Page.QuerySelector("#d-2026-11-24")!.TextContent, StringComparison.Ordinal);
        await bob.Open(bob.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Contains("30 November – 6 December", bob.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing booked.", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_booking_is_marked_and_ends_when_its_member_leaves()
    {
        var desk = (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = Cast.Bob.Id,
            SpaceId = Cast.Desk.Id,
            When = When.On(tuesday),
        }, Stop)).Value;
        TestHub.Clock.Reset(desk.Start + Duration.FromHours(2));
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");
        Assert.NotNull(bob.Page.QuerySelector(".ag.now"));
        Assert.Null(bob.Page.QuerySelector(".ag.now .tick"));

        await bob.Send(".ag.now button");

        var now = await Now(desk.Id);
        Assert.Equal((BookingStatus.Confirmed, new LocalTime(10, 1)), (now.Status, now.EndLocal.TimeOfDay));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_booking_moves_in_its_row_in_three_steps(bool javaScript)
    {
        var booking = await Book(Cast.Spree, tuesday, 10, 11);
        await using var visitor = await Visit(new Viewing { Language = Language.English, JavaScript = javaScript, Width = 390 });
        await visitor.Open("/my-bookings");

        await visitor.Click(visitor.Page.Locator("summary", new() { HasText = "Move" }));
        await visitor.CheckPage();
        await visitor.Type(visitor.Page.Locator("details[open] input[name=day]"), "2026-11-26");
        await visitor.Click("Move");

        Assert.Equal(3, visitor.Steps);
        Assert.Equal("/my-bookings", new Uri(visitor.Page.Url).AbsolutePath);
        Assert.Equal(new LocalDateTime(2026, 11, 26, 10, 0), (await Now(booking.Id)).StartLocal);
        await visitor.Click("Undo");
        Assert.Equal(tuesday, (await Now(booking.Id)).StartLocal.Date);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Several_go_by_a_tick_each_and_one_click_and_come_back_by_one(bool javaScript)
    {
        for (var week = 0; week < 3; week++)
            await Book(Cast.Spree, tuesday.PlusWeeks(week), 10, 11);
        await using var visitor = await Visit(new Viewing { Language = Language.English, JavaScript = javaScript, Width = 320 });
        await visitor.Open("/my-bookings");

        await visitor.Click(visitor.Page.Locator(".tick input").Nth(0));
        await visitor.Click(visitor.Page.Locator(".tick input").Nth(2));
        await visitor.CheckPage();
        await visitor.Click(visitor.Page.Locator(".several button"));
        await visitor.Page.Locator(".toast", new() { HasText = "2 bookings" }).WaitForAsync();

        Assert.Equal(3, visitor.Steps);
        Assert.Equal(1, await Standing());
        await visitor.CheckPage();
        await visitor.Click("Undo");
        await visitor.Page.GetByText("2 bookings are back.").WaitForAsync();
        Assert.Equal(3, await Standing());
    }

    [Fact]
    public async Task The_button_for_several_is_there_once_something_is_chosen_and_counts()
    {
        await Book(Cast.Spree, tuesday, 10, 11);
        await using var visitor = await Visit(new Viewing { Language = Language.English });
        await visitor.Open("/my-bookings");
        Assert.False(await visitor.Page.Locator(".several button").IsVisibleAsync());

        await visitor.Page.Locator(".tick input").CheckAsync();

        Assert.True(await visitor.Page.Locator(".several button").IsVisibleAsync());
        Assert.InRange(await visitor.Page.EvaluateAsync<double>(
            "() => document.querySelector('.chosen-count').getBoundingClientRect().width"), 10, 60);
    }

    [Fact]
    public async Task Nothing_chosen_is_said()
    {
        await Book(Cast.Spree, tuesday, 10, 11);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");

        await bob.Send("#several");

        Assert.Equal(409, (int)bob.Status);
        Assert.Contains("Choose at least one booking.", bob.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("act-cancel", 0, 4)]
    [InlineData("act-cancel-following", 2, 2)]
    [InlineData("act-cancel-series", 2, 0)]
    public async Task A_date_of_a_series_goes_alone_with_those_after_it_or_with_all(string form, int row, int left)
    {
        await TestHub.Services.GetRequiredService<BookSeries>().Run(new()
        {
            ActorId = Cast.Bob.Id,
            SpaceId = Cast.Spree.Id,
            From = tuesday,
            Pattern = new() { Kind = RecurrenceKind.Weekly, Weekdays = [IsoDayOfWeek.Tuesday], Count = 5 },
            Times = SeriesTimes.Between(new(14, 0), new(15, 0)),
        }, Stop);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");
        Assert.Contains("weekly", bob.Page.QuerySelector(".badges")!.TextContent, StringComparison.Ordinal);
        var button = bob.Page.QuerySelectorAll(".ag").ElementAt(row).QuerySelector($"button[form={form}]")!;
        button.Id = "pressed";
        await bob.Send("#pressed");

        Assert.Equal(left, await Standing());
        Assert.Equal("/my-bookings", bob.Address.AbsolutePath);
        Assert.NotNull(bob.Page.QuerySelector("[role=status]"));
    }

    [Fact]
    public async Task A_registration_is_cancelled_in_the_row_and_taken_back()
    {
        var talk = await TestHub.Publish();
        await TestHub.Services.GetRequiredService<Register>().Run(new(talk.Id, Cast.Bob.Id), Stop);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/my-bookings");
        await bob.Open(bob.Page.QuerySelector(".ag a.btn")!.GetAttribute("href")!);
        Assert.Equal(200, (int)bob.Status);
        await bob.Open("/my-bookings");

        await bob.Send(".ag form");
        Assert.Contains("Your registration is cancelled", bob.Text, StringComparison.Ordinal);
        await bob.Send(".toast form");

        Assert.Contains("I can’t come", bob.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_nothing_is_offered_the_usual_desk_for_tomorrow()
    {
        await using var visitor = await Visit(new Viewing { Language = Language.English, Width = 320 });
        await visitor.Open("/my-bookings");
        await visitor.CheckPage();

        await visitor.Click("Book E1-01 for tomorrow");

        Assert.Equal(1, visitor.Steps);
        Assert.Equal(1, await Standing());
    }

    [Fact]
    public async Task A_row_is_fifty_two_pixels_high_where_there_is_room()
    {
        for (var week = 0; week < 4; week++)
            await Book(Cast.Spree, tuesday.PlusDays(week), 10, 11);
        await using var visitor = await Visit(new Viewing { Language = Language.English });
        await visitor.Open("/my-bookings");

        var heights = await visitor.Page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('.ag')].map(row => row.getBoundingClientRect().height)");

        Assert.Equal(4, heights.Length);
        Assert.All(heights, height => Assert.InRange(height, 50, 54));
    }

    [Theory]
    [MemberData(nameof(Viewing.All), MemberType = typeof(Viewing))]
    public async Task Every_shape_is_in_order(Language language, int width, ColorScheme scheme)
    {
        await Book(Cast.Spree, tuesday, 10, 11);
        await Book(Cast.Panke, tuesday, 14, 15);
        await Book(Cast.Havel, tuesday.PlusDays(2), 14, 15);
        await using var visitor = await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme });
        await TestHub.SignIn(visitor, Cast.Bob);

        foreach (var view in new[] { "list", "week", "month", "past" })
        {
            await visitor.Open($"/my-bookings?view={view}&lang={language.Tag()}");
            await visitor.CheckPage();
        }
    }

    [Fact]
    public async Task Registrations_stand_on_the_page_of_their_time()
    {
        await TestHub.Lay([.. Enumerable.Range(1, 52).Select(hour => Laid(tuesday.AtMidnight().PlusHours(hour)))]);
        var talk = await TestHub.Publish();
        await TestHub.Services.GetRequiredService<Register>().Run(new(talk.Id, Cast.Bob.Id), Stop);
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open("/my-bookings");
        var (first, next) = (bob.Page.QuerySelectorAll(".ag").Length, bob.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var firstHasTalk = bob.Text.Contains(talk.Title.Here, StringComparison.Ordinal);
        await bob.Open(next);

        Assert.Equal(53, first + bob.Page.QuerySelectorAll(".ag").Length);
        Assert.NotEqual(firstHasTalk, bob.Text.Contains(talk.Title.Here, StringComparison.Ordinal));
    }

    private static List<string> Text(Reader reader, string what) => [.. reader.Page.QuerySelectorAll(what).Select(Plain)];

    private static string Plain(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<Visitor> Visit(Viewing viewing)
    {
        var visitor = await browser.Visit(TestHub, viewing);
        await TestHub.SignIn(visitor, Cast.Bob);
        return visitor;
    }

    private async Task<Booking> Book(DigiHub.Spaces.Space space, LocalDate day, int from, int until) =>
        (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = Cast.Bob.Id,
            SpaceId = space.Id,
            When = When.Between(day + new LocalTime(from, 0), day + new LocalTime(until, 0)),
        }, Stop)).Value;

    /// <summary>A row that no rule has seen.</summary>
    private Booking Laid(LocalDateTime start) => new()
    {
        Id = Guid.CreateVersion7(),
        SpaceId = Cast.Booth.Id,
        SiteId = Cast.Booth.SiteId,
        MemberId = Cast.Bob.Id,
        BookedById = Cast.Bob.Id,
        StartLocal = start,
        EndLocal = start.PlusMinutes(30),
        Start = start.InUtc().ToInstant() - Duration.FromHours(1),
        End = start.InUtc().ToInstant() - Duration.FromMinutes(30),
        CreatedAt = DigiHub.Tests.TestHub.Opening,
    };

    private Task<Booking> Now(Guid id) => TestHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == id, Stop));

    private Task<int> Standing() => TestHub.Read(db => db.Bookings.CountAsync(one => one.Status == BookingStatus.Confirmed, Stop));
}
