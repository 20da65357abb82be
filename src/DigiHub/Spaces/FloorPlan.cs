using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>
/// A drawing of one floor on a grid of cells: where desks and rooms stand, and the walls, doors and zones around them. Members see the one
/// that the floor names (<see cref="Sites.Floor.PlanId"/>). A plan is the floor's draft until it is published, and never changes
/// afterwards.
/// </summary>
public sealed class FloorPlan
{
    public static readonly SubjectKind<int> Subject = new("floor_plan");

    public const int SideMin = 8;
    public const int SideMax = 120;
    public const int ShapesMax = 300;

    /// <summary>With which a plan begins that nobody has drawn yet.</summary>
    public const int UsualColumns = 48, UsualRows = 32;

    public int Id { get; init; }

    public required int FloorId { get; init; }

    public required int Columns { get; set; }

    public required int Rows { get; set; }

    /// <summary>Rises with every save of any plan of the floor, so that it names one state of one of them.</summary>
    public required int Revision { get; set; }

    public required Instant SavedAt { get; set; }

    /// <summary>Null: the floor's draft, of which there is at most one.</summary>
    public Instant? PublishedAt { get; set; }

    /// <summary>Of the <see cref="PlanPicture"/> that lies beneath it; null: none.</summary>
    public string? Picture { get; set; }

    public List<PlanPlace> Places { get; init; } = [];

    /// <summary>In the order in which they are drawn.</summary>
    public List<PlanShape> Shapes { get; init; } = [];

    public bool IsDraft => PublishedAt is null;
}

public enum PlaceForm { Box, Round }

/// <summary>
/// Where a desk or room stands on a plan: the column and the row of its top left cell, counted from 1, and how many cells it takes as it
/// stands. Turning exchanges width and height; the rotation says only which side is its front.
/// </summary>
public sealed class PlanPlace
{
    public int PlanId { get; init; }

    public required int SpaceId { get; init; }

    public required int X { get; init; }

    public required int Y { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>0, 90, 180 or 270 degrees clockwise.</summary>
    public int Rotation { get; init; }

    public PlaceForm Form { get; init; }

    /// <summary>The same on another plan.</summary>
    public PlanPlace On(int planId) => new()
    {
        PlanId = planId,
        SpaceId = SpaceId,
        X = X,
        Y = Y,
        Width = Width,
        Height = Height,
        Rotation = Rotation,
        Form = Form,
    };

    /// <summary>Whether they share a cell.</summary>
    public bool Overlaps(PlanPlace other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;

    public bool IsLike(PlanPlace other) => (SpaceId, X, Y, Width, Height, Rotation, Form)
        == (other.SpaceId, other.X, other.Y, other.Width, other.Height, other.Rotation, other.Form);
}

/// <summary>What is drawn around the spaces. Here is where people come in: "you are here".</summary>
public enum PlanShapeKind { Wall, Window, Doorway, Zone, Stairs, Lift, Toilets, Kitchen, Here }

/// <summary>
/// A simple shape of a plan, in cells as a <see cref="PlanPlace"/>. Walls and windows may have no width or no height: then they are lines
/// on the left or upper edge of their cells. A door's opening is its upper edge, and it turns into its cells; rotation turns that.
/// </summary>
public sealed class PlanShape
{
    public const int NameMax = 40;

    public int PlanId { get; init; }

    /// <summary>From 0.</summary>
    public required int Position { get; init; }

    public required PlanShapeKind Kind { get; init; }

    public required int X { get; init; }

    public required int Y { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public int Rotation { get; init; }

    /// <summary>Of a zone or a thing; may be empty.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>The same on another plan, as the one at this position.</summary>
    public PlanShape On(int planId, int position) => new()
    {
        PlanId = planId,
        Position = position,
        Kind = Kind,
        X = X,
        Y = Y,
        Width = Width,
        Height = Height,
        Rotation = Rotation,
        Name = Name,
    };

    /// <summary>Whether it may be a line, and so reach the far edge of the plan.</summary>
    public bool MayBeLine => Kind is PlanShapeKind.Wall or PlanShapeKind.Window;

    public bool IsLike(PlanShape other) => (Kind, X, Y, Width, Height, Rotation, Name)
        == (other.Kind, other.X, other.Y, other.Width, other.Height, other.Rotation, other.Name);
}

internal sealed class FloorPlanTable : IEntityTypeConfiguration<FloorPlan>
{
    public void Configure(EntityTypeBuilder<FloorPlan> builder)
    {
        builder.ToTable("floor_plans");
        builder.Ignore(plan => plan.IsDraft);
        builder.HasOne<Sites.Floor>().WithMany().HasForeignKey(plan => plan.FloorId);
        builder.HasIndex(plan => plan.FloorId).IsUnique().HasFilter("published_at IS NULL");
        builder.HasIndex(plan => new { plan.FloorId, plan.Revision }).IsUnique();
        builder.Property(plan => plan.Picture).HasMaxLength(PlanPicture.HashLength).NotPersonal();
        builder.HasOne<PlanPicture>().WithMany().HasForeignKey(plan => plan.Picture);
        builder.HasMany(plan => plan.Places).WithOne().HasForeignKey(place => place.PlanId);
        builder.HasMany(plan => plan.Shapes).WithOne().HasForeignKey(shape => shape.PlanId);
    }
}

internal sealed class PlanPlaceTable : IEntityTypeConfiguration<PlanPlace>
{
    public void Configure(EntityTypeBuilder<PlanPlace> builder)
    {
        builder.ToTable("plan_places");
        builder.HasKey(place => new { place.PlanId, place.SpaceId });
        builder.HasOne<Space>().WithMany().HasForeignKey(place => place.SpaceId);
        builder.Property(place => place.Form).NotPersonal();
    }
}

internal sealed class PlanShapeTable : IEntityTypeConfiguration<PlanShape>
{
    public void Configure(EntityTypeBuilder<PlanShape> builder)
    {
        builder.ToTable("plan_shapes");
        builder.HasKey(shape => new { shape.PlanId, shape.Position });
        builder.Ignore(shape => shape.MayBeLine);
        builder.Property(shape => shape.Name).NotPersonal();
    }
}

public static class FloorPlanSet
{
    extension(HubDb db)
    {
        public DbSet<FloorPlan> FloorPlans => db.Set<FloorPlan>();
    }
}
