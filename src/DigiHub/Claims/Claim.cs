using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Claims;

/// <summary>
/// One unit of space taken from Start until, but not at, End, with set-up and tear-down inside. A claim exists exactly
/// while it blocks, and the database refuses a second one that overlaps. Held by one thing of any kind: a booking, an event.
/// </summary>
public sealed class Claim : IShownLive
{
    /// <summary>
    /// A longer use is split into several claims (by ClaimSpace; the database enforces it), so that a query for what
    /// overlaps a time need not look back further than this.
    /// </summary>
    public static readonly Duration LengthMax = Duration.FromHours(24);

    /// <summary>The kind of holder that takes a space out of service; all who show what is taken tell it from a use.</summary>
    public const string OutOfService = "space_closure";

    /// <summary>The kind of holder that holds a space for one who waits, until they answer; shown apart from a use, too.</summary>
    public const string Offered = "waiting_offer";

    public required Guid Id { get; init; }

    public required int UnitId { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    /// <summary>When it was taken; so that a refusal can say "just taken".</summary>
    public Instant TakenAt { get; init; }

    /// <summary>
    /// From then on it blocks nothing: who takes the lock of its unit next deletes it (<see cref="HubDb.AcquireLocks"/>). Null: it blocks
    /// until its holder releases it.
    /// </summary>
    public Instant? HeldUntil { get; init; }

    /// <summary>The holder. Its capability releases the claim; there is no foreign key, since holders are of any kind.</summary>
    public required Subject Holder
    {
        get => new(HolderKind, HolderId);
        init => (HolderKind, HolderId) = (value.Kind, value.Id);
    }

    public string HolderKind { get; private init; } = "";

    public Guid HolderId { get; private init; }

    ShownAt IShownLive.ShownAt => new(Start, End) { UnitId = UnitId };
}

internal sealed class ClaimTable : IEntityTypeConfiguration<Claim>
{
    public void Configure(EntityTypeBuilder<Claim> builder)
    {
        // The overlap constraint (an exclusion constraint, a trigger) is raw SQL: see Data/OverlapConstraint.cs.
        builder.ToTable("claims", table => table.HasCheckConstraint("claims_not_empty", "start < \"end\""));
        builder.Ignore(claim => claim.Holder);
        builder.Property(claim => claim.HolderKind).HasMaxLength(SubjectKind.NameMax);
        // Includes the end, so that availability is answered by the index alone.
        builder.HasIndex(claim => new { claim.UnitId, claim.Start, claim.End });
        builder.HasIndex(claim => claim.HeldUntil).HasFilter("held_until IS NOT NULL");
        builder.HasIndex(claim => claim.HolderId); // ids of different kinds hardly ever collide, so the kind would not narrow it
    }
}

public static class ClaimSet
{
    extension(HubDb db)
    {
        public DbSet<Claim> Claims => db.Set<Claim>();
    }

    extension(IQueryable<Claim> claims)
    {
        public IQueryable<Claim> HeldBy(Subject holder)
        {
            var (kind, id) = holder;
            return claims.Where(claim => claim.HolderKind == kind && claim.HolderId == id);
        }

        /// <summary>Claims on one of the units that share a moment with the span, set-up and tear-down counted in.</summary>
        public IQueryable<Claim> Overlapping(int[] units, Span span)
        {
            var (start, end) = span;
            var lookBack = start - Claim.LengthMax; // keeps the index's range short, however long the history
            return claims.Where(claim => EF.Parameter(units).Contains(claim.UnitId)
                && claim.Start < end && claim.Start > lookBack && claim.End > start);
        }
    }
}
