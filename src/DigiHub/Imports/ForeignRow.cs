using DigiHub.Activity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Imports;

/// <summary>
/// What another system calls something that an import brought, so that it never comes twice. Goes with what it stands for, and when that
/// becomes anonymous: with the old system one would still find the person by it.
/// </summary>
public sealed class ForeignRow
{
    public const int SourceMax = 60;
    public const int IdMax = 200;

    /// <summary>Which system: its name and, since each site may have its own, the site's number.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of thing: the name of a <see cref="Activity.SubjectKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>As the other system writes it.</summary>
    public required string ForeignId { get; init; }

    public required Guid OurId { get; init; }
}

internal sealed class ForeignRowTable : IEntityTypeConfiguration<ForeignRow>
{
    public void Configure(EntityTypeBuilder<ForeignRow> builder)
    {
        builder.ToTable("foreign_ids");
        builder.IsPersonal();
        builder.HasKey(one => new { one.Source, one.Kind, one.ForeignId });
        builder.Property(one => one.Source).HasMaxLength(ForeignRow.SourceMax);
        builder.Property(one => one.Kind).HasMaxLength(Activity.SubjectKind.NameMax);
        builder.Property(one => one.ForeignId).HasMaxLength(ForeignRow.IdMax);
        builder.HasIndex(one => one.OurId);
    }
}
