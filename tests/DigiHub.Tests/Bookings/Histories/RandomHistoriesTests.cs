using DigiHub.Spaces;

namespace DigiHub.Tests.Bookings.Histories;

/// <summary>
/// Random histories against a simple model: booking, moving, cancelling and reinstating, series and their three scopes, swaps, hand-overs,
/// waiting and offers, approval, checking in and release, absence, and time that passes. A history that breaks a promise is made as short
/// as it can be before it is shown.
/// </summary>
public abstract class RandomHistoriesTests(TestDatabase database) : HubTests(database)
{
    private const int StepsMax = 20;

    [Fact]
    public Task Three_hundred_random_histories_keep_every_promise() => Follow(300, seed: 20261130);

    [Fact(Explicit = true)]
    public Task Ten_thousand_random_histories_keep_every_promise() => Follow(10_000, Environment.TickCount);

    private async Task Follow(int histories, int seed)
    {
        await Prepare();
        var dice = new Random(seed);
        var world = new World(TestHub, Stop);
        for (var number = 0; number < histories; number++)
        {
            // Through winter and summer and across both changes of the clocks.
            var week = new LocalDate(2027, 3, 1).PlusWeeks(number % 40);
            List<Step> steps = [.. Enumerable.Range(0, 4 + dice.Next(StepsMax - 3)).Select(_ => Step.Random(dice))];
            if (await Wrong(world, week, steps, all: false) is null)
                continue;
            var shortest = await Shrink(world, week, steps);
            var why = await Wrong(world, week, shortest, all: true);
            Assert.Fail($"History {number} of seed {seed}, week of {week:uuuu-MM-dd}: {why ?? "it does not happen again"}\n"
                + string.Join('\n', shortest));
        }

        Assert.Empty(Enum.GetValues<Deed>().Except(world.EverDone)); // what is always refused shows nothing
    }

    /// <summary>Booths need approval, rooms ask people to check in.</summary>
    private async Task Prepare()
    {
        await using var db = TestHub.OpenDb();
        await db.RuleSets.Where(one => one.Id == Cast.BoothRules.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.NeedsApproval, true), Stop);
        await db.RuleSets.Where(one => one.Id == Cast.RoomRules.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CheckInGraceMinutes, 15), Stop);
    }

    /// <param name="all">Looks after every step; else only at the end, and after each at what stands.</param>
    /// <returns>What is wrong, and after which step.</returns>
    private static async Task<string?> Wrong(World world, LocalDate week, IReadOnlyList<Step> steps, bool all)
    {
        await world.Begin(week);
        for (var number = 0; number < steps.Count; number++)
        {
            if (await world.Do(steps[number]) is { } wrong)
                return $"step {number + 1}: {wrong}";
            if ((all || number == steps.Count - 1) && await world.Check() is { } broken)
                return $"step {number + 1}: {broken}";
        }

        return null;
    }

    /// <summary>Takes out one step after the other, as long as it is still wrong without.</summary>
    private static async Task<IReadOnlyList<Step>> Shrink(World world, LocalDate week, List<Step> steps)
    {
        for (var at = steps.Count - 1; at >= 0; at--)
        {
            List<Step> without = [.. steps.Take(at), .. steps.Skip(at + 1)];
            if (await Wrong(world, week, without, all: true) is not null)
                steps = without;
        }

        return steps;
    }

    public sealed class OnSqlite(SqliteDatabase database) : RandomHistoriesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RandomHistoriesTests(database), IClassFixture<PostgresDatabase>;
}
