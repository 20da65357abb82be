using DigiHub.Data;

namespace DigiHub.Keys;

/// <summary>The hub's own seal, read once for each process; every process of the hub has the same.</summary>
public sealed class HubSeal(HubDbFactory databases, IClock clock)
{
    private volatile Seal? seal;

    public async ValueTask<Seal> Get(CancellationToken stop = default) => seal ??= await Load(stop);

    private async Task<Seal> Load(CancellationToken stop)
    {
        try
        {
            await using var db = databases.Open();
            return await Seal.Load(db, clock, stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            // Another process made the key in the same moment: theirs counts.
            await using var db = databases.Open();
            return await Seal.Load(db, clock, stop);
        }
    }
}
