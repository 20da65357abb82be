using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Members;

/// <summary>A form that was sent after its session had ended, kept encrypted until the same member signs in again.</summary>
public sealed class KeptForm
{
    public static readonly Duration Life = Duration.FromHours(2);

    /// <summary>Of one member at the same time: the latest ones.</summary>
    public const int PerMemberMax = 5;

    /// <summary>Encrypted; a form has at most 64 KiB, and encryption adds little.</summary>
    public const int BytesMax = 128 * 1024;

    /// <summary>SHA-256 of the key in the address of the page that shows it.</summary>
    public required byte[] Hash { get; init; }

    public required Guid MemberId { get; init; }

    public required byte[] Sealed { get; init; }

    public required Instant KeptAt { get; init; }
}

internal sealed class KeptFormTable : IEntityTypeConfiguration<KeptForm>
{
    public void Configure(EntityTypeBuilder<KeptForm> builder)
    {
        builder.ToTable("kept_forms");
        builder.HasKey(form => form.Hash);
        builder.HasIndex(form => form.KeptAt);
        builder.HasOne<Member>().WithMany().HasForeignKey(form => form.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class KeptFormSet
{
    extension(HubDb db)
    {
        public DbSet<KeptForm> KeptForms => db.Set<KeptForm>();
    }
}
