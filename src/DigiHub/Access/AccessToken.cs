using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Access;

public enum TokenUse
{
    Api,

    /// <summary>The member's own calendar; one at a time.</summary>
    CalendarFeed,

    /// <summary>Another calendar: what it shows is a row of its own.</summary>
    CalendarLink,
}

/// <summary>A secret by which a member's program or calendar is authenticated; shown once, kept as a hash, revocable.</summary>
public sealed class AccessToken
{
    public static readonly SubjectKind<Guid> Subject = new("access_token");

    public const int NameMax = 60;
    public const int PerMemberMax = 20;

    /// <summary>The longest life of a token for programs. A calendar link does not expire: people would notice too late.</summary>
    public static readonly Duration LifeMax = Duration.FromDays(365);

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    public required TokenUse Use { get; init; }

    /// <summary>What the member calls it: "door display script".</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256.</summary>
    public required byte[] Hash { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>Expires at this instant; null for a calendar link.</summary>
    public Instant? ExpiresAt { get; init; }

    public Instant? LastUsedAt { get; set; }

    public Instant? RevokedAt { get; set; }
}

internal sealed class AccessTokenTable : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("access_tokens");
        builder.Property(token => token.Name).HasMaxLength(AccessToken.NameMax);
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne<Member>().WithMany().HasForeignKey(token => token.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class AccessTokenSet
{
    extension(HubDb db)
    {
        public DbSet<AccessToken> AccessTokens => db.Set<AccessToken>();
    }
}
