using DigiHub.Data;

namespace DigiHub.Keys;

/// <summary>
/// What makes this hub's names for things unique in the world (UIDs, Message-IDs, List-Ids): random, made once, kept in the database. Never
/// anything that a setting says, such as the public host: after a move to another address everything known by name is still known (RFC 7986
/// 5.3). Read once for each process; every process of the hub has the same.
/// </summary>
public sealed class HubIdentity(HubDbFactory databases, IClock clock)
{
    private const string KeyName = "identity";

    private volatile HubName? name;

    public async ValueTask<HubName> Get(CancellationToken stop = default) => name ??= await Load(stop);

    private async Task<HubName> Load(CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await Stored(db, stop) is { } known)
            return known;
        db.Keys.Add(new StoredKey { Name = KeyName, Text = $"{Guid.NewGuid():N}", CreatedAt = clock.GetCurrentInstant() });
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            db.ChangeTracker.Clear(); // another process was faster; uses its name
        }

        return (await Stored(db, stop))!;
    }

    private static async Task<HubName?> Stored(HubDb db, CancellationToken stop) =>
        await db.Keys.AsNoTracking().SingleOrDefaultAsync(key => key.Name == KeyName, stop) is { } stored
            ? new HubName(stored.Text, stored.CreatedAt)
            : null;
}

/// <param name="Text">32 hexadecimal digits.</param>
/// <param name="Since">When it was made.</param>
public sealed record HubName(string Text, Instant Since)
{
    /// <summary>Right of the @ in a Message-ID (RFC 5322 3.6.4).</summary>
    public string MessageDomain => $"{Text}.digihub";

    /// <summary>
    /// The end of a List-Id of somebody who owns no domain for good (RFC 2919 3): random digits, month and year, "localhost".
    /// </summary>
    public string ListDomain => $"{Text}.{Since.InUtc().ToString("MMuuuu", System.Globalization.CultureInfo.InvariantCulture)}.localhost";
}
