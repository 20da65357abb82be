using System.Globalization;
using CsCheck;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Time;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// Whatever becomes of a series and of single dates of it, with whatever the relay does to a mail on its way: once all e-mails have left,
/// its member's calendar shows what is so. DIGIHUB_CALENDAR_HISTORIES asks for more histories than usual.
/// </summary>
public abstract class SeriesTruthTests(TestDatabase database, int usually) : WebHubTests(database)
{
    private const int WeeksMax = 6;

    private readonly CalendarSender sender = new();

    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0", ["Mail:PerMinute"] = "0", ["Mail:PerMinuteAndDomain"] = "0" },
        ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<IMailSender>(sender)),
    };

    private int Histories => int.TryParse(Environment.GetEnvironmentVariable("DIGIHUB_CALENDAR_HISTORIES"),
        CultureInfo.InvariantCulture, out var asked) ? asked : usually;

    public enum Act
    {
        CancelOne, UndoCancelling, MoveOne, MoveOneBack, RoomOfOne, CancelFollowing, CancelAll, ChangeFollowing, ChangeAll, ResetAll,
        Retitle, HandOver, AMoment, TenSeconds, TenMinutes,
    }

    /// <param name="Week">Which date is meant: 0 to 5.</param>
    /// <param name="Leaves">E-mails that are due leave right afterwards; else they are still there when the next thing happens.</param>
    /// <param name="Fate">Of the first mail that leaves then.</param>
    public readonly record struct Step(Act Act, int Week, bool Leaves, Fate Fate)
    {
        public override string ToString() => $"{Act} {Week}{(Leaves ? "" : ", nothing leaves")}{(Fate == Fate.Arrives ? "" : $", {Fate}")}";
    }

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Frequency((4, Gen.Const(Act.CancelOne)), (3, Gen.Const(Act.UndoCancelling)), (4, Gen.Const(Act.MoveOne)),
            (2, Gen.Const(Act.MoveOneBack)), (2, Gen.Const(Act.RoomOfOne)), (1, Gen.Const(Act.CancelFollowing)),
            (1, Gen.Const(Act.CancelAll)), (3, Gen.Const(Act.ChangeFollowing)), (2, Gen.Const(Act.ChangeAll)),
            (1, Gen.Const(Act.ResetAll)), (1, Gen.Const(Act.Retitle)), (1, Gen.Const(Act.HandOver)),
            (2, Gen.Const(Act.AMoment)), (3, Gen.Const(Act.TenSeconds)), (3, Gen.Const(Act.TenMinutes))),
        Gen.Int[0, WeeksMax - 1], Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Frequency((12, Gen.Const(Fate.Arrives)), (1, Gen.Const(Fate.LineBreaksAfterItArrived)),
            (1, Gen.Const(Fate.LineBreaksBefore)), (1, Gen.Const(Fate.ComesLater))),
        (act, week, leaves, fate) => new Step(act, week, leaves, fate));

    [Fact]
    public async Task Every_history_of_a_series_ends_with_the_calendar_equal_to_the_truth()
    {
        using var reader = sender.Reader = new CalendarReader();
        await AnyStep.Array[3, 10].SampleAsync(Follow, iter: Histories, threads: 1, print: history => string.Join("; ", history));
    }

    [Fact]
    public async Task Dates_that_are_split_off_are_shown_once()
    {
        using var reader = sender.Reader = new CalendarReader();

        await Follow([On(Act.TenMinutes), On(Act.ChangeFollowing, 3)]);
        await Follow([On(Act.TenMinutes), On(Act.MoveOne, 4), On(Act.TenMinutes), On(Act.ChangeFollowing, 2), On(Act.CancelOne, 5)]);
        await Follow([On(Act.TenMinutes), On(Act.ChangeFollowing, 3), On(Act.CancelFollowing, 4), On(Act.ChangeFollowing, 1)]);
    }

    [Fact]
    public async Task A_date_that_was_handed_over_is_shown_no_more()
    {
        using var reader = sender.Reader = new CalendarReader();

        await Follow([On(Act.TenMinutes), On(Act.HandOver, 2)]);
        await Follow([On(Act.HandOver, 0), On(Act.TenMinutes), On(Act.ChangeAll)]);
    }

    [Fact]
    public async Task A_booking_that_becomes_a_series_is_shown_once_whether_its_own_email_has_left_or_not()
    {
        using var reader = sender.Reader = new CalendarReader();

        await Follow([On(Act.TenMinutes), On(Act.ChangeFollowing, 3)], fromOne: true);
        await Follow([On(Act.CancelOne)], fromOne: true);
        await Follow([On(Act.HandOver)], fromOne: true);
        await Follow([On(Act.TenMinutes), On(Act.MoveOne), On(Act.CancelAll)], fromOne: true, tellsFirst: false);
    }

    private static Step On(Act act, int week = 0) => new(act, week, Leaves: true, Fate.Arrives);

    private Task Follow(Step[] history) => Follow(history, fromOne: false);

    /// <param name="fromOne">The first date is a booking that becomes the series.</param>
    /// <param name="tellsFirst">The e-mail about that booking has left before.</param>
    private async Task Follow(Step[] history, bool fromOne, bool tellsFirst = true)
    {
        var tuesday = TestHub.Clock.GetCurrentInstant().InZone(Berlin).Date.PlusDays(20).Next(IsoDayOfWeek.Tuesday);
        sender.Clear();
        await Forget();
        var first = fromOne ? await One(tuesday, tellsFirst) : null;
        _ = (await Get<BookSeries>().Run(
            new()
            {
                FromBookingId = first?.Id,
                ActorId = Cast.Bob.Id,
                SpaceId = Cast.Spree.Id,
                From = tuesday,
                Pattern = new() { Kind = RecurrenceKind.Weekly, Count = WeeksMax },
                Times = SeriesTimes.Between(new(10, 0), new(11, 0)),
            }, Stop)).Series;
        var ids = (await Bookings()).OrderBy(one => one.Start).Select(one => one.Id).ToList();
        Assert.InRange(ids.Count, WeeksMax - 2, WeeksMax); // a holiday has none

        foreach (var step in history)
        {
            await Do(step.Act, ids[step.Week % ids.Count]);
            if (step.Leaves)
                await Deliver(step.Fate);
        }

        await Settle();
        var spaces = await TestHub.Read(db => db.Set<Space>().AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, Stop));
        List<string> truth =
        [
            .. (await Bookings()).Where(one => one.IsStanding && one.MemberId == Cast.Bob.Id)
                .Select(one => $"{one.StartLocal:uuuu-MM-ddTHH:mm:ss} to {one.EndLocal:uuuu-MM-ddTHH:mm:ss} in {spaces[one.SpaceId]}")
                .Order(StringComparer.Ordinal),
        ];
        var shown = sender.CalendarOf(Cast.Bob.Email).Sights;
        Assert.True(shown.SequenceEqual(truth),
            $"The calendar shows\n{string.Join('\n', shown)}\ninstead of\n{string.Join('\n', truth)}\n"
                + $"mails: {string.Join(", ", sender.Log)}");
    }

    private async Task<Booking> One(LocalDate date, bool isTold)
    {
        var booking = (await Get<BookSpace>().Run(new()
        {
            ActorId = Cast.Bob.Id,
            SpaceId = Cast.Spree.Id,
            When = When.Between(date + new LocalTime(10, 0), date + new LocalTime(11, 0)),
        }, Stop)).Value;
        if (isTold)
        {
            TestHub.Clock.AdvanceMinutes(1);
            await Deliver();
        }

        return booking;
    }

    private async Task Do(Act act, Guid bookingId)
    {
        var booking = (await Bookings()).Single(one => one.Id == bookingId);
        var scoped = booking.SeriesId is { } seriesId
            ? new ChangeSeriesRequest
            {
                SeriesId = seriesId,
                ActorId = Cast.Bob.Id,
                Scope = SeriesScope.ThisAndFollowing,
                Date = booking.SeriesDate,
            }
            : null;
        switch (act)
        {
            case Act.CancelOne:
                await Get<CancelBooking>().Run(bookingId, booking.MemberId, ifRevision: null, Stop);
                break;
            case Act.UndoCancelling:
                await Get<ReinstateBooking>().Run(bookingId, booking.MemberId, Stop);
                break;
            case Act.MoveOne or Act.MoveOneBack:
                var start = booking.StartLocal.PlusHours(act == Act.MoveOne ? 1 : -1);
                await Get<MoveBooking>().Run(
                    new() { BookingId = bookingId, ActorId = booking.MemberId, When = When.Between(start, start.PlusHours(1)) }, Stop);
                break;
            case Act.RoomOfOne:
                await Get<MoveBooking>().Run(new()
                {
                    BookingId = bookingId,
                    ActorId = booking.MemberId,
                    SpaceId = booking.SpaceId == Cast.Spree.Id ? Cast.Panke.Id : Cast.Spree.Id,
                }, Stop);
                break;
            case Act.CancelFollowing or Act.CancelAll when scoped is not null:
                await Get<CancelInSeries>().Run(new()
                {
                    SeriesId = scoped.SeriesId,
                    ActorId = Cast.Bob.Id,
                    Scope = act == Act.CancelAll ? SeriesScope.AllFuture : SeriesScope.ThisAndFollowing,
                    Date = scoped.Date,
                }, Stop);
                break;
            case Act.ChangeFollowing or Act.ChangeAll or Act.ResetAll when scoped is not null:
                var hour = 9 + (hours++ % 8);
                await Get<ChangeSeries>().Run(scoped with
                {
                    Scope = act == Act.ChangeFollowing ? SeriesScope.ThisAndFollowing : SeriesScope.AllFuture,
                    Times = SeriesTimes.Between(new(hour, 0), new(hour + 1, 0)),
                    Resets = act == Act.ResetAll,
                    SkipsImpossible = true,
                }, Stop);
                break;
            case Act.Retitle when scoped is not null:
                await Get<ChangeSeries>().Run(scoped with { Scope = SeriesScope.AllFuture, Title = $"Jour fixe {hours++}" }, Stop);
                break;
            case Act.HandOver when booking.MemberId == Cast.Bob.Id:
                await HandOver();
                break;
            default:
                TestHub.Clock.Advance(act switch
                {
                    Act.AMoment => Duration.FromSeconds(2),
                    Act.TenSeconds => Duration.FromSeconds(10),
                    Act.TenMinutes => Duration.FromMinutes(10),
                    _ => Duration.Zero,
                });
                break;
        }
    }

    private int hours;

    /// <summary>All of his that is ahead, to a colleague; series and single dates alike.</summary>
    private async Task HandOver()
    {
        var slug = Cast.Institute.Slug;
        var end = new EndMembershipRequest(slug, Cast.Bob.Id, null, Cast.Alan.Id) { HandOverTo = Cast.Grace.Id };
        Assert.True((await Get<EndMembership>().Run(end, Stop)).IsDone);
        await Get<AddToOrganisation>().Run(Cast.Bob.Id, slug, MembershipRole.Member, Cast.Alan.Id, Stop);
    }

    private async Task Deliver(Fate fate = Fate.Arrives)
    {
        sender.Next = fate;
        await using var scope = TestHub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
        sender.Next = Fate.Arrives;
        if (sender.Fault is { } fault)
            throw new InvalidOperationException("An e-mail could not be written or read.", fault);
    }

    /// <summary>Until nothing but reminders is left to leave.</summary>
    private async Task Settle()
    {
        for (var round = 0; round < 20; round++)
        {
            await Deliver();
            var next = await TestHub.Read(db => db.Notifications.NotYetLeaving()
                .Where(notification => notification.Type != BookingNotifications.Reminder)
                .MinAsync(notification => (Instant?)notification.NextAttemptAt, Stop));
            if (next is not { } due)
                return;
            TestHub.Clock.Reset(Instant.Max(TestHub.Clock.GetCurrentInstant(), due) + Duration.FromSeconds(1));
        }

        Assert.Fail("E-mails never end.");
    }

    private async Task Forget()
    {
        await using var db = TestHub.OpenDb();
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Set<Claim>().ExecuteDeleteAsync(Stop);
        await db.Bookings.ExecuteDeleteAsync(Stop);
        await db.SeriesExceptions.ExecuteDeleteAsync(Stop);
        var series = db.BookingSeries;
        while (await series.Where(one => !series.Any(next => next.ContinuesId == one.Id)).ExecuteDeleteAsync(Stop) > 0)
        {
            // From the latest on: each refers to the one it continues.
        }
    }

    private Task<List<Booking>> Bookings() => TestHub.Read(db => db.Bookings.AsNoTracking().ToListAsync(Stop));

    private static DateTimeZone Berlin { get; } = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private T Get<T>() where T : notnull => TestHub.Services.GetRequiredService<T>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        sender.Messages = Get<EmailMessages>();
        await TestHub.ChangeCatalogue(db => db.RuleSets.ExecuteUpdateAsync(set => set.SetProperty(rules => rules.HorizonDays, 366), Stop));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        sender.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed class OnSqlite(SqliteDatabase database) : SeriesTruthTests(database, usually: 60), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SeriesTruthTests(database, usually: 8), IClassFixture<PostgresDatabase>;
}
