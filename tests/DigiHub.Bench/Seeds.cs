using System.Globalization;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Bench;

/// <summary>
/// The hub that is measured: a site with 50 rooms and 10,000 bookings, 200 of them on one day, and a site with 500 desks
/// and a million bookings; members enough that nobody's own limits are in the way, each with a token, one signed in.
/// </summary>
public sealed class Seeds(HubDb db, Instant now)
{
    public const string RoomSite = "rooms";
    public const string DeskSite = "desks";
    public const int Rooms = 50;
    public const int Desks = 500;
    public const int Members = 4_000;
    public const int HorizonDays = 400;

    /// <summary>With so many days of the past, the desks have a million bookings.</summary>
    public const int DeskDaysBack = 1_990;

    /// <summary>What the first member's browser has in its cookie.</summary>
    public const string SessionKey = "bench-session";

    /// <summary>So many browsers are signed in, each of another member.</summary>
    public const int Sessions = 50;

    public static string SessionKeyOf(int n) => n == 0 ? SessionKey : SessionKey + n.ToString(CultureInfo.InvariantCulture);

    private const int FirstDeskId = 1_001;
    private const int RoomBookingsPerRoom = 200;
    private const int DeskDaysAhead = 10;

    private static readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private readonly Member[] members = [.. Enumerable.Range(0, Members).Select(i => Member(i, now))];

    /// <summary>The token of the n-th member, the same in each run.</summary>
    public static string Token(int n) => "hub_pat_bench" + n.ToString("00000", CultureInfo.InvariantCulture);

    public static LocalDate Today(Instant now) => now.InZone(zone).Date;

    /// <summary>The day with 200 bookings in the rooms; always a working day.</summary>
    public static LocalDate BusyDay(LocalDate today) => WorkingDay(today.PlusDays(7));

    /// <summary>The first day on which nothing is booked in the rooms yet.</summary>
    public static LocalDate FirstEmptyDay(LocalDate today) => WorkingDay(BusyDay(today).PlusDays(1));

    public static LocalDate WorkingDay(LocalDate day)
    {
        while (day.DayOfWeek >= IsoDayOfWeek.Saturday || Time.PublicHolidays.Name(DigiHub.Time.Land.BE, day) is not null)
            day = day.PlusDays(1);
        return day;
    }

    /// <summary>Sites, spaces, members, tokens and a session; no bookings.</summary>
    public async Task Plant(CancellationToken stop)
    {
        db.AddRange(Site(1, RoomSite, "R"), Site(2, DeskSite, "D"));
        db.Add(new Organisation { Id = 1, Slug = "bench", Name = "Bench", Kind = OrganisationKind.Company });
        db.AddRange(
            new RuleSet { Id = 1, Name = new("Räume", "Rooms"), Granularity = Granularity.Minutes, HorizonDays = HorizonDays },
            new RuleSet { Id = 2, Name = new("Arbeitsplätze", "Desks"), Granularity = Granularity.HalfDay, HorizonDays = HorizonDays });
        db.AddRange(Enumerable.Range(1, Rooms).Select(i => Space(i, 1, SpaceKind.Room, $"Room {i:00}", Granularity.Minutes)));
        db.AddRange(Enumerable.Range(0, Desks)
            .Select(i => Space(FirstDeskId + i, 2, SpaceKind.Desk, $"D-{i + 1:000}", Granularity.HalfDay)));
        db.Add(Plan());
        db.Add(new HubState { OpenedAt = now });
        // Somebody who looks after the hub and does nothing else: without one every page would lead to set-up.
        var administrator = Member(Members, now);
        db.Add(administrator);
        db.Add(new RoleGrant
        {
            Id = Guid.CreateVersion7(),
            MemberId = administrator.Id,
            Role = Role.Administrator,
            GrantedAt = now,
        });
        db.AddRange(members);
        db.AddRange(members.Select(member => Membership.Of(member.Id, 1, now)));
        db.AddRange(members.Select((member, i) => new AccessToken
        {
            Id = Guid.CreateVersion7(),
            MemberId = member.Id,
            Use = TokenUse.Api,
            Name = "bench",
            Hash = RandomToken.Hash(Token(i)),
            CreatedAt = now,
            ExpiresAt = now + AccessToken.LifeMax,
            LastUsedAt = now,
        }));
        db.AddRange(Enumerable.Range(0, Sessions).Select(i => new Session
        {
            Hash = RandomToken.Hash(SessionKeyOf(i)),
            MemberId = members[i].Id,
            SecurityStamp = members[i].SecurityStamp,
            Device = "bench",
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Duration.FromDays(1),
        }));
        await db.SaveChangesAsync(stop);
        await db.ContinueNumbers(stop);
    }

    /// <summary>The bookings, and the claims by which they hold their spaces.</summary>
    /// <param name="deskDaysBack">How many days of the past each desk is booked on.</param>
    public async Task Book(int deskDaysBack, CancellationToken stop)
    {
        var today = Today(now);
        var rows = RoomBookings(today).Concat(DeskBookings(today, deskDaysBack)).ToList();
        var ids = rows.ConvertAll(_ => Guid.CreateVersion7());
        await Copy.Rows(db, rows.Select((row, i) => Booking(ids[i], row, members[i % Members].Id)), stop);
        await Copy.Rows(db, rows.Select((row, i) => Claim(ids[i], row)), stop);
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE", stop);
    }

