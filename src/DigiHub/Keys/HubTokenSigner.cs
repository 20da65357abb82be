using DigiHub.Data;

namespace DigiHub.Keys;

/// <summary>The hub's own signer, read once for each process; every process of the hub has the same.</summary>
public sealed class HubTokenSigner(HubDbFactory databases, IClock clock)
{
    private volatile TokenSigner? signer;

    public async ValueTask<TokenSigner> Get(CancellationToken stop = default) => signer ??= await Load(stop);

    private async Task<TokenSigner> Load(CancellationToken stop)
    {
        try
        {
            await using var db = databases.Open();
            return await TokenSigner.Load(db, clock, stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            // Another process made the key in the same moment: theirs counts.
            await using var db = databases.Open();
            return await TokenSigner.Load(db, clock, stop);
        }
    }
}
