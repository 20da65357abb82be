using System.Net;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Bookings;

/// <summary>Series on their pages, without a script: seen date by date, booked, changed, cancelled. It is Monday, 09:00.</summary>
public abstract class SeriesPagesTests(TestDatabase database) : WebHubTests(database)
{
    private const string Weekly = "repeat=Weekly&on=tue&every=1&count=4";

    private string Pattern => $"/bookings/series/new?space={Cast.Spree.Id}&day=2026-11-24&start=09:00&end=10:00";

    [Fact]
    public async Task Four_tuesdays_are_looked_at_and_booked_together_with_one_e_mail()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"/book?space={Cast.Spree.Id}&day=2026-11-24&start=09:00&end=10:00");
        await ada.Open(ada.Page.QuerySelector("a[href^='/bookings/series/new']")!.GetAttribute("href")!);
        Assert.Null(ada.Page.QuerySelector("#dates"));
        await ada.Open($"{Pattern}&{Weekly}&title=Jour+fixe");

        Assert.Contains("Alle 4 Termine sind frei.", ada.Text, StringComparison.Ordinal);
        await ada.Send("#dates");

        Assert.Contains("Eine E-Mail mit allen Terminen folgt.", ada.Text, StringComparison.Ordinal);
        Assert.Equal(4, ada.Page.QuerySelectorAll("#cut li").Length);
        Assert.Equal(4, await Standing());
        Assert.Equal(1, await TestHub.Read(db => db.Notifications.CountAsync(one => one.Type == SeriesNotifications.Booked, Stop)));
        Assert.Equal(0, await TestHub.Read(db => db.Notifications.CountAsync(one => one.Type == BookingNotifications.Confirmed, Stop)));
    }

    [Fact]
    public async Task A_date_that_is_taken_gets_another_room_another_time_or_is_left_out()
    {
        await Book(Cast.Bob, Cast.Spree, new(2026, 12, 1));
        await Book(Cast.Bob, Cast.Spree, new(2026, 12, 8));
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");

        Assert.Contains("2 von 4 Terminen sind frei.", ada.Text, StringComparison.Ordinal);
        var room = ada.Page.QuerySelector("input[name='d-2026-12-01'][value^='space:']")!.GetAttribute("value")!;
        await ada.Send("#dates", ("d-2026-12-01", room), ("d-2026-12-08", "skip"));

        Assert.Equal(3, await Standing());
        var moved = await TestHub.Read(db => db.Bookings.SingleAsync(
            one => one.MemberId == Cast.Ada.Id && one.SeriesDate == new LocalDate(2026, 12, 1), Stop));
        Assert.NotEqual(Cast.Spree.Id, moved.SpaceId);
        Assert.Contains("Termine, die fehlen (1)", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_meanwhile_books_nothing_and_is_shown()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");
        await Book(Cast.Bob, Cast.Spree, new(2026, 12, 8));

        await ada.Send("#dates");

        Assert.Equal(HttpStatusCode.Conflict, ada.Status);
        Assert.Equal(0, await Standing());
        Assert.Contains("3 von 4 Terminen sind frei.", ada.Text, StringComparison.Ordinal);
        await ada.Send("#dates", ("d-2026-12-08", "skip"));
        Assert.Equal(3, await Standing());
    }

    [Fact]
    public async Task A_booking_repeats_from_its_own_page_and_stays_what_it_is()
    {
        await Book(Cast.Ada, Cast.Spree, new(2026, 11, 24));
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open("/my-bookings");
        await ada.Open(ada.Page.QuerySelector(".agenda .what a")!.GetAttribute("href")!);
        var page = ada.Page.QuerySelector("a[href^='/bookings/series/new']")!.GetAttribute("href")!;
        await ada.Open($"{page}&{Weekly}");

        Assert.Contains("schon Ihrer", ada.Text, StringComparison.Ordinal);
        await ada.Send("#dates");

        Assert.Equal(4, await Standing());
        Assert.Equal(4, ada.Page.QuerySelectorAll("#cut li").Length);
    }

    [Fact]
    public async Task The_form_of_a_series_opens_without_an_error()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);

        await ada.Open($"/bookings/series/new?space={Cast.Spree.Id}&day=2026-11-24&start=10:00&end=11:00");

        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Null(ada.Page.QuerySelector("#errors"));
    }

    [Fact]
    public async Task Who_is_away_cancels_what_is_ticked_of_all_that_is_booked_on_these_days()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");
        await ada.Send("#dates");
        await ada.Open("/my-bookings");
        await ada.Open(ada.Page.QuerySelector("a[href='/bookings/absence']")!.GetAttribute("href")!);
        await ada.Open("/bookings/absence?from=2026-11-30&until=2026-12-09");

        var boxes = ada.Page.QuerySelectorAll("#cancel input[type=checkbox]").Select(box => box.GetAttribute("value")!).ToList();
        Assert.Equal(2, boxes.Count);
        await ada.Send("#cancel", ("id", boxes[0]));

        Assert.Contains("1 Buchung ist storniert.", ada.Text, StringComparison.Ordinal);
        Assert.Equal(3, await Standing());
        await ada.Open("/bookings/absence?from=2026-12-09&until=2026-12-01");
        Assert.Equal(HttpStatusCode.BadRequest, ada.Status);
    }

    [Fact]
    public async Task Other_days_are_looked_at_first_and_what_the_new_pattern_lacks_is_cancelled()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");
        await ada.Send("#dates");
        await ada.Open(ada.Page.QuerySelector("a[href$='/change']")!.GetAttribute("href")!);
        Assert.Null(ada.Page.QuerySelector("#dates"));

        var page = ada.Address.AbsolutePath;
        await ada.Open($"{page}?day=2026-12-01&room={Cast.Spree.Id}&start=09:00&end=10:00&repeat=Weekly&on=thu&every=1&count=2");
        Assert.Contains("3 Termine werden storniert", ada.Text, StringComparison.Ordinal);
        Assert.Equal(4, await Standing());
        await ada.Send("#dates");

        Assert.Contains("Geändert. Eine E-Mail folgt.", ada.Text, StringComparison.Ordinal);
        Assert.Equal(3, await Standing());
        Assert.Equal(2, ada.Page.QuerySelectorAll("#cut li").Length);
    }

    [Fact]
    public async Task A_change_that_meets_somebody_else_asks_what_becomes_of_that_date()
    {
        await Book(Cast.Bob, Cast.Panke, new(2026, 12, 8));
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");
        await ada.Send("#dates");
        await ada.Open(ada.Page.QuerySelector("a[href$='/change']")!.GetAttribute("href")!);
        var page = ada.Address.AbsolutePath;
        await ada.Open($"{page}?day=2026-11-24&room={Cast.Panke.Id}&start=09:00&end=10:00&repeat=Weekly&on=tue&every=1&count=4");

        await ada.Send("#dates", ("d-2026-12-08", "skip"));

        Assert.Equal(3, await Standing());
        Assert.Contains("Termine, die fehlen (1)", ada.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_ahead_moves_to_another_time_and_is_cancelled_from_a_date_on()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");
        await ada.Send("#dates");

        await ada.Send("#change", ("start", "11:00"), ("end", "12:00"));
        Assert.Contains("Geändert.", ada.Text, StringComparison.Ordinal);
        var starts = await TestHub.Read(db => db.Bookings.Where(one => one.MemberId == Cast.Ada.Id && one.Status == BookingStatus.Confirmed)
            .Select(one => one.StartLocal).ToListAsync(Stop));
        Assert.Equal([11, 11, 11, 11], starts.Select(start => start.Hour));

        await ada.Send("#cut", ("following", "2026-12-08"));
        Assert.Equal(2, await Standing());
        await ada.Send("#cancel");
        Assert.Equal(0, await Standing());
        Assert.Equal(0, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task Others_find_no_series_and_what_is_missing_is_named_beside_its_field()
    {
        using var ada = await TestHub.SignIn(Cast.Ada);
        await ada.Open($"{Pattern}&{Weekly}");
        await ada.Send("#dates");
        var series = ada.Address.AbsolutePath;
        using var bob = await TestHub.SignIn(Cast.Bob);

        await bob.Open(series);
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
        await bob.Open($"{Pattern}&repeat=Weekly&every=1");
        Assert.Equal(HttpStatusCode.BadRequest, bob.Status);
        Assert.NotNull(bob.Page.QuerySelector("#until-error, [aria-describedby*='until'][aria-invalid=true]"));
        await bob.Open($"/bookings/series/new?space={Cast.Spree.Id}&repeat=Weekly&count=3");
        Assert.Equal(HttpStatusCode.BadRequest, bob.Status);
        await bob.Open("/bookings/series/new?space=999999");
        Assert.Equal(HttpStatusCode.NotFound, bob.Status);
    }

    private Task<int> Standing() => TestHub.Read(db => db.Bookings.CountAsync(
        one => one.MemberId == Cast.Ada.Id && one.Status == BookingStatus.Confirmed, Stop));

    private async Task Book(DigiHub.Members.Member member, DigiHub.Spaces.Space space, LocalDate day) =>
        Assert.True((await TestHub.Services.GetRequiredService<BookSpace>().Run(new BookSpaceRequest
        {
            ActorId = member.Id,
            SpaceId = space.Id,
            When = When.Between(day + new LocalTime(9, 0), day + new LocalTime(10, 0)),
        }, Stop)).IsDone);

    public sealed class OnSqlite(SqliteDatabase database) : SeriesPagesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SeriesPagesTests(database), IClassFixture<PostgresDatabase>;
}