    /// <summary>Online events in the weeks to come, in which every member finds a seat.</summary>
    public async Task<IReadOnlyList<SeededEvent>> Announce(int count, CancellationToken stop)
    {
        var organiser = await db.Members.OrderBy(member => member.Id).FirstAsync(stop);
        var events = Enumerable.Range(0, count).Select(i => OnlineEvent(i, organiser.Id)).ToList();
        db.AddRange(events);
        await db.SaveChangesAsync(stop);
        return events.ConvertAll(evt => new SeededEvent(evt.Id, evt.Slug));
    }

    private Event OnlineEvent(int n, Guid organiserId)
    {
        var start = Today(now).PlusDays(14 + n / 4) + new LocalTime(9 + n % 4 * 2, 0);
        return new Event
        {
            Id = Guid.CreateVersion7(),
            Slug = $"clinic-{n.ToString(CultureInfo.InvariantCulture)}",
            OrganiserId = organiserId,
            Status = EventStatus.Published,
            Title = new($"Sprechstunde {n}", $"Clinic {n}"),
            Text = new("Fragen zu **Sensoren** und Funk, mit Beispielen.", "Questions about **sensors** and radio, with examples."),
            Format = EventFormat.Online,
            JoinLink = "https://meet.bench.example/clinic",
            SiteId = 1,
            StartLocal = start,
            EndLocal = start.PlusHours(1),
            Start = Instant(start),
            End = Instant(start.PlusHours(1)),
            Capacity = Event.CapacityMax,
            CreatedAt = now,
            PublishedAt = now,
        };
    }

    private static Booking Booking(Guid id, Row row, Guid memberId) => new()
    {
        Id = id,
        SpaceId = row.SpaceId,
        SiteId = row.SpaceId < FirstDeskId ? 1 : 2,
        MemberId = memberId,
        BookedById = memberId,
        StartLocal = row.Start,
        EndLocal = row.End,
        Start = Instant(row.Start),
        End = Instant(row.End),
        RemindsAsUsual = true,
        CreatedAt = Instant(row.Start),
    };

    private static Claim Claim(Guid bookingId, Row row) => new()
    {
        Id = Guid.CreateVersion7(),
        UnitId = row.SpaceId,
        Start = Instant(row.Start),
        End = Instant(row.End),
        TakenAt = Instant(row.Start),
        Holder = DigiHub.Bookings.Booking.Subject.Of(bookingId),
    };

    private static Instant Instant(LocalDateTime local) => local.InZoneLeniently(zone).ToInstant();

    private sealed record Row(int SpaceId, LocalDateTime Start, LocalDateTime End);

    // Four bookings in each room on the busy day, the others spread over the weeks before.
    private static IEnumerable<Row> RoomBookings(LocalDate today)
    {
        for (var room = 1; room <= Rooms; room++)
            for (var i = 0; i < RoomBookingsPerRoom; i++)
            {
                var day = i < 4 ? BusyDay(today) : today.PlusDays(-(i / 4));
                var start = day + new LocalTime(8 + i % 4 * 3 + room % 2, 0);
                yield return new Row(room, start, start.PlusHours(1));
            }
    }

    // On the ten days ahead every tenth desk stays free.
    private static IEnumerable<Row> DeskBookings(LocalDate today, int daysBack)
    {
        for (var desk = 0; desk < Desks; desk++)
            for (var day = -daysBack; day < DeskDaysAhead; day++)
                if (day < 0 || desk % 10 != 0)
                    yield return new Row(FirstDeskId + desk, today.PlusDays(day) + new LocalTime(8, 0),
                        today.PlusDays(day) + new LocalTime(20, 0));
    }

    private static Site Site(int id, string slug, string sign) => new()
    {
        Id = id,
        Slug = slug,
        Name = slug,
        Sign = sign,
        Street = "Bench 1",
        PostCode = "10115",
        City = "Berlin",
        ZoneId = "Europe/Berlin",
        Floors = [new Floor { Id = id, Level = 0, Name = new("Erdgeschoss", "Ground floor"), PlanId = id == 2 ? 1 : null }],
        Week = [.. Enumerable.Range(1, 5)
            .Select(day => new WeeklyHours { Day = (IsoDayOfWeek)day, Opens = new(8, 0), Closes = new(20, 0) })],
    };

    /// <summary>All desks in 20 rows of 25.</summary>
    private FloorPlan Plan() => new()
    {
        Id = 1,
        FloorId = 2,
        Columns = 102,
        Rows = 62,
        Revision = 1,
        SavedAt = now,
        PublishedAt = now,
        Places = [.. Enumerable.Range(0, Desks).Select(i => new PlanPlace
        {
            SpaceId = FirstDeskId + i,
            X = 2 + i % 25 * 4,
            Y = 2 + i / 25 * 3,
            Width = 3,
            Height = 2,
        })],
        Shapes = [new() { Position = 0, Kind = PlanShapeKind.Wall, X = 1, Y = 1, Width = 102, Height = 62 }],
    };

    private static Space Space(int id, int siteId, SpaceKind kind, string name, Granularity granularity) => new()
    {
        Id = id,
        SiteId = siteId,
        FloorId = siteId,
        Kind = kind,
        Name = name,
        Zone = new("Zone", "Zone"),
        Capacity = kind == SpaceKind.Desk ? 1 : 8,
        RulesId = granularity == Granularity.Minutes ? 1 : 2,
        Rules = null!, // by its id
        Units = [new SpaceUnit { SpaceId = id, UnitId = id }],
    };

    private static Member Member(int i, Instant now) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = PersonName.Of($"Member {i}"),
        Email = EmailAddress.Of($"member{i}@bench.example"),
        SecurityStamp = "bench",
        CreatedAt = now,
    };
}

/// <summary>An event to register for.</summary>
public sealed record SeededEvent(Guid Id, string Slug);
