using System.Security.Cryptography;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Organisations;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Memberships;

/// <summary>What a look for the record of a domain has brought.</summary>
public enum DomainFinding
{
    Found,

    /// <summary>The name servers answered, and it was not there.</summary>
    Missing,

    /// <summary>They did not answer in time, which says nothing of the record.</summary>
    NoAnswer,
}

/// <summary>
/// A domain whose addresses an organisation's people have. It counts once a TXT record has proven that it is the organisation's; of several
/// organisations that name one, only one is proven.
/// </summary>
public sealed class OrganisationDomain
{
    public static readonly SubjectKind<Guid> Subject = new("organisation_domain");

    /// <summary>A host has 253 at most (RFC 1035), and <see cref="HostPrefix"/> stands before this one.</summary>
    public const int DomainMax = 244;
    public const int TokenMax = 40;

    /// <summary>Of one organisation.</summary>
    public const int CountMax = 10;

    /// <summary>Before the text that only the organisation's own record has.</summary>
    public const string RecordPrefix = "digihub-verification=";

    /// <summary>Where the record may stand, too, beside the domain itself.</summary>
    public const string HostPrefix = "_digihub.";

    /// <summary>So long the record may be missing before the domain no longer counts.</summary>
    public static readonly Duration MissingMax = Duration.FromDays(7);

    /// <summary>Between two looks that somebody asks for.</summary>
    public static readonly Duration CheckPause = Duration.FromSeconds(30);

    public required Guid Id { get; init; }

    public required int OrganisationId { get; init; }

    /// <summary>In ASCII and small letters (A-labels), as <see cref="EmailAddress.Domain"/>.</summary>
    public required string Domain { get; init; }

    public required string Token { get; init; }

    public required Instant AddedAt { get; init; }

    /// <summary>Null: not proven, or no longer.</summary>
    public Instant? VerifiedAt { get; private set; }

    /// <summary>When somebody last asked to look.</summary>
    public Instant? CheckedAt { get; set; }

    /// <summary>Of a proven one, since when its record is not found; null: it is there.</summary>
    public Instant? MissingSince { get; private set; }

    public bool IsVerified => VerifiedAt is not null;

    /// <summary>The whole text of the record.</summary>
    public string Record => RecordPrefix + Token;

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>True if it has just become proven, or has just ceased to be.</summary>
    internal bool Note(DomainFinding finding, Instant now)
    {
        var was = IsVerified;
        switch (finding)
        {
            case DomainFinding.Found:
                (VerifiedAt, MissingSince) = (VerifiedAt ?? now, null);
                break;
            case DomainFinding.Missing when was:
                MissingSince ??= now;
                if (now - MissingSince >= MissingMax)
                    (VerifiedAt, MissingSince) = (null, null);
                break;
        }

        return was != IsVerified;
    }
}

internal sealed class OrganisationDomainTable : IEntityTypeConfiguration<OrganisationDomain>
{
    public void Configure(EntityTypeBuilder<OrganisationDomain> builder)
    {
        builder.ToTable("organisation_domains");
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Property(one => one.Domain).HasMaxLength(OrganisationDomain.DomainMax).NotPersonal();
        builder.Property(one => one.Token).HasMaxLength(OrganisationDomain.TokenMax).NotPersonal();
        builder.Ignore(one => one.IsVerified);
        builder.Ignore(one => one.Record);
        builder.HasIndex(one => new { one.OrganisationId, one.Domain }).IsUnique();
        builder.HasIndex(one => one.Domain).IsUnique().HasFilter("verified_at IS NOT NULL");
        builder.HasOne<Organisation>().WithMany().HasForeignKey(one => one.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class OrganisationDomainSet
{
    extension(HubDb db)
    {
        public DbSet<OrganisationDomain> OrganisationDomains => db.Set<OrganisationDomain>();
    }
}
