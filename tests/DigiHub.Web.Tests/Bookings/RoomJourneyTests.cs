using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Tests;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Rooms by time, on the timeline by pointer, keyboard and without a script, and what follows a booking.</summary>
public sealed class RoomJourneyTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(Language.German, true)]
    [InlineData(Language.English, false)]
    public async Task Finds_a_room_for_four_at_two_in_three_steps(Language language, bool javaScript)
    {
        await using var visitor = await Somebody(new Viewing { Language = language, Width = 390, JavaScript = javaScript });
        await visitor.Open("/");

        await visitor.Click(visitor.Page.Locator("label.chip:has(input[value='4'])"));
        await visitor.Click("14:00");
        await visitor.CheckPage();
        await visitor.Click(visitor.Page.Locator(".found button").First);

        Assert.Equal(3, visitor.Steps);
        var booking = Assert.Single(await Standing());
        Assert.Equal((Cast.Spree.Id, At(14, 0), At(15, 0)), (booking.SpaceId, booking.StartLocal, booking.EndLocal));
    }

    [Fact]
    public async Task Books_on_the_timeline_in_two_steps()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English });
        await visitor.Open("/rooms?site=east&day=2026-11-23");

        await visitor.Click(visitor.Page.Locator($"button[value='{Cast.Spree.Id}-1400']"));
        await visitor.Click("Book");

        Assert.Equal(2, visitor.Steps);
        var booking = Assert.Single(await Standing());
        Assert.Equal((At(14, 0), At(14, 30)), (booking.StartLocal, booking.EndLocal));
    }

    [Fact]
    public async Task Books_on_the_timeline_by_keyboard_alone()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English });
        await visitor.Open("/rooms?site=east&day=2026-11-23");

        await visitor.Page.Locator($"button[value='{Cast.Spree.Id}-1400']").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".toast").WaitForAsync();

        var booking = Assert.Single(await Standing());
        Assert.Equal((Cast.Spree.Id, At(14, 0), At(15, 0)), (booking.SpaceId, booking.StartLocal, booking.EndLocal));
    }

    [Fact]
    public async Task Books_on_the_timeline_without_a_script()
    {
        await using var visitor = await Somebody(new Viewing { Language = Language.English, JavaScript = false });
        await visitor.Open("/rooms?site=east&day=2026-11-23");

        await visitor.Click(visitor.Page.Locator($"button[value='{Cast.Spree.Id}-1400']"));
        await visitor.Click("Book");

        var booking = Assert.Single(await Standing());
        Assert.Equal((Cast.Spree.Id, At(14, 0)), (booking.SpaceId, booking.StartLocal));
    }

    [Theory]
    [InlineData(Language.German, "geöffnet", "Stattdessen frei")]
    [InlineData(Language.English, "Open from", "Free instead")]
    public async Task A_time_outside_the_hours_is_refused_by_name_and_keeps_what_was_typed(Language language, string rule, string offer)
    {
        using var reader = await TestHub.SignIn(Reading(language));
        await reader.Open("/rooms?site=east&day=2026-11-24");

        await reader.Send("#book-room", ("space", $"{Cast.Spree.Id}"), ("start", "19:00"), ("end", "21:00"), ("title", "Kick-off"));

        Assert.Equal(409, (int)reader.Status);
        Assert.Contains(rule, reader.Text, StringComparison.Ordinal);
        Assert.Contains(offer, reader.Text, StringComparison.Ordinal);
        Assert.Equal("Kick-off", reader.Page.QuerySelector("#f-title")?.GetAttribute("value"));
        Assert.Equal("19:00", reader.Page.QuerySelector("#f-start")?.GetAttribute("value"));
        Assert.Empty(await Standing());
    }

    [Fact]
    public async Task What_makes_no_sense_is_named_field_by_field()
    {
        using var reader = await TestHub.SignIn(Cast.Bob);
        await reader.Open("/rooms?site=east&day=2026-11-24");

        await reader.Send("#book-room", ("space", $"{Cast.Spree.Id}"), ("start", "noon"), ("end", ""));

        Assert.Equal(400, (int)reader.Status);
        Assert.NotNull(reader.Page.QuerySelector("#f-start-error"));
        Assert.NotNull(reader.Page.QuerySelector("#f-end-error"));
    }

    [Fact]
    public async Task Moves_shortens_notes_and_takes_away_a_booking()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        var page = await BookedBy(ada);

        await ada.Open(page);
        await ada.Send("form:has(input[value=move])", ("start", "15:00"), ("end", "15:30"), ("space", $"{Cast.Panke.Id}"));
        var moved = Assert.Single(await Standing());
        Assert.Equal((Cast.Panke.Id, At(15, 0), At(15, 30)), (moved.SpaceId, moved.StartLocal, moved.EndLocal));

        await ada.Send("form:has(input[value=note])", ("title", "Review"), ("reminder", "60"));
        Assert.Equal(("Review", (int?)60),
            Assert.Single(await Standing()) is var noted ? (noted.Title, noted.ReminderMinutesBefore) : default);

        await ada.Open(page + ".ics");
        Assert.Equal(200, (int)ada.Status);

        await ada.Open(page);
        await ada.Send("form:has(input[value=cancel])");
        Assert.Empty(await Standing());
    }

    [Fact]
    public async Task A_move_is_taken_back_unless_the_booking_was_changed_since()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open(await BookedBy(ada));
        var before = Assert.Single(await Standing());
        await ada.Send("form:has(input[value=move])", ("start", "15:00"), ("end", "15:30"), ("space", $"{Cast.Panke.Id}"));
        var justMoved = ada.Address;

        await ada.Send("[data-undo] form");

        var back = Assert.Single(await Standing());
        Assert.Equal((before.SpaceId, before.StartLocal, before.EndLocal), (back.SpaceId, back.StartLocal, back.EndLocal));
        await ada.Open(justMoved.PathAndQuery);
        Assert.Empty(ada.Page.QuerySelectorAll("[data-undo] form"));
    }

    [Fact]
    public async Task A_booking_is_there_for_its_member_and_the_front_desk_and_for_nobody_else()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        var page = await BookedBy(ada);

        using var bob = await TestHub.SignIn(Cast.Bob);
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await bob.Open(page);
        await frieda.Open(page);

        Assert.Equal(404, (int)bob.Status);
        Assert.Equal(200, (int)frieda.Status);
        Assert.Contains("Ada", frieda.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_desk_books_for_a_member()
    {
        using var frieda = await TestHub.SignIn(Cast.Frieda);
        await frieda.Open("/front-desk?site=east&who=ada");
        var finder = Assert.Single(frieda.Page.QuerySelectorAll($"a[href*='kind=room'][href*='{Cast.Ada.Id}']")).GetAttribute("href")!;
        await frieda.Open($"{finder}&start=14:00");

        await frieda.Send(".found article:first-child form");

        var booking = Assert.Single(await Standing());
        Assert.Equal((Cast.Ada.Id, Cast.Frieda.Id), (booking.MemberId, booking.BookedById));
        await frieda.Open("/front-desk?site=east");
        Assert.Contains("Kieztakt", frieda.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_closes_a_site_and_is_told_what_is_booked_then()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await BookedBy(ada);
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/sites");

        await alan.Send("#close", ("site", $"{Cast.East.Id}"), ("from", "2026-11-23"),
            ("through", "2026-11-23"), ("reasonGerman", "Betriebsausflug"));

        Assert.Contains("An diesen Tagen noch gebucht", alan.Text, StringComparison.Ordinal);
        await ada.Open("/rooms?site=east&day=2026-11-23");
        Assert.Contains("Betriebsausflug", ada.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/front-desk")]
    [InlineData("/admin")]
    public async Task Rooms_of_the_staff_are_closed_to_others(string path)
    {
        using var ada = await TestHub.SignIn(Cast.Ada);

        await ada.Open(path);

        Assert.True((int)ada.Status is 403 or 404, $"{path} answered {ada.Status}");
    }

    private static LocalDateTime At(int hour, int minute) => new(2026, 11, 23, hour, minute);

    /// <summary>Spree on Monday from 14:00 to 15:00; the address of its page.</summary>
    private async Task<string> BookedBy(Reader reader)
    {
        await reader.Open($"/book?space={Cast.Spree.Id}&day=2026-11-23&start=14:00&end=15:00");
        await reader.Send("main form.card");
        return $"/bookings/{Assert.Single(await Standing()).Id}";
    }

    private async Task<Visitor> Somebody(Viewing viewing)
    {
        var visitor = await browser.Visit(TestHub, viewing);
        await TestHub.SignIn(visitor, Reading(viewing.Language));
        return visitor;
    }

    private Member Reading(Language language) => language == Language.German ? Cast.Ada : Cast.Bob;

    private Task<List<Booking>> Standing() =>
        TestHub.Read(db => db.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed).ToListAsync(Stop));
}
