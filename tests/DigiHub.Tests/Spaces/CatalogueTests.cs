using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests.Bookings;

namespace DigiHub.Tests.Spaces;

/// <summary>
/// Two processes on one database; the clocks of both stand still unless a test moves them, so nothing here grows old by waiting.
/// </summary>
public abstract class CatalogueTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private TestHub other = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        other = TestHub.AnotherProcess();
        await TestHub.Get<Catalogue>().Map(Stop);
        await other.Get<Catalogue>().Map(Stop);
    }

    public override async ValueTask DisposeAsync()
    {
        if (other is not null)
            await other.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_day_closed_by_another_process_takes_no_booking_though_this_one_has_not_looked_again()
    {
        var kept = await TestHub.Book(Cast.Ada, Cast.Spree, At(Tomorrow.PlusDays(1), 10));
        var cancelled = await TestHub.Book(Cast.Bob, Cast.Spree, At(Tomorrow, 14));
        await TestHub.Get<CancelBooking>().Run(cancelled.Id, Cast.Bob.Id, ifRevision: null, Stop);
        var seen = await TestHub.Get<Catalogue>().Map(Stop);

        await Close(other, Tomorrow);

        Assert.Same(seen, await TestHub.Get<Catalogue>().Map(Stop)); // it still shows the old picture
        Assert.Equal("closed_that_day", (await TestHub.Refused(Cast.Bob, Cast.Booth, At(Tomorrow, 10))).Code);
        Assert.Equal("closed_that_day", (await TestHub.Get<MoveBooking>()
            .Run(new() { BookingId = kept.Id, ActorId = Cast.Ada.Id, When = At(Tomorrow, 10) }, Stop)).Refusal?.Code);
        Assert.Equal("closed_that_day", (await TestHub.Get<ReinstateBooking>().Run(cancelled.Id, Cast.Bob.Id, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_change_shows_at_once_where_it_was_made_and_within_a_second_elsewhere()
    {
        await Close(other, Tomorrow);

        Assert.Single(await Closures(other));
        TestHub.Clock.AdvanceMilliseconds(999);
        Assert.Single(await Closures(TestHub));
    }

    [Fact]
    public async Task Even_a_change_past_all_code_shows_within_a_second()
    {
        await TestHub.Read(db => db.Set<Space>().Where(space => space.Id == Cast.Booth.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(space => space.Name, "Box"), Stop));
        await TestHub.Read(db => db.Set<WeeklyHours>()
            .Where(hours => hours.SiteId == Cast.East.Id && hours.Day == IsoDayOfWeek.Tuesday).ExecuteDeleteAsync(Stop));
        other.Clock.AdvanceMilliseconds(999);

        var map = await other.Get<Catalogue>().Map(Stop);

        Assert.Equal("Box", map.Space(Cast.Booth.Id)!.Name);
        Assert.Null(map.Place(Cast.East.Id)!.Hours.On(Tomorrow));
    }

    [Fact]
    public async Task A_picture_of_which_nothing_has_changed_is_kept()
    {
        var seen = await TestHub.Get<Catalogue>().Map(Stop);
        await TestHub.Book(Cast.Ada, Cast.Booth, At(Tomorrow, 10));
        TestHub.Clock.AdvanceMinutes(5);

        Assert.Same(seen, await TestHub.Get<Catalogue>().Map(Stop));
    }

    [Fact]
    public async Task A_booking_made_while_another_process_closes_the_day_is_refused_or_listed()
    {
        var hours = Enumerable.Range(8, 12).ToList();
        for (var week = 0; week < 4; week++)
        {
            var day = Tomorrow.PlusDays(week);
            var booking = hours.Select(hour => Task.Run(() => TestHub.TryBook(Cast.Ada, Cast.Booth, At(day, hour)), Stop)).ToList();
            var closing = Task.Run(() => Close(other, day), Stop);
            var outcomes = await Task.WhenAll(booking);
            var told = (await closing).PeopleTold;

            Assert.All(outcomes.Where(outcome => !outcome.IsDone), outcome => Assert.Equal("closed_that_day", outcome.Refusal!.Code));
            Assert.Equal(outcomes.Any(outcome => outcome.IsDone) ? 1 : 0, told);
        }
    }

    private async Task<ClosureOutcome> Close(TestHub process, LocalDate day) =>
        (await process.Get<CloseSite>().Run(new(Cast.Alan.Id, Cast.East.Id, day, day, new("Painting", "Maler")), Stop)).Value;

    private async Task<List<Closure>> Closures(TestHub process) =>
        (await process.Get<Catalogue>().Map(Stop)).Place(Cast.East.Id)!.Site.Closures;

    private static When At(LocalDate day, int hour) => When.Between(day.At(new(hour, 0)), day.At(new(hour, 45)));

    public sealed class OnSqlite(SqliteDatabase database) : CatalogueTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CatalogueTests(database), IClassFixture<PostgresDatabase>;
}
