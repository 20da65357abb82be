using System.Diagnostics;
using System.Globalization;
using System.Text;
using DigiHub.Access;
using DigiHub.Data;
using DigiHub.FloorPlans;
using DigiHub.Imports;
using DigiHub.Operations;
using DigiHub.Organisations;
using DigiHub.Setup;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace DigiHub.Bench;

/// <summary>
/// What it takes to set a hub up and to keep it, on PostgreSQL with a million bookings: 5,000 people from a table, the plan of 180 desks,
/// a table of 20,000 bookings, the largest photo, a backup while people book. One process does the work, with driver, server and database
/// on the same cores.
/// </summary>
/// <param name="hub">DigiHub.Web.dll as published.</param>
internal sealed class HubMeasurement(string hub, string postgres, string folder)
{
    private const int People = 5_000, Companies = 50, FirstCompany = 1_000, PlanDesks = 180, Publications = 20, Bookers = 4,
        Rows = 20_000, PhotoWidth = 6_000, PhotoHeight = 4_000;
    private const string PlanSite = "plan";
    private static readonly CancellationToken stop = CancellationToken.None;
    private static readonly TimeSpan calm = TimeSpan.FromSeconds(10);

    private readonly Report report = new();
    private readonly Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    /// <returns>How many goals were missed.</returns>
    public async Task<int> Run()
    {
        Say($"load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} processors");
        Say($"Seeding a million bookings");
        await using var database = await BenchDatabase.OnPostgres(postgres, now, Seeds.DeskDaysBack);
        await using var inside = InsideHub.On(database, ("DataFolder", folder));
        await ImportPeople(inside.Services);
        await DrawPlan(inside.Services);
        await CompareBookings(inside.Services);
        await CleanOnePicture();
        await using var server = await Server.Hub(hub, database.Setting);
        await ShowPlan(server);
        var planning = new PlanningMeasurement(report, now);
        await planning.Preview(inside.Services);
        await planning.Search(server);
        await planning.Listen(server);
        await BackUp(inside.Services, server);
        report.PrintGoals();
        return report.Missed;
    }

    private async Task ImportPeople(IServiceProvider parts)
    {
        await using (var db = parts.GetRequiredService<HubDbFactory>().Open())
        {
            db.AddRange(Enumerable.Range(0, Companies).Select(i => new Organisation
            {
                Id = FirstCompany + i,
                Slug = string.Create(CultureInfo.InvariantCulture, $"company-{i}"),
                Name = string.Create(CultureInfo.InvariantCulture, $"Company {i}"),
                Kind = OrganisationKind.Company,
            }));
            await db.SaveChangesAsync(stop);
        }

        var table = new StringBuilder("Name;E-Mail;Organisation\n");
        for (var i = 0; i < People; i++)
            table.Append(CultureInfo.InvariantCulture, $"Person {i};person{i}@import.example;Company {i % Companies}\n");
        var file = Encoding.UTF8.GetBytes(table.ToString());

        var watch = Stopwatch.StartNew();
        var read = Of(await parts.GetRequiredService<ReadImport>().Run(new(null, ImportKind.Members, null, "people.csv", file), stop));
        var dry = watch.Elapsed;
        Of(await parts.GetRequiredService<ApplyImport>().Run(new(read.Id, null), stop));
        report.Goal(watch.Elapsed.TotalSeconds <= 10,
            $"{People:N0} people from a table: dry run {dry.TotalSeconds:0.0} s, and written after {watch.Elapsed.TotalSeconds:0.0} s; ",
            $"goal at most 10 s");

        var again = Of(await parts.GetRequiredService<ReadImport>().Run(new(null, ImportKind.Members, null, "people.csv", file), stop));
        var shown = await parts.GetRequiredService<ImportView>().Run(new(again.Id), stop);
        report.Must(shown.Changes == 0, $"the same table again: {shown.Changes} changes; goal 0");
    }

