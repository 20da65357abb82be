using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Bench;

/// <summary>
/// What planning costs where much is booked: the preview of 200 dates in a busy room, a search over all sites, and pages that stay open
/// and hear of a booking.
/// </summary>
internal sealed class PlanningMeasurement(Report report, Instant now)
{
    private const int Dates = 200, Previews = 30, Listeners = 500;
    private static readonly CancellationToken stop = CancellationToken.None;
    private static readonly TimeSpan calm = TimeSpan.FromSeconds(10), patience = TimeSpan.FromSeconds(30);

    /// <summary>Each date is compared with what the room holds, none is booked.</summary>
    public async Task Preview(IServiceProvider parts)
    {
        await using var db = parts.GetRequiredService<HubDbFactory>().Open();
        var request = new SeriesRequest
        {
            ActorId = await db.Set<Member>().OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(stop),
            SpaceId = 1,
            From = Seeds.BusyDay(Seeds.Today(now)),
            Pattern = new() { Kind = RecurrenceKind.Daily, Count = Dates },
            Times = SeriesTimes.Between(new LocalTime(10, 0), new LocalTime(12, 0)),
        };
        List<double> milliseconds = [];
        var (dates, clashes) = (0, 0);
        for (var turn = 0; turn <= Previews; turn++)
        {
            var watch = Stopwatch.StartNew();
            await using var scope = parts.CreateAsyncScope();
            var preview = (await scope.ServiceProvider.GetRequiredService<PreviewSeries>().Run(request, stop)).Value;
            if (turn > 0)
                milliseconds.Add(watch.Elapsed.TotalMilliseconds);
            (dates, clashes) = (preview.Days.Count, preview.Days.Count(one => one.State != SeriesDayState.Free));
        }

        milliseconds.Sort();
        report.Must(dates == Dates, $"a preview has {dates} dates of {Dates}");
        report.Goal(milliseconds[Previews / 2] <= 100,
            $"preview of {dates} dates, {clashes} of which are taken or closed, in {milliseconds[Previews / 2]:0.0} ms ",
            $"(median of {Previews}); goal at most 100 ms");
    }

    /// <summary>Any free desk anywhere, among a million bookings.</summary>
    public async Task Search(Server server)
    {
        var requests = new Requests(Seeds.Today(now));
        await Driver.Run(server.Port, 1, calm / 2, requests.AnyFreeDeskAnywhere);
        var load = await Driver.Run(server.Port, 1, calm, requests.AnyFreeDeskAnywhere);
        report.Must(load.Of(200) == load.Count, $"search over all sites: {load.Count - load.Of(200)} wrong answers; goal 0");
        report.Goal(load.Percentile(99) <= 50,
            $"search over all sites in {load.Percentile(50):0.0} ms, p99 {load.Percentile(99):0.0} ms, on one connection; ",
            $"goal p99 at most 50 ms");
    }

    /// <summary>Pages that stay open hear that a room was booked.</summary>
    public async Task Listen(Server server)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Listeners + 8, UseCookies = false };
        var address = new Uri($"http://127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}");
        using var client = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        var before = server.MemoryMb();
        using var end = new CancellationTokenSource();
        using var ready = new CountdownEvent(Listeners);
        using var heard = new CountdownEvent(Listeners);
        List<Task> listening = [];
        for (var number = 0; number < Listeners; number++)
            listening.Add(Follow(client, number, ready, heard, end.Token));
        ready.Wait(patience);
        await Task.Delay(1_000, stop); // what each had to be told at first is told
        var after = server.MemoryMb();
        var begun = Stopwatch.GetTimestamp();
        using var booked = await client.SendAsync(Booking(), stop);
        var all = heard.Wait(patience);
        var took = Stopwatch.GetElapsedTime(begun);
        await end.CancelAsync();
        await Task.WhenAll(listening);
        report.Must(booked.IsSuccessStatusCode && all, $"{Listeners - heard.CurrentCount} of {Listeners} open pages heard of a booking");
        report.Goal(
            took.TotalSeconds <= 2, $"{Listeners} open pages heard of a booking within {took.TotalSeconds:0.00} s; goal at most 2 s");
        if (before is { } without && after is { } with)
            report.Goal(with - without <= 100, $"they cost {with - without:0} MB; goal at most 100 MB");
    }

    private HttpRequestMessage Booking()
    {
        var start = Seeds.FirstEmptyDay(Seeds.Today(now)) + new LocalTime(19, 0);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/bookings", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                spaceId = 1,
                start = $"{start:uuuu-MM-ddTHH:mm}",
                end = $"{start.PlusMinutes(30):uuuu-MM-ddTHH:mm}",
            }),
        };
        request.Headers.Add("Authorization", "Bearer " + Seeds.Token(1));
        return request;
    }

    private static async Task Follow(HttpClient client, int number, CountdownEvent ready, CountdownEvent heard, CancellationToken end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/live?site={Seeds.RoomSite}", UriKind.Relative));
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Cookie", $"hub={Seeds.SessionKeyOf(number / 10)}");
        var isReady = false;
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(end);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(end))
            {
                if (!isReady)
                {
                    isReady = true;
                    ready.Signal();
                }
                else if (item.EventType == "changed")
                {
                    heard.Signal();
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // The measurement is over, or says how many heard.
        }
    }
}
