using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Organisations;

/// <summary>What events are about, and what organisations work on. A hub makes its own; a new hub has none.</summary>
public sealed class Topic
{
    public const int KeyMax = 30;

    /// <summary>In addresses and in the API: lower case, underscores.</summary>
    public required string Key { get; init; }

    public required LocalisedText Name { get; set; }

    public int Position { get; set; }
}

internal sealed class TopicTable : IEntityTypeConfiguration<Topic>
{
    public void Configure(EntityTypeBuilder<Topic> builder)
    {
        builder.ToTable("topics");
        builder.HasKey(topic => topic.Key);
        builder.Property(topic => topic.Key).HasMaxLength(Topic.KeyMax);
    }
}

public static class TopicSet
{
    extension(HubDb db)
    {
        public DbSet<Topic> Topics => db.Set<Topic>();
    }
}
