using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Reminders;

/// <summary>When the confirmed attendees of an event are reminded: "n days before at hh:mm" or "n hours before".</summary>
public sealed class ReminderRule
{
    public const int PerEventMax = 10;

    public required Guid Id { get; init; }

    public required Guid EventId { get; init; }

    public required ReminderKind Kind { get; init; }

    /// <summary>Days or hours before the start, at least 1.</summary>
    public required int Amount { get; init; }

    /// <summary>Site time of day, for calendar days only.</summary>
    public LocalTime? At { get; init; }

    public ReminderTime Time => new(Kind, Amount, At);

    /// <summary>The row for a time; of an event's or a template's own.</summary>
    public static bool MayBeOfAnEvent(ReminderTime time) => time.IsPossible && time.Kind != ReminderKind.ElapsedMinutes;
}

internal sealed class ReminderRuleTable : IEntityTypeConfiguration<ReminderRule>
{
    public void Configure(EntityTypeBuilder<ReminderRule> builder)
    {
        builder.ToTable("reminder_rules");
        // Else a rule added to an event that is there already would be taken for an old one.
        builder.Property(rule => rule.Id).ValueGeneratedNever();
        builder.Ignore(rule => rule.Time);
    }
}
