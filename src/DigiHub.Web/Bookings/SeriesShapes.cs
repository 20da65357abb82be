using System.ComponentModel.DataAnnotations;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Api;

namespace DigiHub.Web.Bookings;

/// <summary>On which days a series is. It ends by until or by count.</summary>
[FieldsMayBeLeftOut]
public sealed record PatternInput
{
    public required RecurrenceKind Kind { get; init; }

    /// <summary>Every so many days, weeks or months.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Of a weekly one; none: the weekday of from.</summary>
    public IReadOnlyList<IsoDayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Of a monthly one by date; left out: that of from.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>Of a monthly one by weekday: 1 to 5, or -1 for the last of the month; left out: as from stands in its month.</summary>
    public int? Nth { get; init; }

    /// <summary>Of a monthly one by weekday; left out: that of from.</summary>
    public IsoDayOfWeek? Weekday { get; init; }

    public LocalDate? Until { get; init; }

    public int? Count { get; init; }

    /// <summary>Further dates.</summary>
    public IReadOnlyList<LocalDate> Extra { get; init; } = [];

    /// <summary>Dates that are left out.</summary>
    public IReadOnlyList<LocalDate> Excluded { get; init; } = [];

    internal RecurrenceDraft Draft => new()
    {
        Kind = Kind,
        Every = Every,
        Weekdays = Weekdays,
        DayOfMonth = DayOfMonth,
        Nth = Nth,
        Weekday = Weekday,
        Until = Until,
        Count = Count,
        Extra = Extra,
        Excluded = Excluded,
    };
}

/// <summary>What is wanted of one date: to leave it out, or another space or other times.</summary>
[FieldsMayBeLeftOut]
public sealed record ChoiceInput
{
    /// <summary>As the pattern has it.</summary>
    public required LocalDate Date { get; init; }

    public bool Skip { get; init; }

    public int? SpaceId { get; init; }

    /// <summary>With end: on the site’s clock.</summary>
    public LocalTime? Start { get; init; }

    public LocalTime? End { get; init; }

    /// <summary>Null: one of the two times is missing.</summary>
    internal SeriesChoice? Choice => (Start, End) switch
    {
        (null, null) => new(Date, Skip, SpaceId),
        ({ } start, { } end) => new(Date, Skip, SpaceId, SeriesTimes.Between(start, end)),
        _ => null,
    };
}

/// <summary>What a program sends to book a series, or to see what would become of it.</summary>
[FieldsMayBeLeftOut]
public sealed record SeriesInput
{
    public required int SpaceId { get; init; }

    /// <summary>The first day on which it may be.</summary>
    public required LocalDate From { get; init; }

    public required PatternInput Pattern { get; init; }

    /// <summary>With end, on the site’s clock; or part.</summary>
    public LocalTime? Start { get; init; }

    /// <summary>00:00 is the end of the day.</summary>
    public LocalTime? End { get; init; }

    public DayPart? Part { get; init; }

    /// <summary>A booking by itself that becomes one of the dates, on the day it is: it keeps its id, place and time.</summary>
    public Guid? FromBookingId { get; init; }

    public string? Title { get; init; }

    /// <summary>How many are expected, from 1; it is compared with the space's capacity and not kept.</summary>
    public int? People { get; init; }

    /// <summary>0 for none; both left out: as the member usually wants it.</summary>
    public int? ReminderMinutesBefore { get; init; }

    /// <summary>A reminder on the day before, at this time on the site's clock.</summary>
    public LocalTime? ReminderDayBeforeAt { get; init; }

    /// <summary>For whom; the front desk only.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>Holidays and other closed days are left out; else they are refused like any date that cannot be.</summary>
    public bool SkipsClosedDays { get; init; } = true;

    /// <summary>Leaves out every date that is taken or against a rule.</summary>
    public bool SkipsImpossible { get; init; }

    [MaxLength(Recurrence.DatesMax)]
    public IReadOnlyList<ChoiceInput> Choices { get; init; } = [];

    /// <summary>Of the preview it was decided by: refused with preview_changed if it is another by now.</summary>
    public string? Token { get; init; }

    internal Outcome<SeriesRequest> Request(Guid actorId)
    {
        var times = SeriesTimesInput.Of(Start, End, Part);
        var choices = SeriesTimesInput.Of(Choices);
        if ((times.Refusal ?? choices.Refusal) is { } refusal)
            return refusal;
        if (times.Value is null)
            return SeriesTimesInput.Malformed("start");
        return new SeriesRequest
        {
            ActorId = actorId,
            MemberId = MemberId,
            SpaceId = SpaceId,
            From = From,
            Pattern = Pattern.Draft,
            Times = times.Value,
            FromBookingId = FromBookingId,
            Title = Title,
            People = People,
            Reminder = (ReminderMinutesBefore, ReminderDayBeforeAt) switch
            {
                (null, null) => null,
                var (minutes, at) => new ReminderChoice(new ReminderWish(minutes == 0 ? null : minutes, at)),
            },
            SkipsClosedDays = SkipsClosedDays,
            SkipsImpossible = SkipsImpossible,
            Choices = choices.Value,
            Token = Token,
        };
    }
}

