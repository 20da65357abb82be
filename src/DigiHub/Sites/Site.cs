using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Sites;

public enum SignShape { Square, Round }

/// <summary>The palette: each has its values for light and dark in tokens.css.</summary>
public enum SiteColour { Blue, Brick, Green, Plum, Teal }

/// <summary>A site of the hub. All its times are in its own zone.</summary>
public sealed class Site
{
    public static readonly SubjectKind<int> Subject = new("site");

    public const int NameMax = 80;
    public const int SlugMax = 20;

    public int Id { get; init; }

    /// <summary>The site in addresses and links: "east".</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>In the middle of a sentence and on small buttons: "East", "Ost"; empty: the name.</summary>
    public LocalisedText ShortName { get; set; }

    /// <summary>One or two letters for its sign: "E".</summary>
    public required string Sign { get; set; }

    /// <summary>The form of its sign; with the letters and the colour, so that no one of them has to tell sites apart alone.</summary>
    public SignShape Shape { get; init; }

    public SiteColour Colour { get; set; }

    public Words Short => ShortName.IsEmpty ? new(Name, Name) : ShortName;

    public required string Street { get; set; }

    public required string PostCode { get; set; }

    public required string City { get; set; }

    /// <summary>How guests find it, beside the address; empty: nothing is said.</summary>
    public LocalisedText GuestRoute { get; set; }

    /// <summary>What guests are told of the wireless network; empty: nothing is said.</summary>
    public LocalisedText GuestNetwork { get; set; }

    public const int GuestTextMax = 500;

    /// <summary>An id of the IANA time zone database.</summary>
    public required string ZoneId { get; init; }

    /// <summary>The Land whose public holidays close the site; null: none do.</summary>
    public Land? Holidays { get; set; }

    /// <summary>Since when nothing can be booked there and no list shows it; null: it is in use.</summary>
    public Instant? RetiredAt { get; set; }

    public List<Floor> Floors { get; init; } = [];

    /// <summary>
    /// The weeks, past, present and planned: of a date those of the latest <see cref="WeeklyHours.From"/> not after it, at most one for a
    /// weekday; a weekday without one is closed.
    /// </summary>
    public List<WeeklyHours> Week { get; init; } = [];

    public List<SpecialHours> Special { get; init; } = [];

    public List<Closure> Closures { get; init; } = [];

    /// <summary>The hours of the week that counts on that date, from Monday.</summary>
    public IReadOnlyList<WeeklyHours> WeekOn(LocalDate date)
    {
        var from = Week.Where(hours => hours.From <= date).Select(hours => hours.From).DefaultIfEmpty(WeeklyHours.FromTheStart).Max();
        return [.. Week.Where(hours => hours.From == from).OrderBy(hours => hours.Day)];
    }
}

/// <summary>The hours of one weekday, from a date on. Closing at midnight means the end of the day.</summary>
public sealed class WeeklyHours
{
    /// <summary>Of the hours with which a site begins.</summary>
    public static LocalDate FromTheStart { get; } = new(2000, 1, 1);

    public int SiteId { get; init; }

    /// <summary>The first day of the week they belong to, on the site's calendar; all days of one week share it.</summary>
    public LocalDate From { get; init; } = FromTheStart;

    public required IsoDayOfWeek Day { get; init; }

    public required LocalTime Opens { get; init; }

    public required LocalTime Closes { get; init; }
}

/// <summary>Other hours on one date, before closures, holidays and the week, and the reason its members read.</summary>
public sealed class SpecialHours
{
    public int Id { get; init; }

    public int SiteId { get; init; }

    public required LocalDate Date { get; init; }

    public required LocalTime Opens { get; set; }

    /// <summary>Midnight is the end of the day.</summary>
    public required LocalTime Closes { get; set; }

    public required LocalisedText Reason { get; set; }
}

/// <summary>Whole days on which a site is closed, both ends included, and the reason its members read.</summary>
public sealed class Closure
{
    public static readonly SubjectKind<int> Subject = new("closure");

    public const int ReasonMax = 120;

    public int Id { get; init; }

    public int SiteId { get; init; }

    public required LocalDate From { get; set; }

    public required LocalDate Through { get; set; }

    public required LocalisedText Reason { get; set; }
}

public sealed class Floor
{
    public const int NameMax = 60;

    public int Id { get; init; }

    public int SiteId { get; init; }

    /// <summary>0 is the ground floor.</summary>
    public required int Level { get; init; }

    public required LocalisedText Name { get; init; }

    /// <summary>Of the plan that members see; null: none has been published.</summary>
    public int? PlanId { get; set; }
}

internal sealed class SiteTable : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.ToTable("sites");
        builder.Property(site => site.Slug).HasMaxLength(Site.SlugMax).NotPersonal();
        builder.Property(site => site.Name).HasMaxLength(Site.NameMax).NotPersonal();
        builder.Property(site => site.Sign).HasMaxLength(2).NotPersonal();
        builder.Ignore(site => site.Short);
        builder.Property(site => site.ShortName).NotPersonal();
        builder.Property(site => site.Street).HasMaxLength(Site.NameMax).NotPersonal();
        builder.Property(site => site.PostCode).HasMaxLength(10).NotPersonal();
        builder.Property(site => site.GuestRoute).NotPersonal();
        builder.Property(site => site.GuestNetwork).NotPersonal();
        builder.Property(site => site.City).HasMaxLength(Site.NameMax).NotPersonal();
        builder.Property(site => site.ZoneId).HasMaxLength(60).NotPersonal();
        builder.HasIndex(site => site.Slug).IsUnique();
        builder.HasMany(site => site.Floors).WithOne().HasForeignKey(floor => floor.SiteId);
        builder.HasMany(site => site.Week).WithOne().HasForeignKey(hours => hours.SiteId);
        builder.HasMany(site => site.Special).WithOne().HasForeignKey(special => special.SiteId);
        builder.HasMany(site => site.Closures).WithOne().HasForeignKey(closure => closure.SiteId);
    }
}

internal sealed class WeeklyHoursTable : IEntityTypeConfiguration<WeeklyHours>
{
    public void Configure(EntityTypeBuilder<WeeklyHours> builder)
    {
        builder.ToTable("site_hours");
        builder.HasKey(hours => new { hours.SiteId, hours.From, hours.Day });
    }
}

internal sealed class SpecialHoursTable : IEntityTypeConfiguration<SpecialHours>
{
    public void Configure(EntityTypeBuilder<SpecialHours> builder)
    {
        builder.ToTable("site_special_hours");
        builder.Property(special => special.Reason).NotPersonal();
        builder.HasIndex(special => new { special.SiteId, special.Date }).IsUnique();
    }
}

internal sealed class ClosureTable : IEntityTypeConfiguration<Closure>
{
    public void Configure(EntityTypeBuilder<Closure> builder)
    {
        builder.ToTable("site_closures");
        builder.Property(closure => closure.Reason).NotPersonal();
    }
}

internal sealed class FloorTable : IEntityTypeConfiguration<Floor>
{
    public void Configure(EntityTypeBuilder<Floor> builder)
    {
        builder.ToTable("floors");
        builder.HasIndex(floor => new { floor.SiteId, floor.Level }).IsUnique();
    }
}

public static class SiteSet
{
    extension(HubDb db)
    {
        public DbSet<Site> Sites => db.Set<Site>();

        public DbSet<Floor> Floors => db.Set<Floor>();
    }
}
