using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Meetings;

/// <summary>"Four people East, three West, at ten for an hour."</summary>
public abstract class FreePairsTests(TestDatabase database) : HubTests(database)
{
    private static readonly LocalDate Tomorrow = new(2026, 11, 24);

    private static readonly LocalSpan ten = new(Tomorrow.At(new(10, 0)), Tomorrow.At(new(11, 0)));

    [Fact]
    public async Task The_smallest_that_fit_come_first()
    {
        await TestHub.MoreAtWest("Wannsee"); // for 12

        var found = await Search(people: 4, others: 3);

        Assert.Equal(
            [("Spree", "Havel"), ("Spree", "Wannsee"), ("Panke", "Havel"), ("Panke", "Wannsee")],
            found.Pairs.Take(4).Select(pair => (pair.First.Space.Name, pair.Second.Space.Name)));
        Assert.Empty(found.NothingAt);
    }

    [Fact]
    public async Task Each_pair_can_be_booked()
    {
        var found = await Search(people: 10, others: 8);

        var pair = found.Pairs[0];
        Assert.Equal(("Panke", "Havel"), (pair.First.Space.Name, pair.Second.Space.Name));
        Assert.True((await TestHub.TryMeet(Cast.Ada, pair.First.Space, pair.Second.Space, When.Between(ten.Start, ten.End))).IsDone);
    }

    [Fact]
    public async Task Where_one_site_has_nothing_it_is_named_with_the_nearest_times_of_both()
    {
        await TestHub.Book(Cast.Bob, Cast.Havel, When.Between(ten.Start, ten.End));

        var found = await Search(people: 4, others: 3);

        Assert.Empty(found.Pairs);
        Assert.Equal(Cast.West.Id, Assert.Single(found.NothingAt).Site.Id);
        Assert.Equal(FreePairs.OtherTimesMax, found.OtherTimes.Count);
        foreach (var time in found.OtherTimes)
            Assert.NotEmpty((await TestHub.Get<FreePairs>().Run(
                new(Cast.East.Id, 4), new(Cast.West.Id, 3), time, equipment: null, Stop)).Value.Pairs);
    }

    [Fact]
    public async Task A_room_that_somebody_approves_is_left_out()
    {
        var waits = await TestHub.MoreAtWest("Nollendorf", approval: true);

        Assert.DoesNotContain((await Search(people: 4, others: 3)).Pairs, pair => pair.Second.Space.Id == waits.Id);
        Assert.Empty((await Search(people: 4, others: 12)).Pairs);
    }

    [Fact]
    public async Task One_site_twice_and_nobody_are_refused()
    {
        var pairs = TestHub.Get<FreePairs>();

        Assert.Equal("meeting_one_site",
            (await pairs.Run(new(Cast.East.Id, 1), new(Cast.East.Id, 1), ten, equipment: null, Stop)).Refusal?.Code);
        Assert.Equal("people_out_of_range",
            (await pairs.Run(new(Cast.East.Id, 0), new(Cast.West.Id, 1), ten, equipment: null, Stop)).Refusal?.Code);
    }

    private async Task<FoundPairs> Search(int people, int others) => (await TestHub.Get<FreePairs>().Run(
        new(Cast.East.Id, people), new(Cast.West.Id, others), ten, equipment: null, Stop)).Value;

    public sealed class OnSqlite(SqliteDatabase database) : FreePairsTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FreePairsTests(database), IClassFixture<PostgresDatabase>;
}
