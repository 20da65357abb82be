using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Members;

namespace DigiHub.Tests.Bookings.Series;

/// <summary>Series and single bookings want one room at the same moment: who comes first has it whole, and nobody gets an error.</summary>
public abstract class SeriesRaceTests(TestDatabase database) : SeriesTests(database)
{
    [Fact]
    public async Task Of_several_series_for_one_room_one_is_booked_whole_and_the_others_not_at_all()
    {
        Member[] people = [Cast.Ada, Cast.Bob, Cast.Grace, Cast.Frieda];

        var outcomes = await Task.WhenAll(people.Select(who =>
            Task.Run(() => TryBook(Request() with { ActorId = who.Id }), Stop)));

        Assert.Single(outcomes, outcome => outcome.Outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.Outcome.IsDone), outcome =>
        {
            Assert.Equal("dates_impossible", outcome.Refusal?.Code);
            Assert.Equal(10, outcome.Preview!.Impossible.Count());
        });
        Assert.Equal((10, 10, 1), (await Count<Booking>(), await Count<Claim>(), await Count<BookingSeries>()));
    }

    [Fact]
    public async Task Series_against_single_bookings_never_overlap_and_a_series_is_whole_or_not_there()
    {
        for (var round = 0; round < 3; round++)
        {
            var (room, hour) = (round == 1 ? Cast.Hall : Cast.Spree, 8 + 3 * round);
            var times = SeriesTimes.Between(new(hour, 0), new(hour + 1, 0));
            List<Task<bool>> acts =
            [
                Task.Run(async () => (await TryBook(Request() with { SpaceId = room.Id, Times = times })).Outcome.IsDone, Stop),
                .. Enumerable.Range(0, 10).Select(week => Task.Run(async () => (await TestHub.TryBook(Cast.Bob, Cast.Spree, When.Between(
                    Week(week) + new LocalTime(hour, 30), Week(week) + new LocalTime(hour + 1, 30)))).IsDone, Stop)),
            ];

            var done = await Task.WhenAll(acts);

            Assert.Equal(0, await TestHub.OverlappingClaims());
            Assert.Equal(done[0], !done.Skip(1).Any(one => one));
        }

        Assert.All(await TestHub.Read(db => db.BookingSeries.AsNoTracking().ToListAsync(Stop)), series =>
            Assert.Equal(10, TestHub.Read(db => db.Bookings.OfSeries(series.Id).CountAsync(Stop)).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Changes_and_cancellations_at_once_leave_what_stands_claimed_and_nothing_else()
    {
        var series = await Book(Request());
        List<Task<string?>> acts =
        [
            Code(() => TryChange(AllOf(series) with { Times = Noon })),
            Code(() => TryChange(Following(series, Week(4)) with { SpaceId = Cast.Panke.Id })),
            Code(() => TryChange(Following(series, Week(6)) with { Title = "Neu" })),
            Task.Run(async () => (await TryCancel(series, SeriesScope.This, Week(5))).Refusal?.Code, Stop),
            Task.Run(async () => (await TryCancel(series, SeriesScope.ThisAndFollowing, Week(8))).Refusal?.Code, Stop),
            Task.Run(async () => (await TestHub.TryBook(Cast.Bob, Cast.Spree, When.Between(
                Week(7) + new LocalTime(12, 0), Week(7) + new LocalTime(13, 0)))).Refusal?.Code, Stop),
        ];

        var codes = await Task.WhenAll(acts);

        string?[] expected = [null, "stale", "slot_taken", "dates_impossible", "nothing_ahead", "not_found", "already_cancelled"];
        Assert.All(codes, code => Assert.Contains(code, expected));
        Assert.Equal(0, await TestHub.OverlappingClaims());
        var standing = await TestHub.Read(db => db.Bookings.Where(one => one.Status == BookingStatus.Confirmed)
            .Select(one => one.Id).ToListAsync(Stop));
        var held = await TestHub.Read(db => db.Claims.Select(one => one.HolderId).Distinct().ToListAsync(Stop));
        Assert.Equal(standing.Order(), held.Order());

        Task<string?> Code(Func<Task<SeriesOutcome>> act) => Task.Run(async () => (await act()).Refusal?.Code, Stop);
    }

    [Fact]
    public async Task Two_changes_of_one_revision_have_one_winner()
    {
        var series = await Book(Request());

        var outcomes = await Task.WhenAll(Enumerable.Range(12, 4).Select(hour => Task.Run(() => TryChange(AllOf(series) with
        {
            Times = SeriesTimes.Between(new(hour, 0), new(hour + 1, 0)),
            IfRevision = 1,
        }), Stop)));

        Assert.Single(outcomes, outcome => outcome.Outcome.IsDone);
        Assert.All(outcomes.Where(outcome => !outcome.Outcome.IsDone), outcome => Assert.Equal("stale", outcome.Refusal?.Code));
    }

    public sealed class OnSqlite(SqliteDatabase database) : SeriesRaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SeriesRaceTests(database), IClassFixture<PostgresDatabase>;
}
