using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Series;

public enum SeriesExceptionReason
{
    /// <summary>It was booked and then cancelled; its booking still says so.</summary>
    Cancelled,

    /// <summary>Left out by choice when the series was booked or changed.</summary>
    Skipped,

    /// <summary>The site is closed then, for a holiday or another reason.</summary>
    Closed,

    /// <summary>Left out since it was taken or against a rule.</summary>
    NotPossible,

    /// <summary>Somebody else has it now, as a booking by itself.</summary>
    HandedOver,
}

/// <summary>
/// A date of the pattern that the series does not have. It is remembered, so that no later change of the series brings it back.
/// </summary>
public sealed class SeriesException
{
    public required Guid SeriesId { get; init; }

    public required LocalDate Date { get; init; }

    public required SeriesExceptionReason Reason { get; init; }

    public required Instant At { get; init; }
}

internal sealed class SeriesExceptionTable : IEntityTypeConfiguration<SeriesException>
{
    public void Configure(EntityTypeBuilder<SeriesException> builder)
    {
        builder.ToTable("series_exceptions");
        builder.HasKey(one => new { one.SeriesId, one.Date });
        builder.HasOne<BookingSeries>().WithMany().HasForeignKey(one => one.SeriesId).OnDelete(DeleteBehavior.Cascade);
    }
}
