using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Registrations;
using DigiHub.Tests.Events;

namespace DigiHub.Tests.Registrations;

public abstract class SeatRaceTests(TestDatabase database) : EventTests(database)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await TestHub.Get<HubTokenSigner>().Get(Stop); // made before anybody comes, as at the program's start
    }

    /// <summary>"busy" is a valid result, after which the test tries again.</summary>
    private async Task<Registered> Insist(Event evt, string name)
    {
        for (var tries = 0; ; tries++)
        {
            var outcome = await RegisterGuest(evt, name);
            if (outcome.Refusal is not { IsTransient: true } || tries == 20)
                return outcome.Value;
        }
    }

    [Fact]
    public async Task Of_500_who_want_50_seats_at_once_50_get_one_and_the_others_wait_in_order()
    {
        var evt = await Publish(Draft with { SpaceId = Cast.Hall.Id, Capacity = 50 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => Insist(evt, $"guest{i}"))));

        var rows = await Rows(evt);
        Assert.Equal(Enumerable.Range(1, 500), rows.Select(row => row.Number));
        Assert.All(rows.Take(50), row => Assert.Equal(RegistrationStatus.Confirmed, row.Status));
        Assert.All(rows.Skip(50), row => Assert.Equal(RegistrationStatus.Waiting, row.Status));
        Assert.Equal(50, answers.Count(answer => answer.Status == RegistrationStatus.Confirmed));
        Assert.Equal(Enumerable.Range(1, 450), answers.Where(answer => answer.Place is not null)
            .Select(answer => answer.Place!.Value).Order());
    }

    [Fact]
    public async Task One_address_that_registers_many_times_at_once_gets_one_seat()
    {
        var evt = await Publish();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => Insist(evt, "Lise"))));

        Assert.Single(await Rows(evt));
    }

    [Fact]
    public async Task While_people_come_and_go_there_are_never_more_than_the_seats_and_nobody_is_overtaken()
    {
        const int seats = 8;
        var evt = await Publish(Draft with { Capacity = seats });
        for (var i = 0; i < seats + 20; i++)
            await RegisterGuest(evt, $"early{i}");
        var early = await Rows(evt);

        var leave = early.Take(seats + 10).Where((_, i) => i % 2 == 0).Select(row => Task.Run(async () => { await CancelAsGrace(row); }));
        var come = Enumerable.Range(0, 30).Select(i => Task.Run(async () => { await Insist(evt, $"late{i}"); }));
        await Task.WhenAll(leave.Concat(come));

        var live = (await Rows(evt)).Where(row => row.IsLive).ToList();
        var (confirmed, waiting) = (live.Where(row => row.Status == RegistrationStatus.Confirmed).ToList(),
            live.Where(row => row.Status == RegistrationStatus.Waiting).ToList());
        Assert.Equal(seats, confirmed.Count);
        Assert.True(confirmed.Max(row => row.Number) < waiting.Min(row => row.Number));
    }

    public sealed class OnSqlite(SqliteDatabase database) : SeatRaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SeatRaceTests(database), IClassFixture<PostgresDatabase>;
}