/// <summary>
/// What a program sends to change a series, or to see what would become of it. Omitted fields stay, null removes a value.
/// </summary>
public sealed record SeriesPatch : MergePatch
{
    public required SeriesScope Scope { get; init; }

    /// <summary>The date of the pattern that is meant; not for all_future.</summary>
    public LocalDate? Date { get; init; }

    public int? SpaceId { get; init => field = Given(value); }

    /// <summary>With end, on the site’s clock; or part.</summary>
    public LocalTime? Start { get; init; }

    public LocalTime? End { get; init; }

    public DayPart? Part { get; init; }

    /// <summary>On which days from then on; not of one date.</summary>
    public PatternInput? Pattern { get; init; }

    public string? Title { get; init => field = Given(value); }

    /// <summary>0 for none.</summary>
    public int? ReminderMinutesBefore { get; init => field = Given(value); }

    public LocalTime? ReminderDayBeforeAt { get; init => field = Given(value); }

    /// <summary>How many are expected, from 1; it is compared with the space's capacity and not kept.</summary>
    public int? People { get; init; }

    /// <summary>Dates that were changed by themselves become as the rest; else what is their own stays.</summary>
    public bool Resets { get; init; }

    public bool SkipsClosedDays { get; init; } = true;

    /// <summary>Cancels every date that is taken or against a rule then.</summary>
    public bool SkipsImpossible { get; init; }

    [MaxLength(Recurrence.DatesMax)]
    public IReadOnlyList<ChoiceInput> Choices { get; init; } = [];

    /// <summary>Of the preview it was decided by: refused with preview_changed if it is another by now.</summary>
    public string? Token { get; init; }

    internal Outcome<ChangeSeriesRequest> Request(BookingSeries series, Guid actorId, int? revision)
    {
        var times = SeriesTimesInput.Of(Start, End, Part);
        var choices = SeriesTimesInput.Of(Choices);
        if ((times.Refusal ?? choices.Refusal) is { } refusal)
            return refusal;
        return new ChangeSeriesRequest
        {
            SeriesId = series.Id,
            ActorId = actorId,
            Scope = Scope,
            Date = Date,
            SpaceId = SpaceId,
            Times = times.Value,
            Pattern = Pattern?.Draft,
            Title = Has(nameof(Title)) ? Title ?? "" : null,
            Reminder = ReminderOnTopOf(series),
            People = People,
            Resets = Resets,
            SkipsClosedDays = SkipsClosedDays,
            SkipsImpossible = SkipsImpossible,
            Choices = choices.Value,
            Token = Token,
            IfRevision = revision,
        };
    }

    private ReminderChoice? ReminderOnTopOf(BookingSeries series)
    {
        var (saysMinutes, saysDayBefore) = (Has(nameof(ReminderMinutesBefore)), Has(nameof(ReminderDayBeforeAt)));
        if (!saysMinutes && !saysDayBefore)
            return null;
        var minutes = saysMinutes ? ReminderMinutesBefore : series.ReminderMinutesBefore;
        return new(new ReminderWish(minutes == 0 ? null : minutes, saysDayBefore ? ReminderDayBeforeAt : series.ReminderDayBeforeAt));
    }
}

internal static class SeriesTimesInput
{
    /// <summary>Null where nothing was said.</summary>
    public static Outcome<SeriesTimes?> Of(LocalTime? start, LocalTime? end, DayPart? part) => (start, end, part) switch
    {
        (null, null, null) => (SeriesTimes?)null,
        ({ } from, { } until, null) => SeriesTimes.Between(from, until),
        (null, null, { } day) => SeriesTimes.OfDay(day),
        _ => Malformed(start is null ? "start" : "end"),
    };

    public static Outcome<IReadOnlyCollection<SeriesChoice>> Of(IReadOnlyList<ChoiceInput> choices)
    {
        List<SeriesChoice> made = [];
        foreach (var choice in choices)
        {
            if (choice.Choice is not { } one)
                return Malformed("choices");
            made.Add(one);
        }

        return made;
    }

    public static Refusal Malformed(string field) => new("malformed_time", new(
        "Give the time as start and end, or as part.", "Geben Sie die Zeit mit start und end oder mit part an.",
        "Gib die Zeit mit start und end oder mit part an."))
    { Field = field };
}

