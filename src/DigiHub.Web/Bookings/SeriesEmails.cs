using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Series;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mails about series: one an act, with a table of its dates as they are when it leaves.</summary>
public sealed class SeriesEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => SeriesNotifications.All.Contains(type);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var from = world.Booking.StartLocal.Date;
        List<LocalDate> dates = [from, from.PlusWeeks(1), from.PlusWeeks(2)];
        foreach (var (type, sign) in SeriesNotifications.All.Zip("bcdefa"))
        {
            var series = SeriesOf(world.Booking, from, sign);
            var status = type == SeriesNotifications.Cancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed;
            yield return new EmailSample(type, BookingSeries.Subject.Of(series.Id))
            {
                Note = SeriesNote.Of(type == SeriesNotifications.Shortened ? dates[^1..] : dates),
                Told = type == SeriesNotifications.Cancelled ? EmailSample.Withdraws : EmailSample.Invites,
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
        var noted = SeriesNote.Dates(notification.Note);
        LocalDate?[] dates = [.. noted];
        var all = await db.Bookings.AsNoTracking().OfSeries(seriesId).OrderBy(one => one.Start).ToListAsync(stop);
        var isOff = notification.Type == SeriesNotifications.Cancelled;
        var told = all.FindAll(one => one.IsStanding != isOff && dates.Contains(one.SeriesDate));
        var isOfDates = notification.Type.IsOneOf(SeriesNotifications.Shortened, SeriesNotifications.HandedOver);
        if (noted.Count == 0 || (told.Count == 0 && !isOfDates))
            return null;

        var facts = new SeriesEmailFacts(
            notification.Type, series, space, map.PlaceOf(space), isOfDates ? [] : told, noted, id => map.Space(id)?.Name ?? "",
            isOfDates ? links.Series(series.Id) : links.Booking(told[0].Id))
        {
            Reason = await ReasonOf(db, told, stop),
        };
        var pattern = series.Pattern.Written(series.FromDate);
        return new EmailDraft(
            new Words($"{facts.Title.English}: {space.Name}, {pattern.English}", $"{facts.Title.German}: {space.Name}, {pattern.German}",
                $"{facts.Title.Familiar}: {space.Name}, {pattern.Familiar}")
                .In(notification.Language),
            typeof(SeriesEmail), facts)
        {
            Calendar = notification.Told is { } calendar ? await Calendar(db, notification, calendar, series, all, map, stop) : null,
            Site = facts.Place.Site,
        };
    }

    private static async Task<string?> ReasonOf(HubDb db, List<Booking> told, CancellationToken stop)
    {
        var approvalId = told is [{ Status: BookingStatus.Declined, ApprovalId: var id }, ..] ? id : null;
        return await db.Approvals.Where(one => one.Id == approvalId).Select(one => one.Reason).SingleOrDefaultAsync(stop);
    }

    private async Task<EmailCalendar> Calendar(
        HubDb db, Notification notification, CalendarTold told, BookingSeries series, IReadOnlyCollection<Booking> dates, HubDirectory map,
        CancellationToken stop)
    {
        var reader = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.MemberId, stop);
        var entries = new SeriesEntries(await links.Entries(stop), map, notification.Language).Of(series, dates);
        return new EmailCalendar(
            told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
            [.. entries.Select(entry => Entries.For(reader, entry) with { Sequence = told.Sequence, IsCancelled = told.IsWithdrawal })]);
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

/// <param name="Dates">By start; none where the dates have become somebody else's or another series'.</param>
/// <param name="Noted">The dates it is about, by the pattern.</param>
/// <param name="NameOf">Of a space.</param>
/// <param name="Page">Of the first of them, or of the series.</param>
public sealed record SeriesEmailFacts(
    NotificationType Type, BookingSeries Series, Space Space, SiteContext Place, IReadOnlyList<Booking> Dates,
    IReadOnlyList<LocalDate> Noted, Func<int, string> NameOf, Uri Page)
{
    /// <summary>Why its dates were declined; null: they were not.</summary>
    public string? Reason { get; init; }

    /// <summary>Until when dates of it are held without approval; empty where none waits.</summary>
    public string WaitLine => Dates.FirstOrDefault(date => date.IsPending)?.ApproveBy is { } by
        && TimeWords.Moment(Place.Time.Local(by)) is var until ? Speak.T(
            $"What is held waits for approval until {until.English}. You’ll get an e-mail either way.",
            $"Was vorgemerkt ist, wartet bis {until.German} auf Genehmigung. Sie erhalten in jedem Fall eine E-Mail.",
            $"Was vorgemerkt ist, wartet bis {until.Familiar} auf Genehmigung. Du erhältst in jedem Fall eine E-Mail.") : "";

    /// <summary>Why they are off; empty where they are not, or were cancelled.</summary>
    public string WhyLine => Dates is [{ Status: BookingStatus.Declined }, ..]
        ? Speak.T($"They were declined: {Reason}", $"Die Termine wurden abgelehnt: {Reason}")
        : Dates is [{ Status: BookingStatus.Lapsed }, ..]
        ? Speak.T("Nobody approved them in time, so they have lapsed.", "Niemand hat sie rechtzeitig genehmigt, daher sind sie verfallen.")
        : "";

    /// <summary>More are behind the link: a mail stays readable.</summary>
    public const int ShownMax = 60;

    /// <summary>How many dates it tells of; more than are shown are counted.</summary>
    public int Total => Dates.Count == 0 ? Noted.Count : Dates.Count;

    public Words Title => Type == SeriesNotifications.Booked ? new("Series booked", "Serie gebucht")
        : Type == SeriesNotifications.Changed ? new("Series changed", "Serie geändert")
        : Type == SeriesNotifications.Shortened ? new("Your series ends earlier", "Ihre Serie endet früher", "Deine Serie endet früher")
        : Type == SeriesNotifications.Approved ? new("Series approved", "Serie genehmigt")
        : Type == SeriesNotifications.HandedOver ? new("Dates of your series handed over", "Termine Ihrer Serie übergeben",
            "Termine deiner Serie übergeben")
        : new("Dates of your series cancelled", "Termine Ihrer Serie storniert", "Termine deiner Serie storniert");

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("What", "Was"), Series.Title is { } title ? $"{SpaceWords.Named(Space).Here}: {title}" : SpaceWords.Named(Space).Here),
        new(Speak.T("Where", "Wo"), $"{Place.Site.Name}, {Place.Site.Street}, {Place.Site.PostCode} {Place.Site.City}"),
        new(Speak.T("Repeats", "Wiederholt sich"), Series.Pattern.Written(Series.FromDate).Here),
    ];

    /// <summary>“Tue 1 December, 09:00–11:00”, with the room where it is another.</summary>
    public IReadOnlyList<EmailFact> Table => Type == SeriesNotifications.Shortened ? [] : Dates.Count == 0
        ? [.. Noted.Take(ShownMax).Select((date, index) => new EmailFact($"{index + 1}", TimeWords.ShortDay(date).Here))]
        : [.. Dates.Take(ShownMax).Select((date, index) => new EmailFact(
        $"{index + 1}", TimeWords.Span(date.LocalSpan).Here + (date.SpaceId == Series.SpaceId ? "" : $", {NameOf(date.SpaceId)}")))];
}
