using DigiHub.Tests;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>A day gone by is said to be over; nobody is led to the next open day of back then.</summary>
public sealed class PastDayTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("/find?kind=room&day=2020-01-01&start=10:00")]
    [InlineData("/find?kind=desk&day=2026-11-22")]
    [InlineData("/desks?day=2020-01-01")]
    [InlineData("/rooms?day=2026-11-20")]
    public async Task Says_that_the_day_is_over(string path)
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);

        await ada.Open(path);

        Assert.Contains("ist vorbei. Wählen Sie heute oder einen späteren Tag.", ada.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2. Januar 2020", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_form_says_of_a_last_day_that_is_none_that_it_is_none()
    {
        using var ada = await TestHub.SignIn(Cast.Ada, Language.German);
        await ada.Open($"/book?space={Cast.Desk.Id}&day=2026-11-24");

        await ada.Send("form.card", ("day", "2026-11-24"), ("until", "9999-99-99"));

        Assert.Contains("Wählen Sie einen letzten Tag", ada.Page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await TestHub.Read(db => db.Set<DigiHub.Bookings.Booking>().ToListAsync(Stop)));
    }
}
