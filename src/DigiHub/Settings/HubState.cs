using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Settings;

/// <summary>The hub itself, in one row: whether it is open. No row: nobody has set anything up.</summary>
public sealed class HubState
{
    public static readonly SubjectKind<int> Subject = new("hub");

    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>From then on people may be invited and events be published; null: still being set up.</summary>
    public Instant? OpenedAt { get; set; }
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

        /// <summary>The hub's row, made if there is none; under the lock of the catalogue.</summary>
        public async Task<HubState> HubState(CancellationToken stop) =>
            await db.Set<HubState>().SingleOrDefaultAsync(stop) ?? db.Add(new HubState()).Entity;
    }
}
