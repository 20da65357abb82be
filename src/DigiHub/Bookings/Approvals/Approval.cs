using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Approvals;

public enum ApprovalState
{
    Waiting,
    Approved,
    Declined,

    /// <summary>Nobody decided in time.</summary>
    Lapsed,

    /// <summary>Nothing of it was left to decide on: it was cancelled, or changed and asked once more.</summary>
    Withdrawn,
}

/// <summary>
/// The question whether bookings may be: one for all that one act asks for, so a series is one question. The bookings say that they belong
/// to it, and hold their spaces until it lapses.
/// </summary>
public sealed class Approval
{
    public const int ReasonMax = 300;

    /// <summary>So long a booking holds its space without an answer.</summary>
    public static readonly Duration WaitMax = Duration.FromHours(48);

    /// <summary>So long before the start, in real time, it is given up at the latest.</summary>
    public static readonly Duration BeforeStart = Duration.FromHours(2);

    public required Guid Id { get; init; }

    public required int SiteId { get; init; }

    /// <summary>Of the first of them.</summary>
    public required int SpaceId { get; init; }

    public Guid? SeriesId { get; init; }

    public required Instant AskedAt { get; init; }

    public required Instant LapsesAt { get; init; }

    public ApprovalState State { get; set; }

    /// <summary>Null: nobody has, or it is not known any more.</summary>
    public Guid? DecidedById { get; set; }

    public Instant? DecidedAt { get; set; }

    /// <summary>Why it was declined; the booker reads it.</summary>
    public string? Reason { get; set; }

    /// <summary>When those who decide were written to; null: not yet.</summary>
    public Instant? ToldAt { get; set; }

    public bool IsWaiting => State == ApprovalState.Waiting;

    /// <summary>Until when what begins then holds its space, asked for now.</summary>
    public static Instant LapseOf(Instant start, Instant now) => Instant.Min(now + WaitMax, start - BeforeStart);

    internal void Decide(ApprovalState state, Guid? byId, string? reason, Instant now) =>
        (State, DecidedById, Reason, DecidedAt) = (state, byId, reason, now);
}

/// <summary>Who decides on what is booked by a set of rules, by name. Where nobody is named, who approves at the site does.</summary>
public sealed class SpaceApprover
{
    public required int RulesId { get; init; }

    public required Guid MemberId { get; init; }
}

/// <summary>One person is asked one question; its id is what the link of the e-mail is made of.</summary>
public sealed class ApprovalRequest
{
    public required Guid Id { get; init; }

    public required Guid ApprovalId { get; init; }

    public required Guid ApproverId { get; init; }

    public required Instant AskedAt { get; init; }
}

internal sealed class ApprovalTable : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.ToTable("approvals");
        builder.Property(one => one.Reason).HasMaxLength(Approval.ReasonMax);
        builder.Ignore(one => one.IsWaiting);
        builder.HasIndex(one => one.LapsesAt).HasFilter("state = 'Waiting'");
        builder.HasOne<Space>().WithMany().HasForeignKey(one => one.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Sites.Site>().WithMany().HasForeignKey(one => one.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BookingSeries>().WithMany().HasForeignKey(one => one.SeriesId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.DecidedById).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class SpaceApproverTable : IEntityTypeConfiguration<SpaceApprover>
{
    public void Configure(EntityTypeBuilder<SpaceApprover> builder)
    {
        builder.ToTable("space_approvers");
        builder.HasKey(one => new { one.RulesId, one.MemberId });
        builder.HasOne<RuleSet>().WithMany().HasForeignKey(one => one.RulesId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApprovalRequestTable : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
    {
        builder.ToTable("approval_requests");
        builder.HasIndex(one => new { one.ApprovalId, one.ApproverId }).IsUnique();
        builder.HasIndex(one => one.ApproverId);
        builder.HasOne<Approval>().WithMany().HasForeignKey(one => one.ApprovalId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Member>().WithMany().HasForeignKey(one => one.ApproverId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class ApprovalSet
{
    extension(HubDb db)
    {
        public DbSet<Approval> Approvals => db.Set<Approval>();

        public DbSet<SpaceApprover> SpaceApprovers => db.Set<SpaceApprover>();

        public DbSet<ApprovalRequest> ApprovalRequests => db.Set<ApprovalRequest>();
    }

    extension(IQueryable<Booking> bookings)
    {
        /// <summary>Those of it that hold their spaces and wait.</summary>
        public IQueryable<Booking> PendingOf(Guid approvalId) => bookings.Where(booking =>
            booking.ApprovalId == approvalId && booking.ApproveBy != null && booking.Status == BookingStatus.Confirmed);
    }
}
