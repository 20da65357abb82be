using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Memberships;

/// <summary>
/// A visitor who asks to join. The address is not proven: the invitation that answers proves it. There is a row as long as nobody has
/// decided; an unanswered one is deleted after <see cref="Kept"/>.
/// </summary>
public sealed class JoinRequest
{
    public static readonly SubjectKind<Guid> Subject = new("join_request");

    public static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>Of all visitors together.</summary>
    public const int WaitingMax = 200;

    public const int OrganisationMax = 120;
    public const int TextMax = 500;

    public required Guid Id { get; init; }

    public required PersonName Name { get; set; }

    public required EmailAddress Email { get; set; }

    /// <summary>The key of the address; unique.</summary>
    public string NormalizedEmail { get => Email.Key; private init => _ = value; }

    public required Language Language { get; set; }

    /// <summary>Theirs, as they call it; null: none.</summary>
    public string? Organisation { get; set; }

    public string? Text { get; set; }

    public required Instant AskedAt { get; set; }
}

internal sealed class JoinRequestTable : IEntityTypeConfiguration<JoinRequest>
{
    public void Configure(EntityTypeBuilder<JoinRequest> builder)
    {
        builder.ToTable("join_requests");
        builder.IsPersonal();
        builder.Property(one => one.Id).ValueGeneratedNever();
        builder.Property(one => one.NormalizedEmail).HasMaxLength(EmailAddress.LengthMax);
        builder.Property(one => one.Organisation).HasMaxLength(JoinRequest.OrganisationMax);
        builder.Property(one => one.Text).HasMaxLength(JoinRequest.TextMax);
        builder.HasIndex(one => one.NormalizedEmail).IsUnique();
    }
}

public static class JoinRequestSet
{
    extension(HubDb db)
    {
        public DbSet<JoinRequest> JoinRequests => db.Set<JoinRequest>();
    }
}
