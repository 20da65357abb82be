using DigiHub.Data;
using DigiHub.Notifications;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Operations;

public enum AlarmCause
{
    /// <summary>The notification that waits longest is overdue by more than it may be, though the relay seems well.</summary>
    NotificationsLate,

    /// <summary>Nothing can be handed to the relay.</summary>
    RelayPaused,

    /// <summary>Notifications were given up, or came back.</summary>
    FailedNotifications,

    /// <summary>What comes back of notifications cannot be read.</summary>
    InboundUnread,

    /// <summary>For days no backup was made that was found good.</summary>
    NoBackup,
}

/// <summary>When an alarm was raised last: one row for a cause, so that all processes together raise it once.</summary>
public sealed class Alarm
{
    public required AlarmCause Cause { get; init; }

    public required Instant RaisedAt { get; set; }
}

/// <summary>When something is an alarm, and how often it is one at most.</summary>
public sealed record AlarmOptions
{
    /// <summary>A notification may be overdue by so much, and the relay away for so long.</summary>
    public Duration LagMax { get; init; } = Duration.FromMinutes(5);

    /// <summary>There is a mailbox to which notifications come back.</summary>
    public bool ReadsInbound { get; init; }

    /// <summary>It may be unreachable for so long, such as during nightly maintenance of its server.</summary>
    public Duration InboundUnreadMax { get; init; } = Duration.FromMinutes(30);

    /// <summary>The latest good backup may be so old; null: others see to backups.</summary>
    public Duration? BackupAgeMax { get; init; }

    /// <summary>Limits alarms about one cause to one per interval; failed notifications are reported once a day.</summary>
    public static Duration AgainAfter(AlarmCause cause) => cause switch
    {
        AlarmCause.NotificationsLate => Duration.FromHours(1),
        AlarmCause.RelayPaused => Duration.FromHours(1),
        AlarmCause.FailedNotifications => Duration.FromDays(1),
        AlarmCause.InboundUnread => Duration.FromDays(1),
        AlarmCause.NoBackup => Duration.FromDays(1),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "A cause without an interval."),
    };
}

/// <summary>What an alarm notification tells, as its Note carries it: "cause|figure|words".</summary>
/// <param name="Figure">
/// Minutes of lag, of the pause, without a good look into the mailbox or without a good backup, or notifications that were not delivered.
/// </param>
/// <param name="Words">What the relay or the mailbox said, or what was wrong with the latest backup; null for other causes.</param>
public sealed record AlarmNote(AlarmCause Cause, int Figure, string? Words = null)
{
    public string Written => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Cause}|{Figure}|{Words}");

    /// <summary>Null for what was not written by an alarm.</summary>
    public static AlarmNote? Parse(string? note) =>
        note?.Split('|', 3) is [var cause, var figure, var words]
        && Enum.TryParse<AlarmCause>(cause, out var known)
        && int.TryParse(figure, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new AlarmNote(known, number, words.Length == 0 ? null : words)
            : null;
}

internal sealed class AlarmTable : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.ToTable("alarms");
        builder.HasKey(alarm => alarm.Cause);
    }
}

public static class AlarmSet
{
    extension(HubDb db)
    {
        public DbSet<Alarm> Alarms => db.Set<Alarm>();
    }
}
