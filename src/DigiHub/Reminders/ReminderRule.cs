using DigiHub.Events;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Reminders;

/// <summary>Calendar days are counted in the site's zone and fall on a time of day; elapsed hours are counted as they pass.</summary>
public enum ReminderKind { CalendarDays, Elapsed }

/// <summary>When the confirmed attendees of an event are reminded: "n days before at hh:mm" or "n hours before".</summary>
public sealed class ReminderRule
{
    public const int DaysMax = 60;
    public const int HoursMax = 72;
    public const int PerEventMax = 10;

    public required Guid Id { get; init; }

    public required Guid EventId { get; init; }

    public required ReminderKind Kind { get; init; }

    /// <summary>Days or hours before the start, at least 1.</summary>
    public required int Amount { get; init; }

    /// <summary>Site time of day, for calendar days only.</summary>
    public LocalTime? At { get; init; }

    public ReminderTime Time => new(Kind, Amount, At);

    /// <summary>How long after it was due it still helps.</summary>
    public Duration Grace => Kind == ReminderKind.CalendarDays ? Offsets.DayGrace : Offsets.HourGrace;

    /// <summary>When it reminds of the event as it stands.</summary>
    public Instant Due(Event hosted, SiteTime site) => Kind == ReminderKind.CalendarDays
        ? Offsets.DaysBefore(hosted.StartLocal, site, Amount, At ?? LocalTime.Midnight)
        : Offsets.HoursBefore(hosted.Start, Amount);
}

internal sealed class ReminderRuleTable : IEntityTypeConfiguration<ReminderRule>
{
    public void Configure(EntityTypeBuilder<ReminderRule> builder)
    {
        builder.ToTable("reminder_rules");
        // Else a rule added to an event that is there already would be taken for an old one.
        builder.Property(rule => rule.Id).ValueGeneratedNever();
        builder.Ignore(rule => rule.Time);
        builder.Ignore(rule => rule.Grace);
    }
}
