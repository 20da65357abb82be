using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Sites;
using DigiHub.Spaces;
using Npgsql;
using NpgsqlTypes;

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

    /// <summary>What the first member's browser has in its cookie.</summary>
    public const string SessionKey = "bench-session";

    private const int FirstDeskId = 1_001;
    private const int RoomBookingsPerRoom = 200;
    private const int DeskDaysBack = 1_990;
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
        while (day.DayOfWeek >= IsoDayOfWeek.Saturday || Time.BerlinHolidays.Name(day) is not null)
            day = day.PlusDays(1);
        return day;
    }

    /// <summary>Sites, spaces, members, tokens and a session; no bookings.</summary>
    public async Task Plant(CancellationToken stop)
    {
        db.AddRange(Site(1, RoomSite, "R"), Site(2, DeskSite, "D"));
        db.Add(new Organisation { Id = 1, Name = "Bench", Kind = OrganisationKind.Company });
        db.AddRange(Enumerable.Range(1, Rooms).Select(i => Space(i, 1, SpaceKind.Room, $"Room {i:00}", Granularity.Minutes)));
        db.AddRange(Enumerable.Range(0, Desks).Select(i => Space(FirstDeskId + i, 2, SpaceKind.Desk, $"D-{i + 1:000}", Granularity.HalfDay)));
        db.AddRange(members);
        db.AddRange(members.Select((member, i) => new AccessToken
        {
            Id = Guid.CreateVersion7(),
            MemberId = member.Id,
            Use = TokenUse.Api,
            Name = "bench",
            Hash = RandomToken.Hash(Token(i)),
            CreatedAt = now,
            LastUsedAt = now,
        }));
        db.Add(new Session
        {
            Hash = RandomToken.Hash(SessionKey),
            MemberId = members[0].Id,
            SecurityStamp = members[0].SecurityStamp,
            Device = "bench",
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Duration.FromDays(1),
        });
        await db.SaveChangesAsync(stop);
        await db.ContinueNumbers(stop);
    }

    /// <summary>The bookings, by PostgreSQL's COPY: a million rows one by one would take minutes.</summary>
    public async Task Book(string postgres, CancellationToken stop)
    {
        var today = Today(now);
        var rows = RoomBookings(today).Concat(DeskBookings(today)).Select((row, i) => new Booked(
            Guid.CreateVersion7(), row.SpaceId, members[i % Members].Id, row.Start, row.End,
            row.Start.InZoneLeniently(zone).ToInstant(), row.End.InZoneLeniently(zone).ToInstant())).ToList();

        var builder = new NpgsqlDataSourceBuilder(postgres);
        builder.ConnectionStringBuilder.CommandTimeout = 600; // seconds, for a slow disk: at the end of each COPY the keys are checked
        builder.UseNodaTime();
        await using var source = builder.Build();
        await using var connection = await source.OpenConnectionAsync(stop);
        await CopyBookings(connection, rows, stop);
        await CopyClaims(connection, rows, stop);
        await using var analyse = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await analyse.ExecuteNonQueryAsync(stop);
    }

    private static async Task CopyBookings(NpgsqlConnection connection, IEnumerable<Booked> rows, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            COPY bookings (id, space_id, site_id, member_id, booked_by_id, start_local, end_local, start, "end", status, calendar_sequence, revision, created_at)
            FROM STDIN BINARY
            """, stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(row.Id, stop);
            await copy.WriteAsync(row.SpaceId, stop);
            await copy.WriteAsync(row.SpaceId < FirstDeskId ? 1 : 2, stop);
            await copy.WriteAsync(row.MemberId, stop);
            await copy.WriteAsync(row.MemberId, stop);
            await copy.WriteAsync(row.StartLocal, NpgsqlDbType.Timestamp, stop);
            await copy.WriteAsync(row.EndLocal, NpgsqlDbType.Timestamp, stop);
            await copy.WriteAsync(row.Start, NpgsqlDbType.TimestampTz, stop);
            await copy.WriteAsync(row.End, NpgsqlDbType.TimestampTz, stop);
            await copy.WriteAsync(nameof(BookingStatus.Confirmed), stop);
            await copy.WriteAsync(0, stop);
            await copy.WriteAsync(1, stop);
            await copy.WriteAsync(row.Start, NpgsqlDbType.TimestampTz, stop);
        }

        await copy.CompleteAsync(stop);
    }

    private static async Task CopyClaims(NpgsqlConnection connection, IEnumerable<Booked> rows, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY claims (id, atom_id, start, \"end\", booking_id) FROM STDIN BINARY", stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(Guid.CreateVersion7(), stop);
            await copy.WriteAsync(row.SpaceId, stop);
            await copy.WriteAsync(row.Start, NpgsqlDbType.TimestampTz, stop);
            await copy.WriteAsync(row.End, NpgsqlDbType.TimestampTz, stop);
            await copy.WriteAsync(row.Id, stop);
        }

        await copy.CompleteAsync(stop);
    }

    private sealed record Booked(
        Guid Id, int SpaceId, Guid MemberId, LocalDateTime StartLocal, LocalDateTime EndLocal, Instant Start, Instant End);

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

    // Two thousand days for each desk. On the ten days ahead every tenth desk stays free.
    private static IEnumerable<Row> DeskBookings(LocalDate today)
    {
        for (var desk = 0; desk < Desks; desk++)
            for (var day = -DeskDaysBack; day < DeskDaysAhead; day++)
                if (day < 0 || desk % 10 != 0)
                    yield return new Row(FirstDeskId + desk, today.PlusDays(day) + new LocalTime(8, 0), today.PlusDays(day) + new LocalTime(20, 0));
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
        Floors = [new Floor { Id = id, Level = 0, NameEnglish = "Ground floor", NameGerman = "Erdgeschoss" }],
        Week = [.. Enumerable.Range(1, 5).Select(day => new WeeklyHours { Day = (IsoDayOfWeek)day, Opens = new(8, 0), Closes = new(20, 0) })],
    };

    private static Space Space(int id, int siteId, SpaceKind kind, string name, Granularity granularity) => new()
    {
        Id = id,
        SiteId = siteId,
        FloorId = siteId,
        Kind = kind,
        Name = name,
        ZoneEnglish = "Zone",
        ZoneGerman = "Zone",
        Capacity = kind == SpaceKind.Desk ? 1 : 8,
        Granularity = granularity,
        HorizonDays = HorizonDays,
        Atoms = [new SpaceAtom { SpaceId = id, AtomId = id }],
    };

    private static Member Member(int i, Instant now) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = PersonName.Of($"Member {i}"),
        Email = EmailAddress.Of($"member{i}@bench.example"),
        OrganisationId = 1,
        SecurityStamp = "bench",
        CreatedAt = now,
    };
}
