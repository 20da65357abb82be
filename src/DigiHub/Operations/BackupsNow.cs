using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Settings;
using DigiHub.Sites;

namespace DigiHub.Operations;

/// <summary>How well the hub is backed up at a moment.</summary>
/// <param name="Last">The latest that was made; null for none.</param>
/// <param name="LastGoodAt">When the latest of those that were verified was made.</param>
/// <param name="UnsavedFor">How long nothing has been saved that is known to be good; null for a hub without members, or the demo.</param>
public sealed record BackedUp(Backup? Last, Instant? LastGoodAt, Duration? UnsavedFor)
{
    public bool IsMissing(Duration? ageMax) => UnsavedFor > ageMax;
}

/// <summary>Looks at the backups: for alarms and the doctor.</summary>
public sealed class BackupsNow(HubDbFactory databases, IClock clock)
{
    public async Task<BackedUp> Run(CancellationToken stop)
    {
        await using var db = databases.Open();
        var last = await db.Backups.AsNoTracking().OrderByDescending(backup => backup.At).FirstOrDefaultAsync(stop);
        var good = await db.Backups.Where(backup => backup.VerifiedAt != null).MaxAsync(backup => (Instant?)backup.At, stop);
        if ((await db.HubStateNow(stop)).DemoSince is not null)
            return new BackedUp(last, good, null);
        var since = good ?? await db.Members.MinAsync(member => (Instant?)member.CreatedAt, stop);
        return new BackedUp(last, good, clock.GetCurrentInstant() - since);
    }
}
