using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mails about series: one an act, with a table of its dates as they are when it leaves.</summary>
public sealed class SeriesEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) =>
        type.IsOneOf(SeriesNotifications.Booked, SeriesNotifications.Changed, SeriesNotifications.Cancelled);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var from = world.Booking.StartLocal.Date;
        List<LocalDate> dates = [from, from.PlusWeeks(1), from.PlusWeeks(2)];
        foreach (var (type, sign) in new[]
            { (SeriesNotifications.Booked, 'b'), (SeriesNotifications.Changed, 'c'), (SeriesNotifications.Cancelled, 'd') })
        {
            var series = SeriesOf(world.Booking, from, sign);
            var status = type == SeriesNotifications.Cancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed;
            yield return new EmailSample(type, BookingSeries.Subject.Of(series.Id))
            {
                Note = SeriesNote.Of(dates),
                Rows = [series, .. dates.Select((_, week) => DateOf(world.Booking, series, week, status, sign))],
            };
        }
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var seriesId = notification.SubjectId;
        if (await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seriesId, stop) is not { } series
            || map.Space(series.SpaceId) is not { } space)
            return null;
        LocalDate?[] dates = [.. SeriesNote.Dates(notification.Note)];
        var status = notification.Type == SeriesNotifications.Cancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed;
        var told = await db.Bookings.AsNoTracking().OfSeries(seriesId)
            .Where(one => one.Status == status && EF.Parameter(dates).Contains(one.SeriesDate)).OrderBy(one => one.Start).ToListAsync(stop);
        if (told.Count == 0)
            return null;

        var facts = new SeriesEmailFacts(
            notification.Type, series, space, map.PlaceOf(space), told, id => map.Space(id)?.Name ?? "", links.Booking(told[0].Id));
        var pattern = series.Pattern.Written(series.FromDate);
        return new EmailDraft(
            new Words($"{facts.Title.English}: {space.Name}, {pattern.English}", $"{facts.Title.German}: {space.Name}, {pattern.German}")
                .In(notification.Language),
            typeof(SeriesEmail), facts)
        { Site = facts.Place.Site };
    }

    private static BookingSeries SeriesOf(Booking booking, LocalDate from, char sign) => new()
    {
        Id = new Guid($"0198b1a0-0000-7000-8000-0000000050{sign}0"),
        MemberId = booking.MemberId,
        BookedById = booking.MemberId,
        SiteId = booking.SiteId,
        SpaceId = booking.SpaceId,
        Pattern = Recurrence.Typed(new() { Kind = RecurrenceKind.Weekly, Weekdays = [from.DayOfWeek], Count = 3 }, from).Value,
        FromDate = from,
        Times = SeriesTimes.Between(booking.StartLocal.TimeOfDay, booking.EndLocal.TimeOfDay),
        Reminder = ReminderChoice.AsUsual,
        CreatedAt = booking.CreatedAt,
    };

    private static Booking DateOf(Booking booking, BookingSeries series, int week, BookingStatus status, char sign) => new()
    {
        Id = new Guid($"0198b1a0-0000-7000-8000-0000000050{sign}{week + 1}"),
        SpaceId = booking.SpaceId,
        SiteId = booking.SiteId,
        MemberId = booking.MemberId,
        BookedById = booking.MemberId,
        SeriesId = series.Id,
        SeriesDate = series.FromDate.PlusWeeks(week),
        StartLocal = booking.StartLocal.PlusWeeks(week),
        EndLocal = booking.EndLocal.PlusWeeks(week),
        Start = booking.Start + Duration.FromDays(7 * week),
        End = booking.End + Duration.FromDays(7 * week),
        Status = status,
        CreatedAt = booking.CreatedAt,
    };
}

/// <param name="Dates">At least one, by start.</param>
/// <param name="NameOf">Of a space.</param>
/// <param name="Page">Of the first of them.</param>
public sealed record SeriesEmailFacts(
    NotificationType Type, BookingSeries Series, Space Space, SiteContext Place, IReadOnlyList<Booking> Dates, Func<int, string> NameOf,
    Uri Page)
{
    /// <summary>More are behind the link: a mail stays readable.</summary>
    public const int ShownMax = 60;

    public Words Title => Type == SeriesNotifications.Booked ? new("Series booked", "Serie gebucht")
        : Type == SeriesNotifications.Changed ? new("Series changed", "Serie geändert")
        : new("Dates of your series cancelled", "Termine Ihrer Serie storniert");

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("What", "Was"), Series.Title is { } title ? $"{SpaceWords.Named(Space).Here}: {title}" : SpaceWords.Named(Space).Here),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {Place.Site.Street}, {Place.Site.PostCode} {Place.Site.City}"),
        new(Speak.T("Repeats", "Wiederholt sich"), Series.Pattern.Written(Series.FromDate).Here),
    ];

    /// <summary>“Tue 1 December, 09:00–11:00”, with the room where it is another.</summary>
    public IReadOnlyList<EmailFact> Table => [.. Dates.Take(ShownMax).Select((date, index) => new EmailFact(
        $"{index + 1}", TimeWords.Span(date.LocalSpan).Here + (date.SpaceId == Series.SpaceId ? "" : $", {NameOf(date.SpaceId)}")))];
}
