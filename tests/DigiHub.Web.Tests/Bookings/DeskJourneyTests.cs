using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>From the home screen to a desk and back, within the step budgets, in both languages, with and without JavaScript.</summary>
public sealed class DeskJourneyTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(Language.German, "E1-01 für morgen buchen", true)]
    [InlineData(Language.English, "Book E1-01 for tomorrow", true)]
    [InlineData(Language.German, "E1-01 für morgen buchen", false)]
    public async Task Books_the_desk_for_tomorrow_in_one_step(Language language, string button, bool javaScript)
    {
        await using var visitor = await Somebody(new Viewing { Language = language, Width = 390, JavaScript = javaScript });
        await visitor.Open("/");
        await visitor.CheckPage();

        await visitor.Click(button);

        Assert.Equal(1, visitor.Steps);
        Assert.Equal(Cast.Desk.Id, Assert.Single(await Standing()).SpaceId);
        await visitor.Page.Locator(".toast").WaitForAsync();
        await visitor.CheckPage();
    }

    [Fact]
    public async Task Takes_a_fresh_booking_back_by_undo()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English });
        await visitor.Open("/");
        await visitor.Click("Book E1-01 for tomorrow");

        await visitor.Click("Undo");

        Assert.Empty(await Standing());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Books_from_the_plan_in_three_steps(bool javaScript)
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English, JavaScript = javaScript });
        await visitor.Open("/desks");
        await visitor.CheckPage();

        await visitor.Click(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Tuesday 24 November 2026" }));
        await visitor.Click(visitor.Page.Locator("label.desk", new() { HasText = "E1-02" }));
        await visitor.Click("Book this desk");

        Assert.Equal(3, visitor.Steps);
        var booking = Assert.Single(await Standing());
        Assert.Equal((Cast.NextDesk.Id, new LocalDateTime(2026, 11, 24, 8, 0)), (booking.SpaceId, booking.StartLocal));
    }

    [Fact]
    public async Task Chooses_a_desk_by_keyboard_alone()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English });
        await visitor.Open("/desks?site=east&day=2026-11-24");

        await visitor.Page.Locator(".desk input").First.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".toast").WaitForAsync();

        Assert.Equal(Cast.NextDesk.Id, Assert.Single(await Standing()).SpaceId);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_booking_and_no_refusal()
    {
        using var reader = await TestHub.SignIn(Cast.Ada);
        await reader.Open("/");
        await reader.Send(".tomorrow form");

        await reader.Open($"/book?space={Cast.Desk.Id}&day=2026-11-24&part=day");
        await reader.Send("main form.card");

        Assert.Equal(200, (int)reader.Status);
        Assert.Single(await Standing());
    }

    [Theory]
    [InlineData(Language.German, "Stattdessen frei")]
    [InlineData(Language.English, "Free instead")]
    public async Task A_desk_just_taken_is_refused_with_others_to_book(Language language, string offer)
    {
        using var late = await TestHub.SignIn(Reading(language));
        await late.Open($"/book?space={Cast.Desk.Id}&day=2026-11-24&part=day");
        using var first = await TestHub.SignIn(Cast.Grace);
        await first.Open("/");
        await first.Send(".tomorrow form");

        await late.Send("main form.card");

        Assert.Equal(409, (int)late.Status);
        Assert.Contains(offer, late.Text, StringComparison.Ordinal);
        Assert.Contains(late.Page.QuerySelectorAll(".notice button"),
            button => button.TextContent.Contains("E1-02", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancels_in_one_step_and_takes_that_back()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English, Width = 320 });
        await visitor.Open("/");
        await visitor.Click("Book E1-01 for tomorrow");
        await visitor.Open("/my-bookings");
        await visitor.CheckPage();
        visitor.Steps = 0;

        await visitor.Click(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }));
        Assert.Equal(1, visitor.Steps);
        Assert.Empty(await Standing());

        await visitor.Click("Undo");
        Assert.Single(await Standing());
    }

    private async Task<Visitor> Somebody(Viewing viewing)
    {
        var visitor = await browser.Visit(TestHub, viewing);
        await TestHub.SignIn(visitor, Reading(viewing.Language));
        return visitor;
    }

    /// <summary>Ada reads German, Bob English; members see their own language.</summary>
    private Member Reading(Language language) => language == Language.German ? Cast.Ada : Cast.Bob;

    private Task<List<Booking>> Standing() =>
        TestHub.Read(db => db.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed).ToListAsync(Stop));
}
