using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime.Text;

namespace DigiHub.Reminders;

/// <summary>
/// A named set of reminders that organisers choose for their events. Choosing copies it: an event keeps its reminders whatever
/// becomes of the template. At most one is the hub's default, which new events begin with.
/// </summary>
public sealed class ReminderTemplate
{
    public static readonly SubjectKind<int> Subject = new("reminder_template");

    public const int NameMax = 60;
    public const int CountMax = 30;

    public int Id { get; init; }

    /// <summary>Unique, whatever the case.</summary>
    public required string Name { get; set; }

    /// <summary>No two alike, at most <see cref="ReminderRule.PerEventMax"/>, the earliest first; none is a set, too.</summary>
    public required IReadOnlyList<ReminderTime> Times { get; set; }

    public bool IsDefault { get; set; }

    // "7d09:00 2h": short enough to be read in the row.
    internal static string Write(IEnumerable<ReminderTime> times) =>
        string.Join(' ', times.Select(time => time.Kind == ReminderKind.CalendarDays
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Amount}d{clock.Format(time.At ?? LocalTime.Midnight)}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Amount}h")));

    internal static IReadOnlyList<ReminderTime> Read(string written) =>
        [.. written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne)];

    private static readonly LocalTimePattern clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static ReminderTime ReadOne(string written) => written.EndsWith('h')
        ? ReminderTime.Hours(int.Parse(written.AsSpan(0, written.Length - 1), CultureInfo.InvariantCulture))
        : ReminderTime.Days(int.Parse(written.AsSpan(0, written.IndexOf('d', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
            clock.Parse(written[^5..]).Value);
}

internal sealed class ReminderTemplateTable : IEntityTypeConfiguration<ReminderTemplate>
{
    private const int WrittenMax = 100;

    public void Configure(EntityTypeBuilder<ReminderTemplate> builder)
    {
        builder.ToTable("reminder_templates");
        builder.Property(template => template.Name).HasMaxLength(ReminderTemplate.NameMax).NotPersonal();
        builder.Property(template => template.Times).HasMaxLength(WrittenMax).HasConversion(
            times => ReminderTemplate.Write(times), written => ReminderTemplate.Read(written),
            new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<IReadOnlyList<ReminderTime>>(
                (one, other) => one!.SequenceEqual(other!), times => times.Count, times => times)).NotPersonal();
        builder.HasIndex(template => template.IsDefault).IsUnique().HasFilter("is_default");
    }
}

public static class ReminderTemplateSet
{
    extension(HubDb db)
    {
        public DbSet<ReminderTemplate> ReminderTemplates => db.Set<ReminderTemplate>();

        /// <summary>What a new event begins with: the hub's default, else <see cref="ReminderTime.Usual"/>.</summary>
        internal async Task<IReadOnlyList<ReminderTime>> RemindersOfNewEvents(CancellationToken stop) =>
            (await db.Set<ReminderTemplate>().AsNoTracking().FirstOrDefaultAsync(template => template.IsDefault, stop))?.Times
                ?? ReminderTime.Usual;
    }
}
