using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Waiting;

public enum OfferStatus
{
    Open,
    Accepted,
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,

    /// <summary>The entry it was for has ended.</summary>
    Withdrawn,
}

/// <summary>
/// What became free is held for one who waits, and for nobody else, until <see cref="Until"/>. While it is open it has a claim on every
/// unit of its space, which blocks no longer than that (<see cref="Claims.Claim.HeldUntil"/>).
/// </summary>
public sealed class WaitingOffer : IShownLive
{
    public static readonly SubjectKind<Guid> Subject = new(Claims.Claim.Offered);

    public required Guid Id { get; init; }

    public required Guid EntryId { get; init; }

    /// <summary>Of the entry.</summary>
    public required Guid MemberId { get; init; }

    public required int SpaceId { get; init; }

    /// <summary>Any of this pool was waited for.</summary>
    public int? PoolId { get; init; }

    public required LocalDateTime StartLocal { get; init; }

    public required LocalDateTime EndLocal { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    public required Instant OfferedAt { get; init; }

    /// <summary>From then on it can no longer be accepted, and holds nothing.</summary>
    public required Instant Until { get; init; }

    public OfferStatus Status { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    /// <summary>
    /// Of one that was declined or went unanswered: somebody else has had that time since, so that it may be offered to the same member
    /// again.
    /// </summary>
    public bool WasTakenSince { get; set; }

    public Guid? BookingId { get; private set; }

    public LocalSpan LocalSpan => new(StartLocal, EndLocal);

    public Span Span => new(Start, End);

    ShownAt IShownLive.ShownAt => new(Start, End) { SpaceId = SpaceId };

    public bool IsOpenAt(Instant now) => Status == OfferStatus.Open && now < Until;

    internal void Accept(Guid bookingId, Instant now)
    {
        BookingId = bookingId;
        Close(OfferStatus.Accepted, now);
    }

    internal void Close(OfferStatus how, Instant now) => (Status, AnsweredAt) = (how, now);
}

internal sealed class WaitingOfferTable : IEntityTypeConfiguration<WaitingOffer>
{
    public void Configure(EntityTypeBuilder<WaitingOffer> builder)
    {
        builder.ToTable("waiting_offers", table => table.HasCheckConstraint("waiting_offers_not_empty", "start < \"end\""));
        builder.Ignore(offer => offer.LocalSpan);
        builder.Ignore(offer => offer.Span);
        // However many look at once, who waits gets one offer at a time.
        builder.HasIndex(offer => offer.EntryId, "ix_waiting_offers_one_open").IsUnique().HasFilter("status = 'Open'");
        builder.HasIndex(offer => offer.EntryId);
        builder.HasIndex(offer => offer.Until).HasFilter("status = 'Open'");
        builder.HasIndex(offer => offer.MemberId);
        builder.HasOne<WaitingEntry>().WithMany().HasForeignKey(offer => offer.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Space>().WithMany().HasForeignKey(offer => offer.SpaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(offer => offer.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class WaitingOfferSet
{
    extension(HubDb db)
    {
        public DbSet<WaitingOffer> WaitingOffers => db.Set<WaitingOffer>();
    }
}
