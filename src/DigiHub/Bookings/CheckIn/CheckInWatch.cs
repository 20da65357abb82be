using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.CheckIn;

/// <summary>
/// Since when the hub has been there without a pause, by what its job has seen: one row for all processes. Nobody loses a booking because
/// the hub was away when they came.
/// </summary>
public sealed class CheckInWatch
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required Instant Since { get; set; }

    public required Instant LookedAt { get; set; }
}

internal sealed class CheckInWatchTable : IEntityTypeConfiguration<CheckInWatch>
{
    public void Configure(EntityTypeBuilder<CheckInWatch> builder)
    {
        builder.ToTable("check_in_watch");
        builder.Property(watch => watch.Id).ValueGeneratedNever();
    }
}
