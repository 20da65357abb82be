using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>
/// Something that stands in spaces and that people look for: a row, so that a hub may have things of its
/// own. The first ten come with every hub.
/// </summary>
public sealed class Equipment
{
    public const int KeyMax = 30;

    public const string Window = "window", Quiet = "quiet", StandingDesk = "standing_desk", Monitor = "monitor", Screen = "screen",
        VideoConference = "video_conference", Whiteboard = "whiteboard", Phone = "phone", LabBench = "lab_bench", StepFree = "step_free";

    /// <summary>In addresses and in the API: lower case, underscores.</summary>
    public required string Key { get; init; }

    /// <summary>One word or two, in the middle of a sentence: "step-free".</summary>
    public required LocalisedText Name { get; set; }

    /// <summary>One of the icons the pages have.</summary>
    public required string Icon { get; set; }

    /// <summary>By which it is listed among others.</summary>
    public int Position { get; set; }
}

/// <summary>One thing that stands in a space.</summary>
public sealed class SpaceEquipment
{
    public int SpaceId { get; init; }

    public required string Key { get; init; }

    /// <summary>Null where it was not loaded with the space.</summary>
    public Equipment? Thing { get; init; }
}

internal sealed class EquipmentTable : IEntityTypeConfiguration<Equipment>
{
    public void Configure(EntityTypeBuilder<Equipment> builder)
    {
        builder.ToTable("equipment");
        builder.HasKey(thing => thing.Key);
        builder.Property(thing => thing.Key).HasMaxLength(Equipment.KeyMax);
        builder.Property(thing => thing.Icon).HasMaxLength(Equipment.KeyMax);
        builder.HasData(
            New(1, Equipment.Window, "Fenster", "window", "window"),
            New(2, Equipment.Quiet, "ruhig", "quiet", "quiet"),
            New(3, Equipment.StandingDesk, "Stehtisch", "standing desk", "standing"),
            New(4, Equipment.Monitor, "Monitor", "monitor", "screen"),
            New(5, Equipment.Screen, "Bildschirm", "screen", "screen"),
            New(6, Equipment.VideoConference, "Videokonferenz", "video conference", "online"),
            New(7, Equipment.Whiteboard, "Whiteboard", "whiteboard", "board"),
            New(8, Equipment.Phone, "Telefon", "phone", "booth"),
            New(9, Equipment.LabBench, "Labortisch", "lab bench", "lab"),
            New(10, Equipment.StepFree, "stufenlos", "step-free", "access"));
    }

    private static Equipment New(int position, string key, string german, string english, string icon) =>
        new() { Key = key, Name = new(german, english), Icon = icon, Position = position };
}

internal sealed class SpaceEquipmentTable : IEntityTypeConfiguration<SpaceEquipment>
{
    public void Configure(EntityTypeBuilder<SpaceEquipment> builder)
    {
        builder.ToTable("space_equipment");
        builder.HasKey(one => new { one.SpaceId, one.Key });
        builder.Property(one => one.Key).HasMaxLength(Equipment.KeyMax);
        builder.HasOne(one => one.Thing).WithMany().HasForeignKey(one => one.Key).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class EquipmentSet
{
    extension(HubDb db)
    {
        public DbSet<Equipment> Equipment => db.Set<Equipment>();
    }
}
