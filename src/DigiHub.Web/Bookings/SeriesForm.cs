using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>How a series repeats, as the form has it.</summary>
public enum SeriesRepeat { Weekly, Daily, Monthly, MonthlyByWeekday, MonthlyLast }

/// <summary>
/// A series as an address asks for it: so that its preview can be linked, and Back works. The time is two times by the clock, or a part of
/// the day where the space is booked so.
/// </summary>
public sealed record SeriesForm
{
    private const int EveryDefault = 1, CountDefault = 10;

    public required LocalDate From { get; init; }

    public LocalTime? Start { get; init; }

    public LocalTime? End { get; init; }

    public DayPart Part { get; init; }

    public SeriesRepeat Repeat { get; init; }

    public int Every { get; init; } = EveryDefault;

    /// <summary>Of a weekly one.</summary>
    public IReadOnlyList<IsoDayOfWeek> On { get; init; } = [];

    public LocalDate? Until { get; init; }

    public int? Count { get; init; }

    public string? Title { get; init; }

    /// <summary>It was sent, not only opened.</summary>
    public bool IsAsked { get; init; }

    /// <param name="today">The day of a form that was only opened.</param>
    public static SeriesForm Of(QueryValues asked, LocalDate today)
    {
        var from = asked.Date("day") ?? today;
        var isAsked = asked.Has("repeat");
        var on = asked.Keys("on", Weekdays.Select(WordOf));
        return new()
        {
            From = from,
            Start = asked.Time("start"),
            End = asked.Time("end"),
            Part = DayParts.Parse(asked.Raw("part")),
            Repeat = asked.OneOf<SeriesRepeat>("repeat") ?? SeriesRepeat.Weekly,
            Every = asked.Number("every", 1, Recurrence.EveryMax) ?? EveryDefault,
            On = [.. Weekdays.Where(day => on.Contains(WordOf(day)))],
            Until = asked.Date("until"),
            Count = asked.Number("count", 1, Recurrence.DatesMax) ?? (isAsked ? null : CountDefault),
            Title = asked.Text("title", BookingSeries.TitleMax),
            IsAsked = isAsked,
        };
    }

    /// <summary>A series that is there, as it can be changed from its next date on.</summary>
    /// <param name="ahead">Its dates that have not begun, by date; at least one.</param>
    public static SeriesForm Of(BookingSeries series, IReadOnlyList<Booking> ahead)
    {
        var pattern = series.Pattern;
        return new()
        {
            From = ahead[0].SeriesDate!.Value,
            Start = series.StartTime,
            End = series.EndTime,
            Part = series.Part ?? default,
            Repeat = pattern.Kind switch
            {
                RecurrenceKind.Daily => SeriesRepeat.Daily,
                RecurrenceKind.MonthlyByDate => SeriesRepeat.Monthly,
                RecurrenceKind.MonthlyByWeekday =>
                    pattern.Nth == Recurrence.Last ? SeriesRepeat.MonthlyLast : SeriesRepeat.MonthlyByWeekday,
                _ => SeriesRepeat.Weekly,
            },
            Every = pattern.Every,
            On = pattern.Weekdays,
            Until = pattern.Until,
            Count = pattern.Until is null ? ahead.Count : null,
            Title = series.Title,
        };
    }

    /// <summary>On the same days as the other, so that the pattern of a series need not change.</summary>
    public bool RepeatsAs(SeriesForm other) =>
        Repeat == other.Repeat && Every == other.Every && Until == other.Until && Count == other.Count
        && (Repeat != SeriesRepeat.Weekly || On.ToHashSet().SetEquals(other.On));

    public static IReadOnlyList<IsoDayOfWeek> Weekdays { get; } =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday,
            IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    /// <summary>As it stands in addresses.</summary>
    public static string WordOf(IsoDayOfWeek day) => day.ToString().ToLowerInvariant()[..3];

