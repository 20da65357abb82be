using DigiHub.Data;

namespace DigiHub.Mail;

/// <summary>The relay's state, for administrators.</summary>
public sealed class RelayNow(HubDbFactory databases)
{
    public async Task<Relay> Run(CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.RelayNow(stop);
    }
}
