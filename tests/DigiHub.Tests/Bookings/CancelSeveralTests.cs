using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Notifications;
using DigiHub.Tests.Bookings.Series;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings;

/// <summary>Several bookings cancelled together, across series: what somebody who is away needs.</summary>
public abstract class CancelSeveralTests(TestDatabase database) : SeriesTests(database)
{
    [Fact]
    public async Task Everything_of_some_days_goes_across_series_with_one_email()
    {
        var jour = await Book(Request());
        var lunch = await Book(Request() with { SpaceId = Cast.Panke.Id, Times = Noon });
        var single = await TestHub.Book(Cast.Ada, Cast.Panke, When.Between(Week(1) + new LocalTime(15, 0), Week(1) + new LocalTime(16, 0)));
        TestHub.Clock.AdvanceMinutes(1);
        var before = (await AllEmails()).Count(one => one.State != NotificationState.Cancelled);

        var during = await TestHub.Get<CancelSeveral>().During(Cast.Ada.Id, new(Week(1), Week(2)), Stop);
        var cancelled = await Run([.. during.Select(view => view.Booking.Id)], new(Week(1), Week(2)));

        Assert.Equal((5, 5), (during.Count, cancelled.Value));
        Assert.Equal(8, (await Standing(jour)).Count);
        Assert.Equal(8, (await Standing(lunch)).Count);
        Assert.Equal(BookingStatus.Cancelled, (await TestHub.Reread(single)).Status);
        Assert.Equal(16, await Count<Claim>());
        var told = (await AllEmails()).Where(one => one.Type != BookingNotifications.Reminder).Skip(before)
            .Where(one => one.State != NotificationState.Cancelled).ToList();
        Assert.Equal(BookingNotifications.CancelledTogether, Assert.Single(told).Type);
        Assert.Equal(
            [SeriesExceptionReason.Cancelled, SeriesExceptionReason.Cancelled], (await Exceptions(jour)).Select(one => one.Reason));
    }

    [Fact]
    public async Task What_was_given_back_for_an_absence_does_not_come_back_when_the_series_changes()
    {
        var series = await Book(Request());
        await Run([(await On(series, Week(3))).Id], new(Week(3), Week(3)));

        await Change(AllOf(series) with { Times = Noon, Resets = true });

        Assert.Equal(9, (await Standing(series)).Count);
        Assert.DoesNotContain(Week(3), await Standing(series));
    }

    [Fact]
    public async Task A_booking_over_night_or_over_several_days_counts_for_each_of_its_days()
    {
        await TestHub.Book(Cast.Ada, Cast.Desk, When.Days(Tuesday, Tuesday.PlusDays(2)));

        Assert.Single(await TestHub.Get<CancelSeveral>().During(Cast.Ada.Id, new(Tuesday.PlusDays(1), Tuesday.PlusDays(1)), Stop));
        Assert.Empty(await TestHub.Get<CancelSeveral>().During(Cast.Ada.Id, new(Tuesday.PlusDays(3), Tuesday.PlusDays(3)), Stop));
    }

    [Fact]
    public async Task Nothing_is_cancelled_if_one_of_them_is_somebody_elses()
    {
        var series = await Book(Request());
        var bobs = await BobHas(Cast.Panke, Week(1), 15);
        var date = await On(series, Week(1));

        Assert.Equal("not_found", (await Run([date.Id, bobs.Id])).Refusal?.Code);
        Assert.Equal("not_found", (await Run([date.Id, Guid.NewGuid()])).Refusal?.Code);
        Assert.Equal("nothing_chosen", (await Run([])).Refusal?.Code);
        Assert.Equal("too_many_chosen",
            (await Run([.. Enumerable.Range(0, CancelSeveral.Max + 1).Select(_ => Guid.NewGuid())])).Refusal?.Code);
        Assert.Equal(10, (await Standing(series)).Count);
    }

    [Fact]
    public async Task What_has_begun_stays_as_it_is()
    {
        var series = await Book(Request());
        TestHub.Clock.Reset((Tuesday + new LocalTime(10, 30)).InZoneStrictly(Berlin).ToInstant());

        var dates = await Dates(series);
        Assert.Equal(1, (await Run([dates[0].Id, dates[1].Id])).Value);

        Assert.Equal(BookingStage.Running, (await On(series, Tuesday)).StageAt(TestHub.Clock.GetCurrentInstant()));
    }

    private Task<Outcome<int>> Run(IReadOnlyCollection<Guid> ids, Absence? absence = null) =>
        TestHub.Get<CancelSeveral>().Run(new(Cast.Ada.Id, ids, absence), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : CancelSeveralTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CancelSeveralTests(database), IClassFixture<PostgresDatabase>;
}
