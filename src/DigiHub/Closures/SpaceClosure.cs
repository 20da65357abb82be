using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Closures;

/// <summary>
/// A desk or room out of service: from when until when, on the site's clock, and the reason that members read. It holds claims as a booking
/// does, so nothing can be booked into it.
/// </summary>
public sealed class SpaceClosure
{
    public static readonly SubjectKind<Guid> Subject = new(Claim.OutOfService);

    public required Guid Id { get; init; }

    public required int SpaceId { get; init; }

    public required LocalDateTime LocalStart { get; init; }

    public required LocalDateTime LocalEnd { get; set; }

    public required Instant Start { get; set; }

    public required Instant End { get; set; }

    public required LocalisedText Reason { get; init; }

    public LocalSpan LocalSpan => new(LocalStart, LocalEnd);

    public Span Span => new(Start, End);

    /// <summary>Of what is still to come: the beginning only where it has not begun.</summary>
    public bool IsOutOfDate(SiteTime time, Instant now) =>
        (Start > now && time.Shifted(LocalStart) != Start) || time.Shifted(LocalEnd) != End;

    /// <summary>Derives the instants that are still to come from the local times; the caller updates the claims.</summary>
    public void Follow(SiteTime time, Instant now)
    {
        if (Start > now)
            Start = time.Shifted(LocalStart);
        End = time.Shifted(LocalEnd);
    }
}

internal sealed class SpaceClosureTable : IEntityTypeConfiguration<SpaceClosure>
{
    public void Configure(EntityTypeBuilder<SpaceClosure> builder)
    {
        builder.ToTable("space_closures");
        builder.Property(closure => closure.Id).ValueGeneratedNever();
        builder.Property(closure => closure.Reason).NotPersonal();
        builder.Ignore(closure => closure.LocalSpan);
        builder.Ignore(closure => closure.Span);
        builder.HasIndex(closure => new { closure.SpaceId, closure.End });
        builder.HasOne<Space>().WithMany().HasForeignKey(closure => closure.SpaceId);
    }
}
