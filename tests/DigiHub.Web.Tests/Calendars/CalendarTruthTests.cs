using System.Globalization;
using CsCheck;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Bookings.Meetings;
using DigiHub.Calendars;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Time;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime.Text;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// Whatever people and organisers do, in whatever order, with whatever the relay does to a mail on its way: once all e-mails have left,
/// everybody's calendar shows what is so. DIGIHUB_CALENDAR_HISTORIES asks for more histories than usual.
/// </summary>
public abstract class CalendarTruthTests(TestDatabase database, int usually) : WebHubTests(database)
{
    private const int StepsMax = 12;

    private static readonly LocalDateTimePattern iso = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

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
        Register, Leave, UndoLeaving, Move, MoveBack, Retitle, ChangeRoom, Widen,
        CallOff, UndoCallingOff, AMoment, TenSeconds, TenMinutes, AnHour, ADay,
    }

    /// <param name="Who">0 to 2: Ada, Bob or Frieda.</param>
    /// <param name="Leaves">E-mails that are due leave right afterwards; else they are still there when the next thing happens.</param>
    /// <param name="Fate">Of the first mail that leaves then.</param>
    public readonly record struct Step(Act Act, int Who, bool Leaves, Fate Fate)
    {
        public override string ToString() => $"{Act}{(Act <= Act.UndoLeaving ? $" {Who}" : "")}"
            + $"{(Leaves ? "" : ", nothing leaves")}{(Fate == Fate.Arrives ? "" : $", {Fate}")}";
    }

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Frequency((6, Gen.Const(Act.Register)), (6, Gen.Const(Act.Leave)),
            (2, Gen.Const(Act.UndoLeaving)), (2, Gen.Const(Act.Move)), (2, Gen.Const(Act.MoveBack)),
            (1, Gen.Const(Act.Retitle)), (1, Gen.Const(Act.ChangeRoom)), (1, Gen.Const(Act.Widen)),
            (2, Gen.Const(Act.CallOff)), (2, Gen.Const(Act.UndoCallingOff)),
            (2, Gen.Const(Act.AMoment)), (3, Gen.Const(Act.TenSeconds)),
            (3, Gen.Const(Act.TenMinutes)), (1, Gen.Const(Act.AnHour)), (1, Gen.Const(Act.ADay))),
        Gen.Int[0, 2], Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Frequency((12, Gen.Const(Fate.Arrives)), (1, Gen.Const(Fate.LineBreaksAfterItArrived)),
            (1, Gen.Const(Fate.LineBreaksBefore)), (1, Gen.Const(Fate.ComesLater))),
        (act, who, leaves, fate) => new Step(act, who, leaves, fate));

    [Fact]
    public async Task Every_history_of_an_event_ends_with_the_calendars_equal_to_the_truth()
    {
        using var reader = sender.Reader = new CalendarReader();
        await AnyStep.Array[3, StepsMax].SampleAsync(Follow, iter: Histories, threads: 1, print: Told);
    }

    [Fact]
    public async Task Every_history_of_a_booking_ends_with_the_calendar_equal_to_the_truth()
    {
        using var reader = sender.Reader = new CalendarReader();
        await AnyStep.Array[3, StepsMax].SampleAsync(
            history => FollowBooking(history, meets: false), iter: Histories / 2, threads: 1, print: Told);
    }

    [Fact]
    public async Task Every_history_of_a_meeting_at_two_sites_ends_with_one_entry_equal_to_the_truth()
    {
        using var reader = sender.Reader = new CalendarReader();
        await TestHub.Lay(new Space
        {
            SiteId = Cast.West.Id,
            FloorId = Cast.West.Floors[0].Id,
            Kind = SpaceKind.Room,
            Name = "Dahme",
            Zone = new("Hof", "Yard"),
            Capacity = 8,
            Rules = new RuleSet { Name = new("Hof", "Yard"), Granularity = Granularity.Minutes },
            Units = [new SpaceUnit { UnitId = 99 }],
        });
        await AnyStep.Array[3, StepsMax].SampleAsync(
            history => FollowBooking(history, meets: true), iter: Histories / 2, threads: 1, print: Told);
    }

    /// <summary>The history that was found on the running product.</summary>
    [Fact]
    public async Task Who_leaves_a_full_event_and_waits_for_it_within_ten_seconds_has_no_ghost_in_their_calendar()
    {
        using var reader = sender.Reader = new CalendarReader();

        await Follow([On(Act.Register, 0), On(Act.Register, 1), On(Act.Leave, 0), On(Act.AMoment), On(Act.Register, 0)]);
        await Follow([On(Act.Register, 0), On(Act.Register, 1), On(Act.Leave, 0), On(Act.AMoment), On(Act.Register, 0), On(Act.CallOff)]);
    }

    [Fact]
    public async Task Who_comes_back_after_the_event_moved_meanwhile_has_it_at_its_new_time()
    {
        using var reader = sender.Reader = new CalendarReader();

        await Follow([On(Act.Register, 0), On(Act.Leave, 0), On(Act.Move), On(Act.UndoLeaving, 0)]);
        await Follow([On(Act.Move), On(Act.Register, 0), On(Act.MoveBack)]);
    }

    private static Step On(Act act, int who = 0) => new(act, who, Leaves: true, Fate.Arrives);

    private static string Told(Step[] history) => string.Join("; ", history);

    private async Task Follow(Step[] history)
    {
        Member[] people = [Cast.Ada, Cast.Bob, Cast.Frieda];
        var date = TestHub.Clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).Date.PlusDays(30);
        var draft = new EventDraft
        {
            Title = new("Löten"),
            Topic = "iot",
            SpaceId = Cast.Spree.Id,
            Start = date.At(new LocalTime(18, 0)),
            Capacity = 1,
            Reminders = [],
        };
        var written = (await Get<WriteEvent>().Run(new WriteEventRequest(EventId: null, draft, Cast.Grace.Id), Stop)).Value;
        var eventId = (await Get<PublishEvent>().Run(written.Id, Cast.Grace.Id, Stop)).Value.Id;
        sender.Clear();

        foreach (var step in history)
        {
            draft = await Do(step, eventId, draft, people[step.Who]);
            if (step.Leaves)
                await Deliver(step.Fate);
        }

        await Settle();
        var evt = await TestHub.Read(db => db.Events.AsNoTracking().SingleAsync(one => one.Id == eventId, Stop));
        var registrations = await TestHub.Read(db => db.Registrations.AsNoTracking()
            .Where(one => one.EventId == eventId).ToListAsync(Stop));
        var room = await TestHub.Read(db => db.Set<Space>().AsNoTracking()
            .Where(one => one.Id == evt.SpaceId).Select(one => one.Name).SingleAsync(Stop));
        foreach (var person in people)
        {
            var holds = registrations.Exists(one => one.MemberId == person.Id && one.HoldsSeatOf(evt));
            Compare(person, holds ? (evt.LocalSpan.Start, evt.LocalSpan.End, room) : null);
        }

        await Forget(eventId);
    }

    private async Task<EventDraft> Do(Step step, Guid eventId, EventDraft draft, Member person)
    {
        switch (step.Act)
        {
            case Act.Register:
                await Get<Register>().Run(new RegisterRequest(eventId, person.Id), Stop);
                break;
            case Act.Leave when await RegistrationOf(eventId, person) is { } registration:
                await Get<CancelRegistration>().Run(registration, person.Id, Stop);
                break;
            case Act.UndoLeaving when await RegistrationOf(eventId, person) is { } registration:
                await Get<ReinstateRegistration>().Run(registration, person.Id, Stop);
                break;
            case Act.Move:
                return await Edit(draft with { Start = draft.Start!.Value.PlusHours(1) });
            case Act.MoveBack:
                return await Edit(draft with { Start = draft.Start!.Value.PlusHours(-1) });
            case Act.Retitle:
                return await Edit(draft with { Title = draft.Title with { German = draft.Title.German + "!" } });
            case Act.ChangeRoom:
                return await Edit(draft with { SpaceId = draft.SpaceId == Cast.Spree.Id ? Cast.Panke.Id : Cast.Spree.Id });
            case Act.Widen:
                return await Edit(draft with { Capacity = 3 - draft.Capacity });
            case Act.CallOff:
                await Get<CancelEvent>().Run(new CancelEventRequest(eventId, Cast.Grace.Id), Stop);
                break;
            case Act.UndoCallingOff:
                await Get<ReinstateEvent>().Run(eventId, Cast.Grace.Id, Stop);
                break;
            default:
                Pass(step.Act);
                break;
        }

        return draft;

        async Task<EventDraft> Edit(EventDraft next) =>
            (await Get<EditEvent>().Run(new EditEventRequest(eventId, next, Cast.Grace.Id), Stop)).IsDone ? next : draft;
    }

    /// <param name="meets">A room at each of two sites, of which now one and now the other is what an act is asked of.</param>
    private async Task FollowBooking(Step[] history, bool meets)
    {
        var dahme = await TestHub.Read(db => db.Set<Space>()
            .Where(one => one.Name == "Dahme").Select(one => one.Id).SingleOrDefaultAsync(Stop));
        var monday = TestHub.Clock.GetCurrentInstant()
            .InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).Date.PlusDays(20).Next(IsoDayOfWeek.Tuesday);
        var hour = 10;
        Booking? booking = null;
        sender.Clear();
        foreach (var step in history)
        {
            if (step.Act == Act.Register && booking is not { IsStanding: true })
            {
                booking = await Made() ?? booking;
            }
            else if (booking is not null)
            {
                await Do(step, booking);
                booking = await TestHub.Read(db => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking.Id, Stop));
            }

            if (step.Leaves)
                await Deliver(step.Fate);
        }

        await Settle();
        var standing = await TestHub.Read(db => db.Bookings.AsNoTracking()
            .Where(one => one.Status == BookingStatus.Confirmed).ToListAsync(Stop));
        var spaces = await TestHub.Read(db => db.Set<Space>().AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, Stop));
        Assert.True(standing.Count == 0 || standing.Count == (meets ? 2 : 1), "Half a meeting stands.");
        var truth = standing.OrderBy(one => one.IsSecondPart).ToList();
        Compare(Cast.Ada, truth is [var first, ..]
            ? (first.StartLocal, first.EndLocal, string.Join(" + ", truth.Select(one => spaces[one.SpaceId])))
            : null);
        await ForgetBookings();

        When At(int from) => When.Between(monday.At(new LocalTime(from, 0)), monday.At(new LocalTime(from + 1, 0)));

        async Task<Booking?> Made()
        {
            if (meets)
            {
                var met = await Get<BookMeeting>().Run(new()
                {
                    ActorId = Cast.Ada.Id,
                    Rooms = [new(Cast.Spree.Id), new(Cast.Havel.Id)],
                    When = At(hour),
                }, Stop);
                return met.IsDone ? met.Value.First : null;
            }

            var made = await Get<BookSpace>().Run(
                new BookSpaceRequest { ActorId = Cast.Ada.Id, SpaceId = Cast.Spree.Id, When = At(hour) }, Stop);
            return made.IsDone ? made.Value : null;
        }

        async Task Do(Step step, Booking first)
        {
            var second = await TestHub.Read(db => db.Bookings.AsNoTracking()
                .SingleOrDefaultAsync(one => one.MeetingId == first.Id && one.Id != first.Id, Stop));
            var mine = step.Who == 1 && second is not null ? second : first;
            switch (step.Act)
            {
                case Act.Leave or Act.CallOff:
                    await Get<CancelBooking>().Run(mine.Id, Cast.Ada.Id, ifRevision: null, Stop);
                    break;
                case Act.UndoLeaving or Act.UndoCallingOff:
                    await Get<ReinstateBooking>().Run(mine.Id, Cast.Ada.Id, Stop);
                    break;
                case Act.Move or Act.MoveBack:
                    hour = Math.Clamp(hour + (step.Act == Act.Move ? 1 : -1), 9, 17);
                    await Get<MoveBooking>().Run(
                        new MoveBookingRequest { BookingId = mine.Id, ActorId = Cast.Ada.Id, When = At(hour) }, Stop);
                    break;
                case Act.ChangeRoom:
                    var other = mine.IsSecondPart
                        ? mine.SpaceId == dahme ? Cast.Havel.Id : dahme
                        : mine.SpaceId == Cast.Spree.Id ? Cast.Panke.Id : Cast.Spree.Id;
                    await Get<MoveBooking>().Run(
                        new MoveBookingRequest { BookingId = mine.Id, ActorId = Cast.Ada.Id, SpaceId = other }, Stop);
                    break;
                case Act.Retitle:
                    await Get<MoveBooking>().Run(
                        new MoveBookingRequest { BookingId = mine.Id, ActorId = Cast.Ada.Id, Title = mine.Title + "!" }, Stop);
                    break;
                default:
                    Pass(step.Act);
                    break;
            }
        }
    }

    private void Pass(Act act) => TestHub.Clock.Advance(act switch
    {
        Act.AMoment => Duration.FromSeconds(2),
        Act.TenSeconds => Duration.FromSeconds(10),
        Act.TenMinutes => Duration.FromMinutes(10),
        Act.AnHour => Duration.FromHours(1),
        Act.ADay => Duration.FromDays(1),
        _ => Duration.Zero,
    });

    private void Compare(Member person, (LocalDateTime Start, LocalDateTime End, string Room)? truth)
    {
        var shown = sender.CalendarOf(person.Email).Sights;
        List<string> should = truth is { } so ? [$"{iso.Format(so.Start)} to {iso.Format(so.End)} in {so.Room}"] : [];
        Assert.True(shown.SequenceEqual(should),
            $"{person.Name}'s calendar shows {Listed(shown)} instead of {Listed(should)}; mails: {string.Join(", ", sender.Log)}");
    }

    private static string Listed(IReadOnlyList<string> entries) => entries.Count == 0 ? "nothing" : string.Join(" and ", entries);

    private async Task Deliver(Fate fate = Fate.Arrives)
    {
        sender.Next = fate;
        await using var scope = TestHub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
        sender.Next = Fate.Arrives;
        if (sender.Fault is { } fault)
            throw new InvalidOperationException("An e-mail could not be written or read.", fault);
    }

    /// <summary>Until nothing is left to leave.</summary>
    private async Task Settle()
    {
        for (var round = 0; round < 12; round++)
        {
            await Deliver();
            var next = await TestHub.Read(db => db.Notifications.NotYetLeaving()
                .Where(notification => notification.Type != RegistrationNotifications.StandBy)
                .MinAsync(notification => (Instant?)notification.NextAttemptAt, Stop));
            if (next is not { } due)
                return;
            var now = TestHub.Clock.GetCurrentInstant();
            TestHub.Clock.Reset(Instant.Max(now, due) + Duration.FromSeconds(1));
        }

        Assert.Fail("E-mails never end.");
    }

    private async Task Forget(Guid eventId)
    {
        await using var db = TestHub.OpenDb();
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Registrations.Where(one => one.EventId == eventId).ExecuteDeleteAsync(Stop);
        await db.Set<Claim>().ExecuteDeleteAsync(Stop);
        await db.Events.Where(one => one.Id == eventId).ExecuteDeleteAsync(Stop);
    }

    private async Task ForgetBookings()
    {
        await using var db = TestHub.OpenDb();
        await db.Notifications.ExecuteDeleteAsync(Stop);
        await db.Set<Claim>().ExecuteDeleteAsync(Stop);
        await db.Bookings.ExecuteDeleteAsync(Stop);
    }

    private Task<Guid?> RegistrationOf(Guid eventId, Member person) => TestHub.Read(db => db.Registrations
        .Where(one => one.EventId == eventId && one.MemberId == person.Id).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(Stop));

    private T Get<T>() where T : notnull => TestHub.Services.GetRequiredService<T>();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        sender.Dispose();
        GC.SuppressFinalize(this);
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        sender.Messages = Get<EmailMessages>();
    }

    public sealed class OnSqlite(SqliteDatabase database) : CalendarTruthTests(database, usually: 200), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : CalendarTruthTests(database, usually: 20), IClassFixture<PostgresDatabase>;
}
