using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Time;
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

    /// <summary>
    /// So long after the start who has booked may check in, then the booking is released; null: nobody is asked to check in.
    /// </summary>
    public int? CheckInGraceMinutes { get; set; }

    /// <summary>Check-in opens so long before the start; what is booked later than that counts as checked in.</summary>
    public int CheckInOpensMinutes { get; set; } = 15;

    /// <summary>Bookings of at least <see cref="LongFrom"/> are not asked about.</summary>
    public bool SparesLongBookings { get; set; }

    /// <summary>In real time.</summary>
    public static readonly Duration LongFrom = Duration.FromHours(8);

    /// <summary>Somebody decides on each booking; until then it holds its space. Counts for what is booked or moved from then on.</summary>
    public bool NeedsApproval { get; set; }

    /// <summary>
    /// Who stands at its door may take it there at once, on a screen and without saying who they are. It needs steps of minutes, no notice
    /// and no approval; else it says nothing.
    /// </summary>
    public bool AllowsWalkUps { get; set; }

    /// <summary>Until when who has booked checks in; null: nobody is asked to.</summary>
    public Instant? CheckInBy(Span span) => CheckInGraceMinutes is { } grace && !(SparesLongBookings && span.Length >= LongFrom)
        ? span.Start + Duration.FromMinutes(grace)
        : null;

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
