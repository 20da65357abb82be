namespace DigiHub.Time;

/// <summary>A recurrence as somebody gives it, unchecked; what its kind does not need is not looked at.</summary>
public sealed record RecurrenceDraft
{
    public required RecurrenceKind Kind { get; init; }

    public int Every { get; init; } = 1;

    /// <summary>Of a weekly one; none: the weekday of the first day.</summary>
    public IReadOnlyList<IsoDayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Of a monthly one by date; null: that of the first day.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>
    /// Of a monthly one by weekday: 1 to 5, or <see cref="Recurrence.Last"/>; null: as the first day stands in its month.
    /// </summary>
    public int? Nth { get; init; }

    /// <summary>Of a monthly one by weekday; null: that of the first day.</summary>
    public IsoDayOfWeek? Weekday { get; init; }

    /// <summary>The last day; this or <see cref="Count"/>.</summary>
    public LocalDate? Until { get; init; }

    public int? Count { get; init; }

    /// <summary>Further dates.</summary>
    public IReadOnlyList<LocalDate> Extra { get; init; } = [];

    /// <summary>Dates that are left out.</summary>
    public IReadOnlyList<LocalDate> Excluded { get; init; } = [];

    /// <summary>With what the first day says where nothing was said.</summary>
    internal RecurrenceDraft Filled(LocalDate from) => this with
    {
        Weekdays = Weekdays.Count == 0 ? [from.DayOfWeek] : Weekdays,
        DayOfMonth = DayOfMonth ?? from.Day,
        Nth = Nth ?? (from.Day - 1) / 7 + 1,
        Weekday = Weekday ?? from.DayOfWeek,
    };
}
