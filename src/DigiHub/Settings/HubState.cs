using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Settings;

/// <summary>What the hub as a whole is in, for all processes: one row, or none while there is nothing to say.</summary>
public sealed class HubState
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>From then on people may be invited and events be published; null: still being set up.</summary>
    public Instant? OpenedAt { get; set; }

    /// <summary>Since when the database holds the demo; null for a hub of real people.</summary>
    public Instant? DemoSince { get; set; }

    /// <summary>When the database was last restored from a backup; null if it never was.</summary>
    public Instant? RestoredAt { get; private set; }

    /// <summary>
    /// Since when no e-mail and no webhook leaves, because what waits may have left before the restore; null: they leave.
    /// </summary>
    public Instant? RestingSince { get; private set; }

    /// <summary>The database is that of a backup now.</summary>
    public void Restored(Instant at) => (RestoredAt, RestingSince) = (at, at);

    /// <summary>What waits may leave again.</summary>
    public void Release() => RestingSince = null;
}

/// <summary>A setting that an administrator gave in the browser; what the settings file or the command line says comes before it.</summary>
public sealed class StoredSetting
{
    public const int KeyMax = 60;
    public const int ValueMax = 400;

    /// <summary>As in the settings file, without "DigiHub:" – "Imprint:Operator".</summary>
    public required string Key { get; init; }

    public required string Value { get; set; }

    public Guid? ChangedById { get; set; }

    public required Instant ChangedAt { get; set; }
}

internal sealed class HubStateTable : IEntityTypeConfiguration<HubState>
{
    public void Configure(EntityTypeBuilder<HubState> builder)
    {
        builder.ToTable("hub");
        builder.Property(hub => hub.Id).ValueGeneratedNever();
    }
}

internal sealed class StoredSettingTable : IEntityTypeConfiguration<StoredSetting>
{
    public void Configure(EntityTypeBuilder<StoredSetting> builder)
    {
        builder.ToTable("hub_settings");
        builder.HasKey(setting => setting.Key);
        builder.Property(setting => setting.Key).HasMaxLength(StoredSetting.KeyMax).NotPersonal();
        builder.Property(setting => setting.Value).HasMaxLength(StoredSetting.ValueMax);
    }
}

public static class SettingsSet
{
    extension(HubDb db)
    {
        public DbSet<StoredSetting> StoredSettings => db.Set<StoredSetting>();

        public DbSet<HubState> HubState => db.Set<HubState>();

        /// <summary>As it stands, to look at.</summary>
        public async Task<HubState> HubStateNow(CancellationToken stop) =>
            await db.HubState.AsNoTracking().SingleOrDefaultAsync(stop) ?? new HubState();

        /// <summary>For changes in this transaction; the row is made if there is none.</summary>
        public async Task<HubState> HubStateToChange(CancellationToken stop) =>
            await db.HubState.SingleOrDefaultAsync(stop) ?? db.HubState.Add(new HubState()).Entity;

        /// <summary>Whether e-mails and webhooks wait until an administrator has seen what would leave.</summary>
        public Task<bool> IsResting(CancellationToken stop) => db.HubState.AnyAsync(hub => hub.RestingSince != null, stop);
    }
}
