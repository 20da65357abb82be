using System.Diagnostics;
using System.Globalization;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Keys;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Time;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>
/// A member's calendar in programs that people use: vdirsyncer subscribes to it, khal shows its days. Neither shares code with our writer.
/// </summary>
public sealed class CalendarProgramsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private static readonly string? Khal = Environment.GetEnvironmentVariable("DIGIHUB_TEST_KHAL");
    private static readonly string? Vdirsyncer = Environment.GetEnvironmentVariable("DIGIHUB_TEST_VDIRSYNCER");
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly string token = RandomToken.Make();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digihub-calendar");

    /// <summary>Every second Tuesday over the end of summer time, so that an hour would be lost by who reckons in UTC.</summary>
    [Fact]
    public async Task A_subscriber_sees_of_a_series_what_is_booked_however_it_is_changed()
    {
        Assert.SkipWhen(Khal is null || Vdirsyncer is null,
            "No other calendar programs: DIGIHUB_TEST_KHAL and DIGIHUB_TEST_VDIRSYNCER are not set (tests/run sets them).");
        TestHub.Clock.Reset(new LocalDateTime(2027, 9, 20, 9, 0).InZoneStrictly(Berlin).ToInstant());
        await Subscribe();
        var series = (await Get<BookSeries>().Run(
            new()
            {
                ActorId = Cast.Ada.Id,
                SpaceId = Cast.Spree.Id,
                From = new(2027, 9, 28),
                Pattern = new() { Kind = RecurrenceKind.Weekly, Every = 2, Count = 7, Extra = [new(2027, 10, 7)] },
                Times = SeriesTimes.Between(new(10, 0), new(11, 0)),
                Title = "Jour fixe; Ost, West",
            }, Stop)).Series;
        await Compare();

        var dates = await Dates();
        await Get<MoveBooking>().Run(new()
        {
            BookingId = dates[1].Id,
            ActorId = Cast.Ada.Id,
            When = When.Between(dates[1].StartLocal.PlusHours(4), dates[1].EndLocal.PlusHours(5)),
        }, Stop);
        await Get<CancelBooking>().Run(dates[2].Id, Cast.Ada.Id, ifRevision: null, Stop);
        await Compare();

        await Get<ChangeSeries>().Run(new()
        {
            SeriesId = series.Id,
            ActorId = Cast.Ada.Id,
            Scope = SeriesScope.ThisAndFollowing,
            Date = dates[5].SeriesDate,
            SpaceId = Cast.Panke.Id,
            Times = SeriesTimes.Between(new(13, 30), new(15, 0)),
        }, Stop);
        await Compare();

        await Get<CancelInSeries>().Run(new() { SeriesId = series.Id, ActorId = Cast.Ada.Id, Scope = SeriesScope.AllFuture }, Stop);
        await Compare();
    }

    private async Task Compare()
    {
        await Run(Vdirsyncer!, "-c", Path.Combine(folder.FullName, "vdirsyncer"), "sync");
        var shown = await Run(Khal!, "-c", Path.Combine(folder.FullName, "khal"), "list", "--day-format", "",
            "--format", "{cancelled}{start-date} {start-time} {end-time} {location}", "2027-09-01", "2028-03-01");
        List<string> truth =
        [
            .. (await Dates()).Where(one => one.IsStanding).Select(one => string.Create(CultureInfo.InvariantCulture,
                $"{one.StartLocal:uuuu-MM-dd HH:mm} {one.EndLocal:HH:mm} {(one.SpaceId == Cast.Spree.Id ? "Spree" : "Panke")}")),
        ];
        Assert.Equal(truth, shown.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("CANCELLED", StringComparison.Ordinal)).Select(line => line.Split(',')[0]));
    }

    private Task<List<Booking>> Dates() => TestHub.Read(db =>
        db.Bookings.AsNoTracking().Where(one => one.MemberId == Cast.Ada.Id).OrderBy(one => one.Start).ToListAsync(Stop));

    private async Task Subscribe()
    {
        await TestHub.Lay(new AccessToken
        {
            Id = Guid.CreateVersion7(),
            MemberId = Cast.Ada.Id,
            Use = TokenUse.CalendarFeed,
            Name = "calendar",
            Hash = RandomToken.Hash(token),
            CreatedAt = DigiHub.Tests.TestHub.Opening,
        });
        var (calendar, status) = (folder.CreateSubdirectory("calendar").FullName, folder.CreateSubdirectory("status").FullName);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "vdirsyncer"), $"""
            [general]
            status_path = "{status}"
            [pair feed]
            a = "hub"
            b = "here"
            collections = null
            [storage hub]
            type = "http"
            url = "{new Uri(TestHub.Url, $"/feeds/{token}.ics")}"
            [storage here]
            type = "filesystem"
            path = "{calendar}"
            fileext = ".ics"
            """, Stop);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "khal"), $"""
            [calendars]
            [[hub]]
            path = {calendar}
            [locale]
            local_timezone = Europe/Berlin
            default_timezone = Europe/Berlin
            timeformat = %H:%M
            dateformat = %Y-%m-%d
            longdateformat = %Y-%m-%d
            datetimeformat = %Y-%m-%d %H:%M
            longdatetimeformat = %Y-%m-%d %H:%M
            [sqlite]
            path = {Path.Combine(folder.FullName, "khal.db")}
            """, Stop);
        await Run(Vdirsyncer!, "-c", Path.Combine(folder.FullName, "vdirsyncer"), "discover");
    }

    private async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["HOME"], start.Environment["LC_ALL"]) = (folder.FullName, "C.UTF-8");
        using var process = Process.Start(start)!;
        var (told, complained) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop).WaitAsync(patience, Stop);
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)}: {await complained}");
        return await told;
    }

    private static DateTimeZone Berlin { get; } = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private T Get<T>() where T : notnull => TestHub.Services.GetRequiredService<T>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await TestHub.ChangeCatalogue(db => db.RuleSets.ExecuteUpdateAsync(set => set.SetProperty(rules => rules.HorizonDays, 366), Stop));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
