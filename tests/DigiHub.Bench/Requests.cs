using System.Globalization;
using System.Text;

namespace DigiHub.Bench;

/// <summary>What the peers were asked, asked of the hub: ready-made bytes, so that the driver costs little.</summary>
public sealed class Requests(LocalDate today)
{
    private const int StepsADay = 48; // 8:00 to 20:00 in quarters of an hour
    private const string Compressed = "Accept-Encoding: gzip, deflate, br\r\n";

    private readonly LocalDate[] days = [.. WorkingDays(Seeds.FirstEmptyDay(today), today.PlusDays(Seeds.HorizonDays - 10))];
    private readonly byte[][] authorizations =
        [.. Enumerable.Range(0, Seeds.Members).Select(i => Encoding.ASCII.GetBytes($"Authorization: Bearer {Seeds.Token(i)}\r\n"))];

    /// <summary>50 rooms with 200 bookings, as a member who is signed in sees them.</summary>
    public byte[] DayPage { get; } = Get(
        $"/rooms?site={Seeds.RoomSite}&day={Seeds.BusyDay(today):uuuu-MM-dd}",
        $"Accept: text/html\r\nAccept-Language: de\r\n{Compressed}Cookie: hub={Seeds.SessionKey}\r\n");

    /// <summary>The same as JSON, for a program with a token.</summary>
    public byte[] DayAvailability(int n) => Get(
        $"/api/v1/availability?site={Seeds.RoomSite}&day={Seeds.BusyDay(today):uuuu-MM-dd}",
        "Authorization: Bearer " + Seeds.Token(n % Seeds.Members) + "\r\n");

    /// <summary>Any free desk of 500 among a million bookings: each request another of the days ahead.</summary>
    public byte[] AnyFreeDesk(int n) => Get(
        $"/api/v1/availability/search?site={Seeds.DeskSite}&day={Seeds.WorkingDay(today.PlusDays(1 + n % 5)):uuuu-MM-dd}",
        "Authorization: Bearer " + Seeds.Token(n % Seeds.Members) + "\r\n");

    /// <summary>The same at any site.</summary>
    public byte[] AnyFreeDeskAnywhere(int n) => Get(
        $"/api/v1/availability/search?kind=desk&day={Seeds.WorkingDay(today.PlusDays(1 + n % 5)):uuuu-MM-dd}",
        "Authorization: Bearer " + Seeds.Token(n % Seeds.Members) + "\r\n");

    /// <summary>The plan of a floor, as a member who is signed in sees it.</summary>
    public static byte[] DesksPage(string site, LocalDate day) => Get(
        $"/desks?site={site}&day={day:uuuu-MM-dd}",
        $"Accept: text/html\r\nAccept-Language: de\r\n{Compressed}Cookie: hub={Seeds.SessionKey}\r\n");

    /// <summary>The n-th slot of a quarter of an hour, neighbours in different rooms, by the n-th member.</summary>
    public byte[] Book(int n)
    {
        var (step, room) = (n / Seeds.Rooms, n % Seeds.Rooms);
        var start = days[step / StepsADay % days.Length] + new LocalTime(8, 0).PlusMinutes(step % StepsADay * 15);
        return BookAt(room + 1, start, n);
    }

    /// <summary>One slot for everybody: the round-th race, each racer a member of their own.</summary>
    public byte[] Race(int round, int racer) => BookAt(
        round % Seeds.Rooms + 1,
        Seeds.WorkingDay(today.PlusDays(Seeds.HorizonDays - 8)) + new LocalTime(8 + round / Seeds.Rooms, 0), round * 64 + racer);

    private byte[] BookAt(int room, LocalDateTime start, int member)
    {
        var body = string.Create(CultureInfo.InvariantCulture,
            $$"""{"spaceId":{{room}},"start":"{{start:uuuu-MM-ddTHH:mm}}","end":"{{start.PlusMinutes(15):uuuu-MM-ddTHH:mm}}"}""");
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. authorizations[member % Seeds.Members], .. "\r\n"u8, .. Encoding.ASCII.GetBytes(body)];
    }

    private static IEnumerable<LocalDate> WorkingDays(LocalDate from, LocalDate until)
    {
        for (var day = Seeds.WorkingDay(from); day < until; day = Seeds.WorkingDay(day.PlusDays(1)))
            yield return day;
    }

    private static byte[] Get(FormattableString path, string headers) => Driver.Get(path.ToString(CultureInfo.InvariantCulture), headers);
}
