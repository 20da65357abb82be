using DigiHub.Data;
using DigiHub.Organisations;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Data;

/// <summary>Writes that wait together on SQLite share a commit, and nothing else.</summary>
public sealed class GroupCommitTests(SqliteDatabase database) : HubTests(database), IClassFixture<SqliteDatabase>
{
    private const int Crowd = 20;

    private readonly Commits commits = new();

    private UnitOfWork Work => TestHub.Get<UnitOfWork>();

    protected override void ConfigureServices(IServiceCollection services) =>
        services.ConfigureDbContext<SqliteDb>(builder => builder.AddInterceptors(commits));

    [Fact]
    public async Task Those_who_wait_are_committed_together()
    {
        commits.Count = 0;

        var outcomes = await Together(Enumerable.Range(0, Crowd).Select(i => Add($"Crowd {i}")));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Equal(Crowd, await Named("Crowd"));
        Assert.InRange(commits.Count, 1, 3); // those that came while the first was at work joined it
        Assert.Equal(Crowd, Work.Writes);
    }

    [Fact]
    public async Task A_refusal_among_them_takes_back_its_own_rows_alone()
    {
        var outcomes = await Together(Enumerable.Range(0, Crowd).Select(i => i % 3 == 0 ? AddAndRefuse($"Crowd {i}") : Add($"Crowd {i}")));

        Assert.Equal(
            Enumerable.Range(0, Crowd).Where(i => i % 3 != 0).Select(i => $"Crowd {i}").Order(StringComparer.Ordinal),
            await TestHub.Read(db => db.Organisations.Where(one => one.Name.StartsWith("Crowd"))
                .Select(one => one.Name).OrderBy(name => name).ToListAsync(Stop)));
        Assert.Equal(7, outcomes.Count(outcome => outcome.Refusal == Refusal.Stale));
    }

    [Fact]
    public async Task What_throws_among_them_throws_to_its_own_caller_alone()
    {
        var thrown = Work.Run<int>(async db =>
        {
            db.Add(New("Crowd of one"));
            await db.SaveChangesAsync(Stop);
            throw new TimeZoneNotFoundException();
        }, Stop);

        var outcomes = await Together(Enumerable.Range(0, Crowd).Select(i => Add($"Crowd {i}")));

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => thrown);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Equal(Crowd, await Named("Crowd"));
    }

    [Fact]
    public async Task One_that_breaks_the_transaction_lets_the_others_try_again()
    {
        // As a full disk does: the engine rolls back everything there is.
        var breaks = Work.Run<int>(async db =>
        {
            db.Add(New("Crowd of one"));
            await db.SaveChangesAsync(Stop);
            await db.Database.ExecuteSqlRawAsync("ROLLBACK", Stop);
            throw new TimeZoneNotFoundException();
        }, Stop);

        var outcomes = await Together(Enumerable.Range(0, Crowd).Select(i => Add($"Crowd {i}")));

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => breaks);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Equal(Crowd, await Named("Crowd"));
    }

    [Fact]
    public async Task One_whose_caller_has_gone_is_not_written_and_holds_up_nobody()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var first = Work.Run<int>(async db =>
        {
            db.Add(New("Crowd of one"));
            await gone.CancelAsync();
            await db.SaveChangesAsync(gone.Token);
            return 1;
        }, gone.Token);

        var outcomes = await Together(Enumerable.Range(0, Crowd).Select(i => Add($"Crowd {i}")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Equal(Crowd, await Named("Crowd"));
    }

    private static async Task<Outcome<int>[]> Together(IEnumerable<Func<Task<Outcome<int>>>> writes) =>
        await Task.WhenAll(writes.Select(write => Task.Run(write)));

    private Func<Task<Outcome<int>>> Add(string name) => () => Work.Run<int>(async db =>
    {
        db.Add(New(name));
        await db.SaveChangesAsync(Stop);
        await Task.Delay(5, Stop); // long enough for the others to queue
        return 1;
    }, Stop);

    private Func<Task<Outcome<int>>> AddAndRefuse(string name) => () => Work.Run<int>(async db =>
    {
        db.Add(New(name));
        await db.SaveChangesAsync(Stop);
        return Refusal.Stale;
    }, Stop);

    private static Organisation New(string name) => new() { Slug = name, Name = name, Kind = OrganisationKind.Company };

    private Task<int> Named(string prefix) =>
        TestHub.Read(db => db.Organisations.CountAsync(one => one.Name.StartsWith(prefix), Stop));

    private sealed class Commits : DbTransactionInterceptor
    {
        private int count;

        public int Count { get => count; set => count = value; }

        public override Task TransactionCommittedAsync(
            System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        }
    }
}