    /// <summary>On which days; that of the first day where none was chosen.</summary>
    public RecurrenceDraft Pattern => new()
    {
        Kind = Repeat switch
        {
            SeriesRepeat.Daily => RecurrenceKind.Daily,
            SeriesRepeat.Monthly => RecurrenceKind.MonthlyByDate,
            SeriesRepeat.MonthlyByWeekday or SeriesRepeat.MonthlyLast => RecurrenceKind.MonthlyByWeekday,
            _ => RecurrenceKind.Weekly,
        },
        Every = Every,
        Weekdays = Repeat != SeriesRepeat.Weekly ? [] : On.Count > 0 ? On : [From.DayOfWeek],
        DayOfMonth = Repeat == SeriesRepeat.Monthly ? From.Day : null,
        Nth = Repeat switch
        {
            SeriesRepeat.MonthlyByWeekday => NthOf(From),
            SeriesRepeat.MonthlyLast => Recurrence.Last,
            _ => null,
        },
        Weekday = Repeat is SeriesRepeat.MonthlyByWeekday or SeriesRepeat.MonthlyLast ? From.DayOfWeek : null,
        Until = Until,
        Count = Count,
    };

    /// <summary>The third Tuesday is the third; a fifth one is the last of its month.</summary>
    public static int NthOf(LocalDate day) => (day.Day - 1) / 7 + 1 is var nth and < 5 ? nth : Recurrence.Last;

    /// <summary>Null where times are needed and missing; each is then named in the errors.</summary>
    public SeriesTimes? Times(Space space, FormErrors errors)
    {
        if (space.Rules.Granularity != Granularity.Minutes && (Start is null || End is null))
            return SeriesTimes.OfDay(Part);
        if (Start is null)
            errors.Add("start", Speak.T("Enter the start as a time such as 14:00.", "Geben Sie den Beginn als Uhrzeit an, etwa 14:00.",
                "Gib den Beginn als Uhrzeit an, etwa 14:00."));
        if (End is null)
            errors.Add("end", Speak.T("Enter the end as a time such as 15:00.", "Geben Sie das Ende als Uhrzeit an, etwa 15:00.",
                "Gib das Ende als Uhrzeit an, etwa 15:00."));
        return Start is { } start && End is { } end ? SeriesTimes.Between(start, end) : null;
    }
}

/// <summary>What somebody may choose for one date that cannot be had as wished.</summary>
/// <param name="Value">As the form sends it.</param>
public sealed record SeriesOffer(string Value, Words Label)
{
    private const string Skips = "skip", Space = "space:", Times = "time:";

    public static SeriesOffer Skip { get; } = new(Skips, new("Leave out", "Auslassen"));

    /// <summary>One other space at the time, one other time of the space on that date, and leaving it out.</summary>
    public static IReadOnlyList<SeriesOffer> Of(SeriesDay day, IReadOnlyList<Alternative> alternatives)
    {
        List<SeriesOffer> offers = [];
        if (alternatives.FirstOrDefault(one => one.Kind == AlternativeKind.OtherSpace) is { } space)
            offers.Add(new($"{Space}{space.SpaceId}", new($"{space.SpaceName} instead", $"Stattdessen {space.SpaceName}")));
        if (alternatives.FirstOrDefault(one => one.Kind == AlternativeKind.OtherTime && one.Start.Date == day.Date
            && one.End.Date == day.Date) is { } time)
        {
            var (start, end) = (FormParse.Write(time.Start.TimeOfDay), FormParse.Write(time.End.TimeOfDay));
            offers.Add(new($"{Times}{start}-{end}", new($"{start}–{end} instead", $"Stattdessen {start}–{end}")));
        }

        return [.. offers, Skip];
    }

    /// <summary>Null for what is no such value.</summary>
    public static SeriesChoice? Choice(LocalDate date, string? sent) => sent switch
    {
        Skips => new(date, IsSkipped: true),
        not null when sent.StartsWith(Space, StringComparison.Ordinal) && FormParse.Number(sent[Space.Length..]) is { } spaceId =>
            new(date, SpaceId: spaceId),
        not null when sent.StartsWith(Times, StringComparison.Ordinal) && sent[Times.Length..].Split('-') is [var from, var to]
            && FormParse.Time(from) is { } start && FormParse.Time(to) is { } end => new(date, Times: SeriesTimes.Between(start, end)),
        _ => null,
    };
}
