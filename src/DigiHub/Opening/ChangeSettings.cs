using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Settings;

namespace DigiHub.Opening;

/// <summary>Settings given in the browser; they count within a second in all processes, since they are read with the catalogue.</summary>
public sealed class ChangeSettings(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>
    /// Says how many of them changed. An empty value takes the setting back. Refuses with not_found for who may not. Values were checked as
    /// the settings file's are.
    /// </summary>
    /// <param name="actorId">Null: the operator, by a command.</param>
    /// <exception cref="ArgumentException">A key or a value is longer than <see cref="StoredSetting"/> keeps.</exception>
    public async Task<Outcome<int>> Run(Guid? actorId, IReadOnlyDictionary<string, string> values, CancellationToken stop)
    {
        if (values.Any(one => one.Key.Length > StoredSetting.KeyMax || one.Value.Length > StoredSetting.ValueMax))
            throw new ArgumentException("Too long.", nameof(values));

        return await unitOfWork.Run<int>(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if (actorId is not null && (await db.Viewer(actorId, now, stop))?.May(Permission.ManageSettings) != true)
                return Refusal.NotFound;

            var stored = await db.StoredSettings.Where(setting => values.Keys.Contains(setting.Key))
                .ToDictionaryAsync(setting => setting.Key, stop);
            List<string> changed = [];
            foreach (var (key, value) in values)
            {
                var known = stored.GetValueOrDefault(key);
                if ((known?.Value ?? "") == value)
                    continue;
                changed.Add(key);
                if (known is not null && value.Length == 0)
                    db.Remove(known);
                else if (known is not null)
                    (known.Value, known.ChangedById, known.ChangedAt) = (value, actorId, now);
                else
                    db.Add(new StoredSetting { Key = key, Value = value, ChangedById = actorId, ChangedAt = now });
            }

            if (changed.Count > 0)
                db.Record(now, actorId, OpeningActs.SettingsChanged, string.Join(", ", changed.Order()));
            return changed.Count;
        }, stop);
    }
}
