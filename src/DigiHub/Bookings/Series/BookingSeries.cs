using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Bookings.Series;

public enum SeriesState
{
    Open,

    /// <summary>Nothing of it stands any more but what has begun: its last date ahead was cancelled.</summary>
    Closed,
}

/// <summary>
/// Bookings that belong together: one for each date of a pattern, each an ordinary <see cref="Booking"/> with claims of its own, which
/// knows its series and the date it stands for. The row says what new dates would be; what a date is, its booking says.
/// </summary>
public sealed class BookingSeries
{
    public static readonly SubjectKind<Guid> Subject = new("booking_series");

    public const int TitleMax = Booking.TitleMax;

    /// <summary>Also its identity in calendars.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose bookings they are.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Who made it: the member, or the front desk for them.</summary>
    public required Guid BookedById { get; init; }

    public required int SiteId { get; set; }

    public required int SpaceId { get; set; }

    /// <summary>On which days; what was cancelled or skipped since is in <see cref="SeriesException"/>.</summary>
    public required Recurrence Pattern { get; set; }

    /// <summary>The day from which the pattern counts.</summary>
    public required LocalDate FromDate { get; set; }

    /// <summary>On the site's clock; null for a part of the day, whose times depend on the opening hours of each date.</summary>
    public LocalTime? StartTime { get; private set; }

    /// <summary>Midnight is the end of the day.</summary>
    public LocalTime? EndTime { get; private set; }

    public DayPart? Part { get; private set; }

    public required SeriesTimes Times
    {
        get => Part is { } part ? SeriesTimes.OfDay(part) : SeriesTimes.Between(StartTime!.Value, EndTime!.Value);
        set => (StartTime, EndTime, Part) = (value.Start, value.End, value.Part);
    }

    /// <summary>Private to the member and the front desk.</summary>
    public string? Title { get; set; }

    public bool RemindsAsUsual { get; private set; }

    public int? ReminderMinutesBefore { get; private set; }

    public LocalTime? ReminderDayBeforeAt { get; private set; }

    /// <summary>Of dates that are added later.</summary>
    public required ReminderChoice Reminder
    {
        get => RemindsAsUsual ? ReminderChoice.AsUsual : new(new ReminderWish(ReminderMinutesBefore, ReminderDayBeforeAt));
        set => (RemindsAsUsual, ReminderMinutesBefore, ReminderDayBeforeAt) =
            (value.Own is null, value.Own?.MinutesBefore, value.Own?.DayBeforeAt);
    }

    public SeriesState State { get; private set; }

    /// <summary>The series whose later dates it took over when these were changed; null for one that was booked as such.</summary>
    public Guid? ContinuesId { get; init; }

    /// <summary>
    /// SEQUENCE of its calendar entry and of those of its single dates; rises with every change of times, place or dates. One that was
    /// split off goes on from the other's, so that it never falls for any date.
    /// </summary>
    public int CalendarSequence { get; internal set; }

    /// <summary>Rises with every change of the series, also of a single date of it.</summary>
    public int Revision { get; private set; } = 1;

    public required Instant CreatedAt { get; init; }

    /// <summary>When its calendar entry last changed, the title included, in whole seconds; never falls.</summary>
    public Instant ChangedAt { get; private set; }

    public bool IsOpen => State == SeriesState.Open;

    /// <summary>Something of it is other than before, for who has looked at it.</summary>
    internal void Touch(Instant now) => (Revision, ChangedAt) = (Revision + 1, LastChange.After(Instant.Max(ChangedAt, CreatedAt), now));

    /// <summary>Its times, place or dates are other than calendars know.</summary>
    internal void Reschedule(Instant now)
    {
        CalendarSequence++;
        Touch(now);
    }

    internal void Close(Instant now)
    {
        State = SeriesState.Closed;
        Reschedule(now);
    }

    /// <summary>A cancelled date of it stands again.</summary>
    internal void Reopen(Instant now)
    {
        State = SeriesState.Open;
        Reschedule(now);
    }
}

internal sealed class BookingSeriesTable : IEntityTypeConfiguration<BookingSeries>
{
    public void Configure(EntityTypeBuilder<BookingSeries> builder)
    {
        builder.ToTable("booking_series", table => table.HasCheckConstraint(
            "booking_series_times", "(part IS NULL) = (start_time IS NOT NULL) AND (part IS NULL) = (end_time IS NOT NULL)"));
        builder.Property(series => series.Pattern).HasConversion(pattern => pattern.ToString(), text => Recurrence.Kept(text))
            .HasMaxLength(Recurrence.TextMax).NotPersonal();
        builder.Property(series => series.Title).HasMaxLength(BookingSeries.TitleMax);
        builder.Property(series => series.Revision).IsConcurrencyToken();
        builder.Ignore(series => series.Times);
        builder.Ignore(series => series.Reminder);
        builder.HasIndex(series => series.MemberId);
        builder.HasOne<Space>().WithMany().HasForeignKey(series => series.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Member>().WithMany().HasForeignKey(series => series.MemberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BookingSeries>().WithMany().HasForeignKey(series => series.ContinuesId).OnDelete(DeleteBehavior.NoAction);
    }
}

public static class BookingSeriesSet
{
    extension(HubDb db)
    {
        public DbSet<BookingSeries> BookingSeries => db.Set<BookingSeries>();

        public DbSet<SeriesException> SeriesExceptions => db.Set<SeriesException>();
    }

    extension(IQueryable<Booking> bookings)
    {
        /// <summary>Of any state.</summary>
        public IQueryable<Booking> OfSeries(Guid seriesId) => bookings.Where(booking => booking.SeriesId == seriesId);

        /// <summary>Those that stand and have not begun: all that an act on a series may change.</summary>
        public IQueryable<Booking> Ahead(Instant now) =>
            bookings.Where(booking => booking.Status == BookingStatus.Confirmed && booking.Start > now);

        /// <summary>Those that stand and have begun, but are not over.</summary>
        public IQueryable<Booking> Running(Instant now) =>
            bookings.Where(booking => booking.Status == BookingStatus.Confirmed && booking.Start <= now && booking.End > now);
    }
}
