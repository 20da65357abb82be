using DigiHub.Web.Security;

namespace DigiHub.Web.Tests.Security;

public sealed class FairQueueTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_a_place_for_others_whatever_one_caller_does()
    {
        var queue = new FairQueue(places: 2);
        Assert.True(await queue.Enter("crowd", "a", Stop));
        var second = queue.Enter("crowd", "b", Stop);

        Assert.True(await queue.Enter("somebody", "c", Stop));

        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task Turns_away_at_once_who_is_the_third_to_wait_for_one_account()
    {
        var queue = new FairQueue(places: 1);
        Assert.True(await queue.Enter("crowd", "a", Stop));
        var waiting = new[] { queue.Enter("crowd", "a", Stop), queue.Enter("crowd", "a", Stop) };

        Assert.False(await queue.Enter("crowd", "a", Stop));

        Assert.All(waiting, one => Assert.False(one.IsCompleted));
    }

    [Fact]
    public async Task Lets_callers_take_turns_however_many_of_one_wait()
    {
        var queue = new FairQueue(places: 1);
        Assert.True(await queue.Enter("crowd", "0", Stop));
        var crowd = Enumerable.Range(1, FairQueue.WaitingPerCallerMax).Select(account => queue.Enter("crowd", $"{account}", Stop)).ToList();
        var somebody = queue.Enter("somebody", "c", Stop);
        Assert.False(await queue.Enter("crowd", "one more", Stop));

        queue.Leave("crowd");

        Assert.True(await somebody);
        Assert.All(crowd, one => Assert.False(one.IsCompleted));
    }

    [Fact]
    public async Task Forgets_who_gave_up_waiting()
    {
        var queue = new FairQueue(places: 1);
        Assert.True(await queue.Enter("crowd", "a", Stop));
        using var hangingUp = new CancellationTokenSource();
        var impatient = queue.Enter("crowd", "b", hangingUp.Token);
        await hangingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        queue.Leave("crowd");

        Assert.True(await queue.Enter("somebody", "c", Stop));
    }
}
