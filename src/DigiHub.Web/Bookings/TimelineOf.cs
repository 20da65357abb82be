using System.Globalization;
using System.Runtime.CompilerServices;
using DigiHub.Bookings;
using DigiHub.Time;
using DigiHub.Web.Components;

namespace DigiHub.Web.Bookings;

/// <summary>
/// Turns a day of rooms into the view that the timeline component shows: columns, without overlaps. The row of a room whose day is the
/// same for everybody is made once in each language.
/// </summary>
public static class TimelineOf
{
    private static readonly ConditionalWeakTable<SpaceDay, TimelineRow?[]> rows = [];

    /// <param name="pick">What is chosen as the page comes; half an hour from its start.</param>
    public static TimelineView Day(DayPicture picture, IEnumerable<SpaceDay> rooms, TimelinePick? pick, Instant now)
    {
        var day = TimelineDay.Of(picture.Place.Time, picture.Day, picture.Hours is { } hours ? (hours.Opens, hours.Closes) : null);
        var view = new TimelineView(day, [.. rooms.Select(room => Kept(room, day, picture))]).At(now);
        return pick is not null && day.ColumnAt(pick.Start) is { } column
            ? view with { Chosen = new TimelineChoice(pick.SpaceId, column, column + 1) }
            : view;
    }

    private static TimelineRow Kept(SpaceDay room, TimelineDay day, DayPicture picture) =>
        rows.GetValue(room, _ => new TimelineRow?[Enum.GetValues<Language>().Length])[(int)Languages.Here] ??= Row(room, day, picture);

    private static TimelineRow Row(SpaceDay room, TimelineDay day, DayPicture picture) =>
        new(room.Space.Id, room.Space.Name,
            new TimelineThing("people", SpaceWords.Seats(room.Space.Capacity).Here,
                room.Space.Capacity.ToString(CultureInfo.InvariantCulture)),
            [.. room.Space.Things.Select(thing => new TimelineThing(thing.Icon, thing.Name.Here))],
            picture.Hours is null ? [Closed(day, picture.WhyClosed)] : Busy(room, day, picture.Place.Time))
        {
            Href = Paths.RoomWeek(room.Space.Id, picture.Day),
        };

    /// <summary>A row for each of these days of one room, in the widest hours of them; the rest of a day is closed.</summary>
    /// <param name="days">In order, of one site.</param>
    public static TimelineView Week(IReadOnlyList<DayPicture> days, int spaceId, TimelinePick? pick, Instant now)
    {
        var time = days[0].Place.Time;
        var open = days.Select(one => one.Hours).OfType<DayHours>().ToList();
        (LocalTime Opens, LocalTime Closes)? widest = open.Count == 0 ? null
            : (open.Min(hours => hours.Opens), open.Exists(hours => hours.Closes == LocalTime.Midnight)
                ? LocalTime.Midnight
                : open.Max(hours => hours.Closes));
        TimelineDay Of(LocalDate date) => TimelineDay.Of(time, date, widest);
        var view = new TimelineView(Of(days[0].Day), [.. days.Select(one => DayRow(one, Of(one.Day), spaceId, now))]);
        return pick?.Day is { } day && view.Day.ColumnAt(pick.Start) is { } column
            ? view with { Chosen = new TimelineChoice(spaceId, column, column + 1, day) }
            : view;
    }

    private static TimelineRow DayRow(DayPicture picture, TimelineDay day, int spaceId, Instant now) => new(
        spaceId, TimeWords.ShortDay(picture.Day).Here, seats: null, [],
        picture.Hours is not { } hours || picture.Spaces.FirstOrDefault(one => one.Space.Id == spaceId) is not { } room
            ? [Closed(day, picture.WhyClosed)]
            : [.. Around(Busy(room, day, picture.Place.Time), day, picture, hours)])
    {
        Href = new RoomsQuery(picture.Place.Site.Slug, picture.Day).Href,
        Day = picture.Day,
        PastColumns = day.PastAt(now),
    };

    /// <summary>With what is closed before and after the hours of this day.</summary>
    private static IEnumerable<TimelineBusy> Around(List<TimelineBusy> busy, TimelineDay day, DayPicture picture, DayHours hours)
    {
        var (time, on) = (picture.Place.Time, hours.On(picture.Day));
        var (opens, closes) = (time.Shifted(on.Start), time.Shifted(on.End));
        var first = day.All.Count(column => column.Start < opens);
        var last = day.All.Count(column => column.Start < closes);
        var closed = Speak.T("closed", "geschlossen");
        if (first > 0)
            yield return new(0, first, closed, "", TimelineBusyKind.Closed);
        foreach (var one in busy.Where(one => one.From >= first && one.Until <= last))
            yield return one;
        if (last < day.All.Count)
            yield return new(last, day.All.Count, closed, "", TimelineBusyKind.Closed);
    }

    private static TimelineBusy Closed(TimelineDay day, Words? why) =>
        new(0, day.All.Count, why is { } reason ? reason.Here : Speak.T("closed", "geschlossen"), "", TimelineBusyKind.Closed);

    /// <summary>Where two holders share a column (one ends at 10:15, the next begins), the earlier gets it.</summary>
    private static List<TimelineBusy> Busy(SpaceDay room, TimelineDay day, SiteTime time)
    {
        var cells = new List<TimelineBusy>(room.Busy.Count);
        var free = 0;
        foreach (var busy in room.Busy)
        {
            var (start, end) = (time.Shifted(busy.Start), time.Shifted(busy.End));
            if (start >= end || day.Columns(new Span(start, end)) is not var (from, until))
                continue;
            from = Math.Max(from, free);
            if (from >= until)
                continue;
            cells.Add(new(from, until, Text(busy), Hours(busy), KindOf(busy.Kind), Own(busy)));
            free = until;
        }

        return cells;
    }

    private static TimelineOwn? Own(BusySpan busy) => busy is { BookingId: { } id, Booked: { } booked }
        ? new(id, booked.Start.TimeOfDay, booked.End.TimeOfDay)
        : null;

    private static string Text(BusySpan busy) => busy.Kind switch
    {
        BusyKind.Event => Speak.T("Event", "Veranstaltung"),
        BusyKind.OutOfService => Speak.T("Out of service", "Außer Betrieb"),
        BusyKind.Mine => busy.Title ?? Speak.T("Yours", "Ihre Buchung", "Deine Buchung"),
        _ => busy.Title ?? Speak.T("Booked", "Belegt"),
    };

    private static string Hours(BusySpan busy) => busy.Booked is { } own
        ? $"{TimeWords.Clock(own.Start.TimeOfDay).English}–{TimeWords.ClockUntil(own.End.TimeOfDay).English}"
        : $"{TimeWords.Clock(busy.Start.TimeOfDay).English}–{TimeWords.ClockUntil(busy.End.TimeOfDay).English}";

    private static TimelineBusyKind KindOf(BusyKind kind) => kind switch
    {
        BusyKind.Mine => TimelineBusyKind.Mine,
        BusyKind.Event => TimelineBusyKind.Event,
        BusyKind.OutOfService => TimelineBusyKind.Closed,
        _ => TimelineBusyKind.Booked,
    };
}
