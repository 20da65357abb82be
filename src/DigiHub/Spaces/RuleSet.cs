using DigiHub.Activity;
using DigiHub.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Spaces;

/// <summary>In what steps a space is booked: clock minutes, half days or whole days of the site's opening hours.</summary>
public enum Granularity { Minutes, HalfDay, Day }

/// <summary>
/// By which rules spaces are booked: one row that all desks of a hub may share. A change counts for bookings made or moved after it.
/// </summary>
public sealed class RuleSet
{
    public static readonly SubjectKind<int> Subject = new("rule_set");

    public const int NameMax = 60;

    public int Id { get; init; }

    /// <summary>As administrators choose it; no other set is called the same in either language.</summary>
    public required LocalisedText Name { get; set; }

    public required Granularity Granularity { get; set; }

    /// <summary>The step of start and length where granularity is minutes: 5, 15, 30 or 60.</summary>
    public int StepMinutes { get; set; } = 15;

    public int SetUpMinutes { get; set; }

    public int TearDownMinutes { get; set; }

    /// <summary>Shortest and longest booking where granularity is minutes, both inclusive.</summary>
    public int MinMinutes { get; set; } = 15;

    public int MaxMinutes { get; set; } = 8 * 60;

    /// <summary>Longest booking, in days touched.</summary>
    public int MaxDays { get; set; } = 1;

    /// <summary>A booking starts at the earliest this many exact minutes from now; 0 lets one start in the current step.</summary>
    public int NoticeMinutes { get; set; }

    /// <summary>How many calendar days ahead, in the site's zone, may be booked, to the end of that day.</summary>
    public int HorizonDays { get; set; } = 60;

    /// <summary>Rises with every change.</summary>
    public int Revision { get; set; } = 1;
}

internal sealed class RuleSetTable : IEntityTypeConfiguration<RuleSet>
{
    public void Configure(EntityTypeBuilder<RuleSet> builder)
    {
        builder.ToTable("rule_sets");
        builder.Property(rules => rules.Name).NotPersonal();
        builder.Property(rules => rules.Revision).IsConcurrencyToken();
    }
}

public static class RuleSetSet
{
    extension(HubDb db)
    {
        public DbSet<RuleSet> RuleSets => db.Set<RuleSet>();
    }
}
