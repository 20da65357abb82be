using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

public enum SpaceKind { Desk, Room, Booth, Lab }

/// <summary>
/// A desk, room, phone booth or lab that members book. It takes one or more units; only units conflict, so a hall takes
/// the units of its parts.
/// </summary>
public sealed class Space
{
    public static readonly SubjectKind<int> Subject = new("space");

    public const int NameMax = 60;
    public const int CodeMax = 20;

    /// <summary>More people than any space holds.</summary>
    public const int PeopleMax = 10_000;

    public int Id { get; init; }

    public int SiteId { get; init; }

    public int FloorId { get; set; }

    public required SpaceKind Kind { get; init; }

    /// <summary>A desk's number ("E2-05"), a room's name ("Spree").</summary>
    public required string Name { get; set; }

    /// <summary>Part of the floor it stands in, as people call it ("Window row"); desks of a zone stand together.</summary>
    public required LocalisedText Zone { get; set; }

    /// <summary>Seats; 1 for a desk or booth.</summary>
    public required int Capacity { get; set; }

    public List<SpaceEquipment> Equipment { get; init; } = [];

    /// <summary>Null: it belongs to none.</summary>
    public int? PoolId { get; set; }

    public int RulesId { get; set; }

    /// <summary>By which it is booked; always loaded with it.</summary>
    public required RuleSet Rules { get; set; }

    /// <summary>False takes it off the offer; what is booked stays.</summary>
    public bool IsOffered { get; set; } = true;

    /// <summary>
    /// The first day on the site's calendar on which nobody can book it any more; null: it stays. From that day on it is off the offer, its
    /// name is free again, and what it was used for can be read as before.
    /// </summary>
    public LocalDate? RetiredFrom { get; set; }

    /// <summary>On offer, as far as it alone decides.</summary>
    public bool IsOfferedOn(LocalDate date) => IsOffered && !(RetiredFrom <= date);

    /// <summary>Its last day is over: <see cref="RetiredFrom"/> has come.</summary>
    public bool IsGone => RetiredFrom is not null && !IsOffered;

    public List<SpaceUnit> Units { get; init; } = [];

    /// <summary>All of these stand in it; true for none.</summary>
    /// <param name="keys">Of equipment.</param>
    public bool Has(IReadOnlySet<string> keys) => keys.Count == 0 || keys.All(key => Equipment.Exists(one => one.Key == key));

    /// <summary>What stands in it, in the order of the list; as far as it was loaded with the space.</summary>
    public IEnumerable<Equipment> Things => Equipment.Select(one => one.Thing).OfType<Equipment>().OrderBy(thing => thing.Position);
}

/// <summary>One unit a space takes. Unit ids have no table of their own: a unit is nothing but the thing that conflicts.</summary>
public sealed class SpaceUnit
{
    public int SpaceId { get; init; }

    public required int UnitId { get; init; }
}

internal sealed class SpaceTable : IEntityTypeConfiguration<Space>
{
    public void Configure(EntityTypeBuilder<Space> builder)
    {
        builder.ToTable("spaces");
        builder.Property(space => space.Name).HasMaxLength(Space.NameMax).NotPersonal();
        builder.Property(space => space.Zone).NotPersonal();
        builder.HasIndex(space => new { space.SiteId, space.Name }).IsUnique().HasFilter("retired_from IS NULL");
        builder.HasOne<Sites.Site>().WithMany().HasForeignKey(space => space.SiteId);
        builder.HasOne<Sites.Floor>().WithMany().HasForeignKey(space => space.FloorId);
        builder.HasOne(space => space.Rules).WithMany().HasForeignKey(space => space.RulesId).OnDelete(DeleteBehavior.Restrict);
        builder.Navigation(space => space.Rules).AutoInclude();
        builder.HasOne<Pool>().WithMany().HasForeignKey(space => space.PoolId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(space => space.Units).WithOne().HasForeignKey(unit => unit.SpaceId);
        builder.Ignore(space => space.Things);
        builder.Ignore(space => space.IsGone);
        builder.HasMany(space => space.Equipment).WithOne().HasForeignKey(one => one.SpaceId);
    }
}

internal sealed class SpaceUnitTable : IEntityTypeConfiguration<SpaceUnit>
{
    public void Configure(EntityTypeBuilder<SpaceUnit> builder)
    {
        builder.ToTable("space_units");
        builder.HasKey(unit => new { unit.SpaceId, unit.UnitId });
    }
}

public static class SpaceSet
{
    extension(HubDb db)
    {
        public DbSet<Space> Spaces => db.Set<Space>();
    }

    extension(IQueryable<Space> spaces)
    {
        /// <summary>Those that are not gone: <see cref="Space.IsGone"/>. No two of a site have the same name.</summary>
        public IQueryable<Space> InUse() => spaces.Where(space => space.RetiredFrom == null || space.IsOffered);
    }
}
