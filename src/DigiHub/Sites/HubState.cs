using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Sites;

/// <summary>What the hub as a whole is in, for all processes: one row, or none while there is nothing to say.</summary>
public sealed class HubState
{
    public const string TheOnly = "hub";

    public string Name { get; init; } = TheOnly;

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

internal sealed class HubStateTable : IEntityTypeConfiguration<HubState>
{
    public void Configure(EntityTypeBuilder<HubState> builder)
    {
        builder.ToTable("hub");
        builder.HasKey(hub => hub.Name);
        builder.Property(hub => hub.Name).HasMaxLength(10);
    }
}

public static class HubStates
{
    extension(HubDb db)
    {
        public DbSet<HubState> HubState => db.Set<HubState>();

        /// <summary>As it stands, to look at.</summary>
        public async Task<HubState> HubStateNow(CancellationToken stop) =>
            await db.HubState.AsNoTracking().SingleOrDefaultAsync(stop) ?? new HubState();

        /// <summary>For changes in this transaction.</summary>
        public async Task<HubState> HubStateToChange(CancellationToken stop) =>
            await db.HubState.SingleOrDefaultAsync(stop) ?? db.HubState.Add(new HubState()).Entity;

        /// <summary>Whether e-mails and webhooks wait until an administrator has seen what would leave.</summary>
        public Task<bool> IsResting(CancellationToken stop) => db.HubState.AnyAsync(hub => hub.RestingSince != null, stop);
    }
}