    private async Task DrawPlan(IServiceProvider parts)
    {
        var site = Of(await parts.GetRequiredService<AddSite>().Run(null, new SiteDraft
        {
            Name = PlanSite,
            Street = "Bench 1",
            PostCode = "10115",
            City = "Berlin",
            ZoneId = "Europe/Berlin",
            Week = SiteDraft.UsualWeek,
        }, stop));
        Of(await parts.GetRequiredService<AddSpaces>().Run(null, site.Id,
            new SpacesDraft { Level = 0, Desks = PlanDesks, FirstDesk = "P-001" }, stop));
        Guid administrator;
        List<int> desks;
        await using (var db = parts.GetRequiredService<HubDbFactory>().Open())
        {
            administrator = await db.RoleGrants.Where(grant => grant.Role == Role.Administrator)
                .Select(grant => grant.MemberId).FirstAsync();
            desks = await db.Spaces.Where(space => space.SiteId == site.Id).OrderBy(space => space.Name)
                .Select(space => space.Id).ToListAsync();
        }

        var map = await parts.GetRequiredService<Catalogue>().Map(stop);
        var floor = map.Places.Single(place => place.Site.Id == site.Id).Site.Floors[0].Id;
        var drawn = FloorPlanDraft.Empty with
        {
            Columns = 80,
            Rows = 60,
            Places = [.. desks.Select((desk, i) => new PlanPlace
            {
                SpaceId = desk, X = 3 + i % 18 * 4, Y = 3 + i / 18 * 5, Width = 3, Height = 2,
            })],
        };
        List<double> times = [];
        for (var i = 0; i < Publications; i++)
        {
            Of(await parts.GetRequiredService<SavePlan>().Run(new(administrator, floor, null, drawn), stop));
            var start = Stopwatch.GetTimestamp();
            Of(await parts.GetRequiredService<PublishPlan>().Run(new(administrator, floor, null, DespiteOverlaps: false), stop));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var median = times.Order().ElementAt(times.Count / 2);
        report.Goal(median <= 100,
            $"a plan of {PlanDesks} desks published in {median:0.0} ms (median of {times.Count}); goal at most 100 ms");
    }

    /// <summary>A table of bookings of the 180 desks, half of them past, compared with the hub's rules; the first in its process.</summary>
    private async Task CompareBookings(IServiceProvider parts)
    {
        var map = await parts.GetRequiredService<Catalogue>().Map(stop);
        var place = map.Places.Single(one => one.Site.Name == PlanSite);
        var desks = map.Offered(place.Site.Id).Select(space => space.Name).ToList();
        var table = new StringBuilder("Desk or room;From;Until;E-mail\n");
        var days = Rows / desks.Count + 1;
        var day = place.Time.DateOf(now).PlusDays(-days * 7 / 5 / 2);
        for (var row = 0; row < Rows; row++)
        {
            if (row % desks.Count == 0)
                day = Next(day);
            table.Append(CultureInfo.InvariantCulture,
                $"{desks[row % desks.Count]};{day:uuuu-MM-dd} 09:00;{day:uuuu-MM-dd} 17:00;person{row % People}@import.example\n");
        }

        var file = Encoding.UTF8.GetBytes(table.ToString());
        List<double> seconds = [];
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            var read = Of(await parts.GetRequiredService<ReadImport>().Run(
                new(null, ImportKind.Bookings, place.Site.Id, "bookings.csv", file), stop));
            seconds.Add(watch.Elapsed.TotalSeconds);
            var shown = await parts.GetRequiredService<ImportView>().Run(new(read.Id), stop);
            report.Must(shown.Changes >= Rows * 2 / 5,
                $"a table of {Rows:N0} bookings: {shown.Changes:N0} to be written, at least the past two fifths");
        }

        report.Goal(seconds.Max() <= 5,
            $"a dry run of {Rows:N0} bookings: {seconds[0]:0.0} s, and {seconds[1]:0.0} s the second time; goal at most 5 s");

        static LocalDate Next(LocalDate after)
        {
            var next = after.PlusDays(1);
            return next.DayOfWeek > IsoDayOfWeek.Friday ? next.Next(IsoDayOfWeek.Monday) : next;
        }
    }

