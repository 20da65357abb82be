using DigiHub.Data;
using DigiHub.Members;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Registrations;

/// <summary>
/// A new address for a registration, which counts once its reader confirms it: a corrected one, or the old one that notifications did
/// not reach for a while.
/// </summary>
public sealed class AddressCheck
{
    public static readonly Duration Life = Duration.FromDays(7);

    /// <summary>At most this many per registration at the same time, against e-mails to strangers.</summary>
    public const int StandingMax = 3;

    public required Guid Id { get; init; }

    public required Guid RegistrationId { get; init; }

    public required EmailAddress Email { get; init; }

    public required Instant AskedAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? ConfirmedAt { get; set; }

    /// <summary>What stands in the Note of the notification that asks, which is about the registration.</summary>
    public string Note => Id.ToString("N");

    /// <summary>Its id by that; null for anything else.</summary>
    public static Guid? OfNote(string? note) => Guid.TryParseExact(note, "N", out var id) ? id : null;
}

internal sealed class AddressCheckTable : IEntityTypeConfiguration<AddressCheck>
{
    public void Configure(EntityTypeBuilder<AddressCheck> builder)
    {
        builder.ToTable("address_checks");
        builder.Ignore(check => check.Note);
        builder.HasIndex(check => check.RegistrationId);
        builder.HasIndex(check => check.ExpiresAt);
        builder.HasOne<Registration>().WithMany().HasForeignKey(check => check.RegistrationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class AddressCheckSet
{
    extension(HubDb db)
    {
        public DbSet<AddressCheck> AddressChecks => db.Set<AddressCheck>();
    }
}