/// <summary>On which days a series is.</summary>
/// <param name="Nth">-1 for the last of the month.</param>
/// <param name="Until">Null where count ends it.</param>
public sealed record PatternShape(
    RecurrenceKind Kind, int Every, IReadOnlyList<IsoDayOfWeek> Weekdays, int? DayOfMonth, int? Nth, IsoDayOfWeek? Weekday,
    LocalDate? Until, int? Count, IReadOnlyList<LocalDate> Extra, IReadOnlyList<LocalDate> Excluded)
{
    internal static PatternShape Of(Recurrence pattern) => new(
        pattern.Kind, pattern.Every, pattern.Weekdays, pattern.DayOfMonth, pattern.Nth, pattern.Weekday,
        pattern.Until, pattern.Count, pattern.Extra, pattern.Excluded);
}

/// <summary>A series as its owner sees it. Its dates are bookings: what a date is, its booking says.</summary>
/// <param name="From">The day from which its pattern counts.</param>
/// <param name="Start">On the site’s clock; null for a part of the day, whose times depend on the opening hours.</param>
/// <param name="ContinuesId">The series whose later dates it took over.</param>
/// <param name="Revision">Also the ETag; rises with every change of a date, too.</param>
public sealed record SeriesShape(
    Guid Id, int SpaceId, string Space, string Site, string Zone, LocalDate From, PatternShape Pattern,
    LocalTime? Start, LocalTime? End, DayPart? Part, string? Title, int? ReminderMinutesBefore, LocalTime? ReminderDayBeforeAt,
    Guid MemberId, SeriesState State, Guid? ContinuesId, int Revision, Instant CreatedAt)
{
    internal static SeriesShape Of(BookingSeries series, HubDirectory map)
    {
        var (space, place) = (map.Space(series.SpaceId)!, map.Place(series.SiteId)!);
        return new(
            series.Id, space.Id, space.Name, place.Site.Slug, place.Site.ZoneId, series.FromDate, PatternShape.Of(series.Pattern),
            series.StartTime, series.EndTime, series.Part, series.Title, series.ReminderMinutesBefore, series.ReminderDayBeforeAt,
            series.MemberId, series.State, series.ContinuesId, series.Revision, series.CreatedAt);
    }
}

/// <param name="Bookings">Of any status, by date.</param>
/// <param name="Missing">Dates that the series does not have, and why.</param>
public sealed record SeriesWithDates(SeriesShape Series, IReadOnlyList<BookingShape> Bookings, IReadOnlyList<MissingDate> Missing)
{
    internal static SeriesWithDates Of(SeriesView view, HubDirectory map) => new(
        SeriesShape.Of(view.Series, map),
        [.. view.Dates.Select(date => BookingShape.Of(date, map.Space(date.SpaceId)!, map.Place(date.SiteId)!))],
        [.. view.Exceptions.Select(one => new MissingDate(one.Date, one.Reason))]);
}

public sealed record MissingDate(LocalDate Date, SeriesExceptionReason Reason);

/// <summary>What would become of each date. Nothing is reserved by it.</summary>
/// <param name="Token">Sent with what is decided by it: nothing is saved if it has changed.</param>
/// <param name="Differing">Of a change: dates that were changed by themselves and stay so.</param>
/// <param name="Dropped">Of a change: dates that the new pattern does not have.</param>
public sealed record SeriesPreviewShape(
    string Token, IReadOnlyList<SeriesDayShape> Dates, IReadOnlyList<LocalDate> Differing, IReadOnlyList<LocalDate> Dropped)
{
    internal static SeriesPreviewShape Of(SeriesPreview preview) => new(
        preview.Token, [.. preview.Days.Select(SeriesDayShape.Of)], preview.Differing, preview.Dropped);
}

/// <param name="Start">Null where there are no times, as on a closed day; the same of end.</param>
/// <param name="Code">Why not, as a refusal’s code; null for what is free or left out.</param>
/// <param name="Detail">The same for people to read; of a closed day, why it is closed.</param>
public sealed record SeriesDayShape(
    LocalDate Date, SeriesDayState State, int SpaceId, LocalDateTime? Start, LocalDateTime? End, string? Code, string? Detail)
{
    internal static SeriesDayShape Of(SeriesDay day) => new(
        day.Date, day.State, day.Space.Id, day.Local?.Start, day.Local?.End, day.WhyNot?.Code,
        day.WhyNot?.Message.Here ?? day.WhyClosed?.Here);
}

/// <param name="Count">How many dates were cancelled.</param>
/// <param name="HasEndedOne">One that was running has ended.</param>
public sealed record SeriesCancelledShape(SeriesShape Series, int Count, bool HasEndedOne);
