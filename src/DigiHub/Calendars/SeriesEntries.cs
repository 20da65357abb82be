using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Calendars;

/// <summary>
/// A series of bookings in a calendar: one entry with its rule and the dates it does not have (EXDATE), and one for each date that differs
/// (RECURRENCE-ID), all of one UID and one SEQUENCE; cancelled as a whole once nothing of it stands. A series that was split off is an
/// entry of its own, with a new UID.
/// </summary>
public sealed record SeriesEntries(Entries Entries, HubDirectory Map, Language Language)
{
    /// <param name="bookings">All of the series, of any state.</param>
    public IReadOnlyList<CalendarEntry> Of(BookingSeries series, IReadOnlyCollection<Booking> bookings)
    {
        var usual = Usual(series);
        var standing = bookings.Where(one => one.IsStanding && one.SeriesDate >= series.FromDate)
            .OrderBy(one => one.SeriesDate).ToDictionary(one => one.SeriesDate!.Value);
        var byRule = series.Pattern.First(series.FromDate);
        var first = byRule ?? standing.Keys.Cast<LocalDate?>().FirstOrDefault() ?? series.FromDate;
        if (standing.Count == 0)
            return [Entries.Of(series, first, usual, Map, Language) with { IsCancelled = true }];

        var site = Map.Place(series.SiteId)!.Time;
        HashSet<LocalDate> dates = [.. series.Pattern.Dates(series.FromDate)];
        var whole = Entries.Of(series, first, usual, Map, Language) with
        {
            // Of a rule that has no dates any more the first is one of those beside it.
            Series = new CalendarSeries(byRule is null ? "FREQ=DAILY;COUNT=1" : series.Pattern.Rule(usual.Start, site))
            {
                Dropped = [.. dates.Where(date => !standing.ContainsKey(date)).Concat(series.Pattern.Excluded).Distinct().Order()
                    .Select(date => date + usual.Start)],
                Extra = [.. standing.Keys.Where(date => !dates.Contains(date)).Concat(series.Pattern.Extra.Where(standing.ContainsKey))
                    .Distinct().Order().Select(date => date + usual.Start)],
            },
        };
        // All of one question: as soon as one date is sure, those that are not are entries of their own.
        var tentative = standing.Values.All(one => one.IsPending);
        whole = whole with { IsTentative = tentative };
        return [whole, .. standing.Values.Where(one => one.IsPending != tentative || Differs(one, series, usual))
            .Select(one => OfDate(series, one, usual))];
    }

    /// <summary>One date by itself: as it is instead of the rule, or withdrawn.</summary>
    public CalendarEntry OfDate(BookingSeries series, Booking booking) => OfDate(series, booking, Usual(series));

    private CalendarEntry OfDate(BookingSeries series, Booking booking, (LocalTime Start, LocalTime End) usual) =>
        Entries.Of(booking, Map, Language) with
        {
            Uid = Entries.UidOf(series),
            Sequence = series.CalendarSequence,
            InPlaceOf = booking.SeriesDate!.Value + usual.Start,
            ChangedAt = Instant.Max(booking.CreatedAt, Instant.Max(booking.ChangedAt, series.ChangedAt)),
        };

    /// <summary>The times by which a calendar reckons; those of a part of the day are those of the first day that has them.</summary>
    private (LocalTime Start, LocalTime End) Usual(BookingSeries series)
    {
        if (series.Times is { Start: { } start, End: { } end })
            return (start, end);
        var place = Map.Place(series.SiteId)!;
        var local = series.Pattern.Dates(series.FromDate).Select(date => series.Times.On(date, place))
            .Where(one => one.IsDone).Select(one => (LocalSpan?)one.Value).FirstOrDefault();
        return local is { } span ? (span.Start.TimeOfDay, span.End.TimeOfDay) : (new(8, 0), new(18, 0));
    }

    private static bool Differs(Booking booking, BookingSeries series, (LocalTime Start, LocalTime End) usual) =>
        booking.SpaceId != series.SpaceId || booking.Title != series.Title
        || booking.LocalSpan != LocalSpan.On(booking.SeriesDate!.Value, usual.Start, usual.End);
}
