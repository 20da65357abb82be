using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Proposals;

public enum ProposalKind
{
    /// <summary>Each gets the time and space of the other's booking.</summary>
    Swap,

    /// <summary>The booking becomes the other's.</summary>
    HandOver,
}

public enum ProposalStatus { Open, Accepted, Declined, Withdrawn, Lapsed }

/// <summary>
/// A member proposes to another to swap bookings, or to take one over. Until it is accepted nothing changes; it ends after two days, as a
/// booking begins, or as soon as one of them is no longer as it was.
/// </summary>
public sealed class BookingProposal
{
    public static readonly SubjectKind<Guid> Subject = new("booking_proposal");

    /// <summary>How many open ones a member may have made.</summary>
    public const int PerMemberMax = 10;

    public static readonly Duration Life = Duration.FromHours(48);

    /// <summary>How long one that has ended is kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public required Guid Id { get; init; }

    public required ProposalKind Kind { get; init; }

    /// <summary>What is given; of a whole series its next date.</summary>
    public required Guid BookingId { get; init; }

    /// <summary>All that is ahead of this series is handed over; null: the booking alone.</summary>
    public Guid? SeriesId { get; init; }

    /// <summary>What is wanted for it; null: nothing, it is handed over.</summary>
    public Guid? OtherBookingId { get; init; }

    /// <summary>Whose booking it is.</summary>
    public required Guid FromMemberId { get; init; }

    /// <summary>Who answers.</summary>
    public required Guid ToMemberId { get; init; }

    /// <summary>Who made it: the member, or the front desk for them.</summary>
    public required Guid AskedById { get; init; }

    /// <summary>The booking's CalendarSequence then: at another, it is another time or space, and the proposal is void.</summary>
    public required int Sequence { get; init; }

    public int? OtherSequence { get; init; }

    public required Instant AskedAt { get; init; }

    /// <summary>From then on it cannot be accepted.</summary>
    public required Instant AnswerBy { get; init; }

    public ProposalStatus Status { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    public bool IsOpenAt(Instant now) => Status == ProposalStatus.Open && now < AnswerBy;

    internal void Answer(ProposalStatus how, Instant now) => (Status, AnsweredAt) = (how, now);
}

internal sealed class BookingProposalTable : IEntityTypeConfiguration<BookingProposal>
{
    public void Configure(EntityTypeBuilder<BookingProposal> builder)
    {
        builder.ToTable("booking_proposals", table =>
            table.HasCheckConstraint("booking_proposals_kind", "(kind = 'Swap') = (other_booking_id IS NOT NULL)"));
        // A booking is given to one at a time.
        builder.HasIndex(one => one.BookingId, "ix_booking_proposals_one_open").IsUnique().HasFilter("status = 'Open'");
        builder.HasIndex(one => one.BookingId);
        builder.HasIndex(one => one.OtherBookingId);
        builder.HasIndex(one => one.AnswerBy).HasFilter("status = 'Open'");
        builder.HasIndex(one => one.FromMemberId);
        builder.HasIndex(one => one.ToMemberId);
        builder.HasIndex(one => one.AnsweredAt);
        builder.HasOne<Booking>().WithMany().HasForeignKey(one => one.BookingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Booking>().WithMany().HasForeignKey(one => one.OtherBookingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<BookingSeries>().WithMany().HasForeignKey(one => one.SeriesId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.FromMemberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.ToMemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class BookingProposalSet
{
    extension(HubDb db)
    {
        public DbSet<BookingProposal> BookingProposals => db.Set<BookingProposal>();
    }
}