    /// <summary>The largest photo that is taken, drawn again: how long, and how much memory above what the process held.</summary>
    private async Task CleanOnePicture()
    {
        var photo = Photo();
        GC.Collect();
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak is counted from here on
        var before = Kilobytes("VmRSS");
        var watch = Stopwatch.StartNew();
        Of(await CleanPicture.Read(photo, stop));
        var (elapsed, above) = (watch.Elapsed.TotalSeconds, (Kilobytes("VmHWM") - before) / 1024);
        report.Goal(elapsed <= 1 && above <= 96,
            $"a photo of {PhotoWidth} × {PhotoHeight} drawn again in {elapsed:0.00} s with {above} MB; goal at most 1 s and 96 MB");
    }

    /// <summary>A JPEG with something on every part of it.</summary>
    private static byte[] Photo()
    {
        using var bitmap = new SKBitmap(PhotoWidth, PhotoHeight, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        var dice = new Random(7);
        for (var i = 0; i < 4_000; i++)
        {
            paint.Color = new SKColor((uint)dice.Next() | 0xff000000);
            canvas.DrawCircle(dice.Next(PhotoWidth), dice.Next(PhotoHeight), dice.Next(20, 200), paint);
        }

        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return encoded.ToArray();
    }

    private static long Kilobytes(string what) => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(what, StringComparison.Ordinal))
            .Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);

    private async Task ShowPlan(Server server)
    {
        var page = Requests.DesksPage(PlanSite, Seeds.BusyDay(Seeds.Today(now)));
        await Driver.Run(server.Port, 1, calm / 2, _ => page);
        var load = await Driver.Run(server.Port, 1, calm, _ => page);
        report.Must(load.Of(200) == load.Count, $"plan of {PlanDesks} desks: {load.Count - load.Of(200)} wrong answers; goal 0");
        report.Goal(load.Percentile(50) <= 30,
            $"plan of {PlanDesks} desks in {load.Percentile(50):0.0} ms, p99 {load.Percentile(99):0.0} ms, on one connection; ",
            $"{load.BytesEach / 1000:0.0} KB compressed; goal at most 30 ms");
    }

    /// <summary>Waiting times while people book and nothing else happens, and while a backup is made besides.</summary>
    private async Task BackUp(IServiceProvider parts, Server server)
    {
        var (requests, next) = (new Requests(Seeds.Today(now)), 0);
        byte[] Book(int _) => requests.Book(Interlocked.Increment(ref next));
        await Driver.Run(server.Port, Bookers, calm, Book);
        var alone = await Driver.Run(server.Port, Bookers, calm, Book);

        var watch = Stopwatch.StartNew();
        var backup = Task.Run(() => parts.GetRequiredService<MakeBackup>().Run(Path.Combine(folder, "bench.backup"), stop));
        var meanwhile = await Driver.Run(server.Port, Bookers, _ => !backup.IsCompleted, Book);
        var made = Of(await backup);
        report.Must(meanwhile.Of(201) == meanwhile.Count, $"booked during the backup: {meanwhile.Count - meanwhile.Of(201)} wrong; goal 0");
        report.Goal(watch.Elapsed.TotalSeconds <= 60,
            $"a backup of a million bookings, {made.Bytes >> 20} MB, in {watch.Elapsed.TotalSeconds:0.0} s while people book; ",
            $"goal at most 60 s");
        report.Goal(meanwhile.Percentile(99) <= 2 * alone.Percentile(99),
            $"booking on {Bookers} connections: p99 {alone.Percentile(99):0.0} ms, during the backup {meanwhile.Percentile(99):0.0} ms; ",
            $"goal at most twice as long");
    }

    private static T Of<T>(Outcome<T> outcome) =>
        outcome.IsDone ? outcome.Value : throw new InvalidOperationException(outcome.Refusal.Message.English);

    private static void Say(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
