using DigiHub.Bookings;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Who is in, on the pages of the desks. It is Monday, 09:00.</summary>
public sealed class WhoIsInPagesTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    [Fact]
    public async Task Colleagues_stand_at_their_desk_on_the_plan_and_in_the_list_and_others_do_not()
    {
        await Book(Cast.Grace, Cast.Desk);
        using var bob = await TestHub.SignIn(Cast.Bob);
        await bob.Open("/desks?site=east&day=2026-11-24");

        Assert.Contains(Cast.Grace.Name.Text, bob.Page.QuerySelector(".plan-side .who-is-in")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"booked by {Cast.Grace.Name.Text}", bob.Page.QuerySelector(".plan")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{Cast.Grace.Name.Text} sits here", bob.Page.QuerySelector(".list-view")!.TextContent, StringComparison.Ordinal);

        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/desks?site=east&day=2026-11-24");
        Assert.DoesNotContain(Cast.Grace.Name.Text, ada.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_want_to_be_seen_says_so_in_their_account_and_it_counts_at_once()
    {
        await Book(Cast.Bob, Cast.Desk);
        using var bob = await TestHub.SignIn(Cast.Bob);
        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open("/desks?site=east&day=2026-11-24");
        Assert.Contains(Cast.Bob.Name.Text, grace.Text, StringComparison.Ordinal);

        await bob.Open("/account");
        Assert.Equal("Organisation", bob.Page.QuerySelector("#f-presence-shownto option[selected]")!.GetAttribute("value"));
        await bob.Send("form:has(#f-presence-shownto)", ("Presence.ShownTo", "Nobody"));

        Assert.Contains("Saved. It counts at once.", bob.Text, StringComparison.Ordinal);
        await grace.Open("/desks?site=east&day=2026-11-24");
        Assert.DoesNotContain(Cast.Bob.Name.Text, grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_three_on_all_are_counted()
    {
        await Book(Cast.Grace, Cast.Desk, DayPart.Morning);
        await Book(Cast.Frieda, Cast.Desk, DayPart.Afternoon);
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/desks?site=east&day=2026-11-24");
        Assert.DoesNotContain("Personen im", ada.Text, StringComparison.Ordinal);

        await Book(Cast.Alan, Cast.NextDesk);

        await ada.Open("/desks?site=east&day=2026-11-24");
        Assert.Contains($"3 Personen im {Cast.East.Name}.", ada.Text, StringComparison.Ordinal);
    }

    private async Task Book(Member member, Space desk, DayPart part = DayPart.Day) =>
        Assert.True((await TestHub.Services.GetRequiredService<BookSpace>().Run(
            new() { ActorId = member.Id, SpaceId = desk.Id, When = When.On(Tomorrow, part) }, Stop)).IsDone);
}
