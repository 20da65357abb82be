using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DigiHub.Bench;

/// <summary>
/// What a busy day asks of a hub, a hundred times as fast: pages, the API, bookings made and mostly cancelled again, seats taken and given
/// back, each of which writes mails. Each connection goes its own way through it, always the same.
/// </summary>
internal sealed class SoakLoad(Requests requests, LocalDate today, IReadOnlyList<SeededEvent> events)
{
    private const int KeptOf = 20; // one in so many bookings stands

    private static readonly string signedIn =
        $"Accept: text/html\r\nAccept-Language: de\r\nAccept-Encoding: gzip, deflate, br\r\nCookie: hub={Seeds.SessionKey}\r\n";
    private static readonly string stranger = "Accept: text/html\r\nAccept-Language: en\r\nAccept-Encoding: gzip\r\n";

    private int next = -1;

    /// <summary>One connection's load until it is told to stop.</summary>
    public async Task Run(int port, Action<int, double> seen, CancellationToken stop)
    {
        using var connection = await Driver.Connection.Open(port);
        while (!stop.IsCancellationRequested)
            await Once(Interlocked.Increment(ref next));

        async Task Once(int n)
        {
            var evt = events[n / 20 % events.Count];
            switch (n % 20)
            {
                case 0 or 10: await Ask(requests.DayPage); break;
                case 1 or 11: await Ask(Page($"/desks?site={Seeds.DeskSite}&day={DayOf(n):uuuu-MM-dd}", signedIn)); break;
                case 2: await Ask(Page($"/", signedIn)); break;
                case 3: await Ask(Page($"/my-bookings", signedIn)); break;
                case 4 or 12: await Ask(Page($"/events", stranger)); break;
                case 5 or 13: await Ask(Page($"/events/{evt.Slug}", n % 40 < 20 ? stranger : signedIn)); break;
                case 6: await Ask(Page($"/find?site={Seeds.RoomSite}&day={DayOf(n):uuuu-MM-dd}&people={1 + n / 20 % 8}", signedIn)); break;
                case 7: await Ask(Page($"/events/{evt.Slug}.ics", stranger)); break;
                case 8 or 14: await Ask(requests.DayAvailability(n)); break;
                case 9: await Ask(requests.AnyFreeDesk(n)); break;
                case 15: await Ask(Page($"/api/v1/events", Bearer(n))); break;
                case 16 or 17 or 18: await Book(n); break;
                case 19: await Join(n, evt); break;
            }
        }

        async Task Book(int n)
        {
            var slot = n / 20 * 3 + n % 20 - 16;
            await Ask(requests.Book(slot));
            if (connection.Location is { } booking && slot % KeptOf != 0)
                await Ask(Delete(booking, connection.ETag, slot));
        }

        async Task Join(int n, SeededEvent evt)
        {
            await Ask(Driver.Post($"/api/v1/events/{evt.Id}/registrations", "", Bearer(n / 20)));
            if (connection.Location is { } registration && n / 20 % 2 == 0)
                await Ask(Delete(registration, connection.ETag, n / 20));
        }

        async Task Ask(byte[] request)
        {
            var begun = Stopwatch.GetTimestamp();
            var (status, _) = await connection.Ask(request);
            seen(status, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }

    private LocalDate DayOf(int n) => Seeds.WorkingDay(today.PlusDays(n / 20 % 60));

    private static string Bearer(int member) => $"Authorization: Bearer {Seeds.Token(member % Seeds.Members)}\r\n";

    private static byte[] Page(FormattableString path, string headers) => Driver.Get(path.ToString(CultureInfo.InvariantCulture), headers);

    private static byte[] Delete(string path, string? tag, int member) =>
        Encoding.ASCII.GetBytes($"DELETE {path} HTTP/1.1\r\nHost: localhost\r\nIf-Match: {tag}\r\n{Bearer(member)}\r\n");
}
