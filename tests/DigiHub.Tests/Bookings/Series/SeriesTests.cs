using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Tests.Bookings.Series;

/// <summary>
/// Base of tests of series: rooms and desks can be booked a year ahead. The usual one is Ada's, in Spree, on ten Tuesdays from 24 November
/// 2026 on, from 10:00 to 11:00.
/// </summary>
public abstract class SeriesTests(TestDatabase database) : HubTests(database)
{
    protected static readonly LocalDate Tuesday = new(2026, 11, 24);

    protected static readonly SeriesTimes Ten = SeriesTimes.Between(new(10, 0), new(11, 0));

    protected static readonly SeriesTimes Noon = SeriesTimes.Between(new(12, 0), new(13, 0));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = TestHub.OpenDb();
        foreach (var rules in await db.RuleSets.ToListAsync(Stop))
            rules.HorizonDays = 366;
        await db.SaveChangesAsync(Stop);
    }

    public override async ValueTask DisposeAsync()
    {
        if (TestHub is not null)
            Assert.Empty(await TestHub.Read(db => CheckInvariants.Run(db, Stop)));
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>So many weeks after the first Tuesday.</summary>
    protected static LocalDate Week(int weeks) => Tuesday.PlusWeeks(weeks);

    protected SeriesRequest Request(int count = 10) => new()
    {
        ActorId = Cast.Ada.Id,
        SpaceId = Cast.Spree.Id,
        From = Tuesday,
        Pattern = new() { Kind = RecurrenceKind.Weekly, Count = count },
        Times = Ten,
        Title = "Jour fixe",
    };

    protected Task<SeriesOutcome> TryBook(SeriesRequest request) => TestHub.Get<BookSeries>().Run(request, Stop);

    protected async Task<BookingSeries> Book(SeriesRequest request) => (await TryBook(request)).Series;

    protected async Task<SeriesPreview> Preview(SeriesRequest request) => (await TestHub.Get<PreviewSeries>().Run(request, Stop)).Value;

    protected Task<Outcome<SeriesCancelled>> TryCancel(
        BookingSeries series, SeriesScope scope, LocalDate? date = null, bool ends = false) =>
        TestHub.Get<CancelInSeries>().Run(new()
        {
            SeriesId = series.Id,
            ActorId = Cast.Ada.Id,
            Scope = scope,
            Date = date,
            EndsRunning = ends,
        }, Stop);

    protected async Task<SeriesCancelled> Cancel(BookingSeries series, SeriesScope scope, LocalDate? date = null, bool ends = false) =>
        (await TryCancel(series, scope, date, ends)).Value;

    protected Task<SeriesOutcome> TryChange(ChangeSeriesRequest request) => TestHub.Get<ChangeSeries>().Run(request, Stop);

    protected async Task<BookingSeries> Change(ChangeSeriesRequest request) => (await TryChange(request)).Series;

    protected ChangeSeriesRequest Following(BookingSeries series, LocalDate date) =>
        new() { SeriesId = series.Id, ActorId = Cast.Ada.Id, Scope = SeriesScope.ThisAndFollowing, Date = date };

    protected ChangeSeriesRequest AllOf(BookingSeries series) =>
        new() { SeriesId = series.Id, ActorId = Cast.Ada.Id, Scope = SeriesScope.AllFuture };

    protected ChangeSeriesRequest One(BookingSeries series, LocalDate date) =>
        new() { SeriesId = series.Id, ActorId = Cast.Ada.Id, Scope = SeriesScope.This, Date = date };

    /// <summary>By date, of any state.</summary>
    protected Task<List<Booking>> Dates(BookingSeries series) => TestHub.Read(db =>
        db.Bookings.AsNoTracking().OfSeries(series.Id).OrderBy(one => one.SeriesDate).ToListAsync(Stop));

    protected async Task<List<LocalDate>> Standing(BookingSeries series) =>
        [.. (await Dates(series)).Where(one => one.IsStanding).Select(one => one.SeriesDate!.Value)];

    protected async Task<Booking> On(BookingSeries series, LocalDate date) => (await Dates(series)).Single(one => one.SeriesDate == date);

    protected Task<BookingSeries> Row(BookingSeries series) =>
        TestHub.Read(db => db.BookingSeries.AsNoTracking().SingleAsync(one => one.Id == series.Id, Stop));

    protected Task<List<SeriesException>> Exceptions(BookingSeries series) => TestHub.Read(db =>
        db.SeriesExceptions.AsNoTracking().Where(one => one.SeriesId == series.Id).OrderBy(one => one.Date).ToListAsync(Stop));

    protected Task<List<Notification>> AllEmails() =>
        TestHub.Read(db => db.Notifications.AsNoTracking().OrderBy(one => one.WrittenAt).ThenBy(one => one.Id).ToListAsync(Stop));

    /// <summary>By name.</summary>
    protected Task<List<string>> Acts() => TestHub.Read(db => db.Activity.OrderBy(one => one.Act).Select(one => one.Act).ToListAsync(Stop));

    protected Task<int> Count<T>() where T : class => TestHub.Read(db => db.Set<T>().CountAsync(Stop));

    /// <summary>Bob has a room on a day for an hour.</summary>
    protected Task<Booking> BobHas(Space space, LocalDate date, int hour) => TestHub.Book(
        Cast.Bob, space, When.Between(date + new LocalTime(hour, 0), date + new LocalTime(hour + 1, 0)));

    /// <summary>Nine o'clock in the morning of a day.</summary>
    protected void GoTo(LocalDate date) => TestHub.Clock.Reset((date + new LocalTime(9, 0)).InZoneStrictly(Berlin).ToInstant());

    protected static DateTimeZone Berlin { get; } = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
}
