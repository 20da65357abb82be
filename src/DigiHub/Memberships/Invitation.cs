using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Memberships;

public enum InvitationState { Open, Expired, Accepted, Withdrawn }

/// <summary>
/// One address is invited to the hub, or to an organisation. The link is the row's signed id; inviting again renews the row, so that an
/// old link stays good. At most one for each organisation and address that is neither accepted nor withdrawn.
/// </summary>
public sealed class Invitation
{
    public static readonly SubjectKind<Guid> Subject = new("invitation");

    public static readonly Duration Life = Duration.FromDays(14);

    /// <summary>Ended ones are deleted after this.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>Open ones of an organisation, or of the hub, at the same time.</summary>
    public const int StandingMax = 200;

    /// <summary>E-mails of one inviter in an hour.</summary>
    public const int EmailsPerHourMax = 50;

    public required Guid Id { get; init; }

    /// <summary>Null: to the hub alone.</summary>
    public int? OrganisationId { get; init; }

    public required EmailAddress Email { get; init; }

    /// <summary>The key of the address.</summary>
    public string NormalizedEmail { get => Email.Key; private init => _ = value; }

    /// <summary>In the organisation.</summary>
    public MembershipRole Role { get; set; }

    /// <summary>Of the e-mail, and of the account until its owner chooses.</summary>
    public Language Language { get; set; }

    /// <summary>Who invited last; null: the operator.</summary>
    public Guid? InvitedById { get; set; }

    public required Instant InvitedAt { get; init; }

    public required Instant ExpiresAt { get; set; }

    /// <summary>How many e-mails it has caused.</summary>
    public int Emails { get; set; }

    /// <summary>When its reader asked for a new one because it had expired; null since it was renewed last.</summary>
    public Instant? AskedAt { get; set; }

    public Instant? AcceptedAt { get; set; }

    public Instant? WithdrawnAt { get; set; }

    public InvitationState StateAt(Instant now) =>
        AcceptedAt is not null ? InvitationState.Accepted
        : WithdrawnAt is not null ? InvitationState.Withdrawn
        : now < ExpiresAt ? InvitationState.Open : InvitationState.Expired;
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    private const string NotEnded = "accepted_at IS NULL AND withdrawn_at IS NULL";

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.IsPersonal();
        builder.Property(one => one.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        // Two indexes, since NULLs are distinct in a unique index.
        builder.HasIndex(one => new { one.OrganisationId, one.NormalizedEmail }).IsUnique().HasFilter(NotEnded);
        builder.HasIndex(one => one.NormalizedEmail).IsUnique().HasFilter($"organisation_id IS NULL AND {NotEnded}");
        builder.HasOne<Organisation>().WithMany().HasForeignKey(one => one.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class InvitationSet
{
    extension(HubDb db)
    {
        public DbSet<Invitation> Invitations => db.Set<Invitation>();
    }

    extension(IQueryable<Invitation> invitations)
    {
        /// <summary>Neither accepted nor withdrawn; expired ones among them.</summary>
        public IQueryable<Invitation> NotEnded() => invitations.Where(one => one.AcceptedAt == null && one.WithdrawnAt == null);
    }
}
