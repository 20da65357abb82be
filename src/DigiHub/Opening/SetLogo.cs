using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.FloorPlans;
using DigiHub.Settings;
using DigiHub.Spaces;

namespace DigiHub.Opening;

/// <summary>
/// Gives the hub a logo in place of its sign, one more for the dark look where one is needed, or takes it away. The pictures are drawn
/// again as those of floor plans are, and lie beside them; their names are settings, so that all processes follow within a second.
/// </summary>
public sealed class SetLogo(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock)
{
    /// <summary>
    /// Refuses with not_found for who may not, and as pictures of floor plans are: picture_too_large, picture_unreadable and what an SVG
    /// may not have.
    /// </summary>
    /// <param name="sent">The file as it came; null takes the logo away.</param>
    /// <returns>What was in the file and did not come along.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> Run(
        Guid actorId, LogoLook look, ReadOnlyMemory<byte>? sent, CancellationToken stop)
    {
        CleanedPicture? clean = null;
        if (sent is { } file)
        {
            var read = await CleanedPicture.Read(file, stop);
            if (!read.IsDone)
                return read.Refusal;
            clean = read.Value;
        }

        return await unitOfWork.Run<IReadOnlyList<string>>(async db =>
        {
            await db.AcquireLocks([LockKey.OfPlanPictures, LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if ((await db.Viewer(actorId, now, stop))?.May(Permission.ManageSettings) != true)
                return Refusal.NotFound;

            var key = look.Key;
            var known = await db.StoredSettings.SingleOrDefaultAsync(setting => setting.Key == key, stop);
            var hash = clean is null ? null : await clean.KeepIn(db, stop);
            if (known?.Value == hash)
                return clean?.Dropped.ToArray() ?? [];
            if (known is not null && hash is null)
                db.Remove(known);
            else if (known is not null)
                (known.Value, known.ChangedById, known.ChangedAt) = (hash!, actorId, now);
            else
                db.Add(new StoredSetting { Key = key, Value = hash!, ChangedById = actorId, ChangedAt = now });
            await db.ForgetPictures(stop);
            db.Record(now, actorId, OpeningActs.LogoChanged, key);
            return clean?.Dropped.ToArray() ?? [];
        }, stop);
    }

    /// <summary>Null: no logo has this name.</summary>
    public async Task<PlanPicture?> Find(string hash, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.StoredSettings.AnyAsync(setting => HubLogo.Keys.Contains(setting.Key) && setting.Value == hash, stop)
            ? await db.Set<PlanPicture>().AsNoTracking().SingleOrDefaultAsync(picture => picture.Hash == hash, stop)
            : null;
    }
}
