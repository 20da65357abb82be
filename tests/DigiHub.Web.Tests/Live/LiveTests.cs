using System.Net;
using System.Net.Http.Json;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Tests;
using DigiHub.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Live;

/// <summary>Open pages learn that something has changed, and show it without losing what their reader was doing.</summary>
public abstract class LiveTests(TestDatabase database, Browser browser) : WebHubTests(database)
{
    private static readonly LocalDate Day = new(2026, 11, 24);

    private const string Tuesday = "/live?site=east&day=2026-11-24";

    [Fact]
    public async Task What_is_taken_elsewhere_turns_grey_on_the_plan_and_who_had_chosen_it_is_told()
    {
        await using var visitor = await Somebody(Cast.Bob);
        await visitor.Open("/desks?site=east&day=2026-11-24");
        await visitor.Page.Locator("label.desk", new() { HasText = "E1-02" }).ClickAsync();
        await visitor.Page.WaitForSelectorAsync("[data-live-on]", new() { State = WaitForSelectorState.Attached });

        await Book(Cast.NextDesk, Day + new LocalTime(8, 0));

        var taken = visitor.Page.Locator("label.desk.taken", new() { HasText = "E1-02" });
        await taken.WaitForAsync();
        await Assertions.Expect(taken.Locator("input")).ToBeDisabledAsync();
        await Assertions.Expect(taken.Locator("input")).Not.ToBeCheckedAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-said]")).ToHaveTextAsync("E1-02 was taken a moment ago. Choose another desk.");
        await visitor.CheckPage();
    }

    [Fact]
    public async Task Choice_and_focus_stay_when_something_else_is_taken()
    {
        await using var visitor = await Somebody(Cast.Bob);
        await visitor.Open("/desks?site=east&day=2026-11-24");
        var mine = visitor.Page.Locator("label.desk", new() { HasText = "E1-01" }).Locator("input");
        await mine.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.Page.WaitForSelectorAsync("[data-live-on]", new() { State = WaitForSelectorState.Attached });

        await Book(Cast.NextDesk, Day + new LocalTime(8, 0));

        await visitor.Page.Locator("label.desk.taken", new() { HasText = "E1-02" }).WaitForAsync();
        await Assertions.Expect(mine).ToBeCheckedAsync();
        await Assertions.Expect(mine).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_choice_on_the_grid_of_rooms_stays_while_it_is_free_and_goes_when_it_is_not()
    {
        await using var visitor = await Somebody(Cast.Bob);
        await visitor.Open("/rooms?site=east&day=2026-11-24");
        await visitor.Page.Locator($"button[value='{Cast.Spree.Id}-1000']").ClickAsync();
        await visitor.Page.WaitForSelectorAsync("[data-live-on]", new() { State = WaitForSelectorState.Attached });
        var chosen = visitor.Page.Locator("td[aria-selected=true]");

        await Book(Cast.Spree, Day + new LocalTime(14, 0));
        await visitor.Page.Locator("#day-grid-east td.b").First.WaitForAsync();
        await Assertions.Expect(chosen).ToHaveCountAsync(1);

        await Book(Cast.Spree, Day + new LocalTime(10, 0));
        await Assertions.Expect(chosen).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("[data-said]")).ToHaveTextAsync("That time was taken a moment ago. Choose another.");
    }

    [Fact]
    public async Task Only_the_site_and_the_day_that_was_asked_for_is_told_of()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await using var here = await Stream.Open(bob.Client, Tuesday);
        await using var anyDay = await Stream.Open(bob.Client, "/live?site=east");
        await using var otherDay = await Stream.Open(bob.Client, "/live?site=east&day=2026-11-25");
        await using var elsewhere = await Stream.Open(bob.Client, "/live?site=west&day=2026-11-24");
        await Stream.Settle(here, anyDay, otherDay, elsewhere); // the test's own rows are news, too

        await Book(Cast.NextDesk, Day + new LocalTime(8, 0));

        await here.Hears("changed");
        await anyDay.Hears("changed");
        await Task.Delay(500, Stop);
        Assert.DoesNotContain("changed", otherDay.Heard);
        Assert.DoesNotContain("changed", elsewhere.Heard);
    }

    [Fact]
    public async Task A_booking_that_is_moved_to_another_day_is_told_of_on_both()
    {
        var booking = await Book(Cast.Spree, Day + new LocalTime(10, 0));
        using var bob = await TestHub.SignIn(Cast.Bob);
        await using var old = await Stream.Open(bob.Client, Tuesday);
        await using var now = await Stream.Open(bob.Client, "/live?site=east&day=2026-11-25");

        Assert.True((await TestHub.Services.GetRequiredService<MoveBooking>().Run(new()
        {
            ActorId = Cast.Ada.Id,
            BookingId = booking.Id,
            When = When.Between(Day.PlusDays(1) + new LocalTime(10, 0), Day.PlusDays(1) + new LocalTime(11, 0)),
        }, Stop)).IsDone);

        await old.Hears("changed");
        await now.Hears("changed");
    }

    [Fact]
    public async Task Changed_opening_hours_are_told_to_everybody()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        await using var stream = await Stream.Open(bob.Client, "/live?site=west&day=2026-11-30");

        await TestHub.ChangeCatalogue(_ => Task.CompletedTask);

        await stream.Hears("changed");
    }

    [Fact]
    public async Task Nobody_listens_without_having_signed_in()
    {
        using var stranger = TestHub.NewClient();
        using var answer = await Ask(stranger, Tuesday);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/html", Tuesday, HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream", "/live?site=east&day=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("text/event-stream", "/live?site=nowhere", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_answered_by_a_stream_is_refused_at_once(string accept, string path, HttpStatusCode expected)
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        using var answer = await Ask(bob.Client, path, accept);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task One_member_keeps_a_dozen_pages_open_and_the_next_is_asked_to_come_again()
    {
        using var bob = await TestHub.SignIn(Cast.Bob);
        List<Stream> open = [];
        for (var page = 0; page < LiveChanges.OfOneMax; page++)
            open.Add(await Stream.Open(bob.Client, Tuesday));
        using var oneMore = await Ask(bob.Client, Tuesday);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, oneMore.StatusCode);

        await open[0].DisposeAsync();
        while (TestHub.Services.GetRequiredService<LiveChanges>().Listeners == LiveChanges.OfOneMax)
            await Task.Delay(20, Stop);
        await using var afterwards = await Stream.Open(bob.Client, Tuesday);
        foreach (var stream in open.Skip(1))
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_page_whose_session_is_over_stays_as_it_was()
    {
        await using var visitor = await Somebody(Cast.Bob);
        await visitor.Open("/desks?site=east&day=2026-11-24");
        await visitor.Page.WaitForSelectorAsync("[data-live-on]", new() { State = WaitForSelectorState.Attached });
        await using (var db = TestHub.OpenDb())
            await db.Set<Session>().ExecuteDeleteAsync(Stop);

        await Book(Cast.NextDesk, Day + new LocalTime(8, 0));
        await Task.Delay(1_500, Stop);

        Assert.EndsWith("/desks?site=east&day=2026-11-24", visitor.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(visitor.Page.Locator("label.desk", new() { HasText = "E1-02" })).ToBeVisibleAsync();
    }

    private async Task<Visitor> Somebody(DigiHub.Members.Member member)
    {
        var visitor = await browser.Visit(TestHub, new Viewing { Language = Language.English });
        await TestHub.SignIn(visitor, member);
        return visitor;
    }

    /// <summary>By Ada, while somebody else looks; a desk for the day, a room for an hour.</summary>
    private async Task<Booking> Book(DigiHub.Spaces.Space space, LocalDateTime from) =>
        (await TestHub.Services.GetRequiredService<BookSpace>().Run(new()
        {
            ActorId = Cast.Ada.Id,
            SpaceId = space.Id,
            When = space.Kind == DigiHub.Spaces.SpaceKind.Desk
                ? When.On(from.Date)
                : When.Between(from, from.PlusHours(1)),
        }, Stop)).Value;

    private static async Task<HttpResponseMessage> Ask(HttpClient client, string path, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database, Browser browser) : LiveTests(database, browser), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database, Browser browser)
        : LiveTests(database, browser), IClassFixture<PostgresDatabase>
    {
        private readonly TestDatabase database = database;

        [Fact]
        public async Task Processes_on_one_database_tell_each_other()
        {
            await using var other = await HubProcess.Start(database.Options, ("Jobs:Workers", "0"));
            using var bob = await TestHub.SignIn(Cast.Bob);
            await using var stream = await Stream.Open(bob.Client, "/live?site=east");
            using var ada = await TestHub.NewApiClient(Cast.Ada);

            Assert.True(await BookSoon(other, ada), "The other process booked nothing.");

            await stream.Hears("changed");
        }

        /// <summary>On the first day from tomorrow on that the hub is open: its clock is the machine's.</summary>
        private async Task<bool> BookSoon(HubProcess hub, HttpClient asMember)
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            for (var ahead = 1; ahead < 14; ahead++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Url, "/api/v1/bookings"))
                {
                    Content = JsonContent.Create(new { spaceId = Cast.NextDesk.Id, day = $"{today.AddDays(ahead):yyyy-MM-dd}" }),
                };
                request.Headers.Authorization = asMember.DefaultRequestHeaders.Authorization;
                using var answer = await hub.Client.SendAsync(request, Stop);
                if (answer.IsSuccessStatusCode)
                    return true;
            }

            return false;
        }
    }
}
