using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Events;
using DigiHub.Registrations;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Api;

/// <summary>Everybody wants the same thing at once, over real HTTP: one has it, and everybody else is told so, kindly.</summary>
public abstract class RaceTests(TestDatabase database) : WebHubTests(database)
{
    private const int Members = 200;
    private const int Rounds = 20;

    public sealed class OnSqlite(SqliteDatabase database) : RaceTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RaceTests(database), IClassFixture<PostgresDatabase>;

    [Fact]
    public async Task One_of_two_hundred_gets_the_desk_and_all_others_get_alternatives()
    {
        using var crowd = await Crowd.Gather(TestHub, Members);
        var day = new LocalDate(2026, 11, 24);

        for (var round = 0; round < Rounds; round++)
        {
            while (day.DayOfWeek >= IsoDayOfWeek.Saturday || DigiHub.Time.PublicHolidays.Name(DigiHub.Time.Land.BE, day) is not null)
                day = day.PlusDays(1);
            var wanted = new { spaceId = Cast.Desk.Id, day = day.ToString("uuuu-MM-dd", null) };

            var answers = await crowd.All(_ => Post("/api/v1/bookings", wanted), Stop);

            Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
            Assert.Equal(Members - 1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
            foreach (var refused in answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict))
            {
                var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Stop);
                Assert.Equal("slot_taken", problem.GetProperty("code").GetString());
                Assert.NotEqual(0, problem.GetProperty("alternatives").GetArrayLength());
            }

            foreach (var answer in answers)
                answer.Dispose();
            day = day.PlusDays(1);
        }

        Assert.Equal(Rounds, await TestHub.Read(db => db.Claims.CountAsync(Stop)));
    }

    [Fact]
    public async Task Random_windows_on_one_room_never_overlap_and_nobody_meets_a_deadlock()
    {
        using var crowd = await Crowd.Gather(TestHub, 64);
        List<HttpStatusCode> statuses = [];

        for (var round = 0; round < 10; round++)
        {
            var windows = Enumerable.Range(0, crowd.Count)
                .Select(_ => (From: Random.Shared.Next(8 * 4, 18 * 4), Quarters: Random.Shared.Next(1, 9))).ToArray();
            var spaces = new[] { Cast.Spree.Id, Cast.Panke.Id, Cast.Hall.Id }; // the hall is both others
            var answers = await crowd.All(i => Post("/api/v1/bookings", new
            {
                spaceId = spaces[Random.Shared.Next(spaces.Length)],
                start = Quarter(windows[i].From),
                end = Quarter(windows[i].From + windows[i].Quarters),
            }), Stop);
            statuses.AddRange(answers.Select(answer => answer.StatusCode));
        }

        Assert.Empty(statuses.Except([HttpStatusCode.Created, HttpStatusCode.Conflict]));
        Assert.Contains(HttpStatusCode.Created, statuses);
        var claims = await TestHub.Read(db => db.Claims.AsNoTracking().ToListAsync(Stop));
        var overlapping = from a in claims
                          from b in claims
                          where a.Id != b.Id && a.UnitId == b.UnitId && a.Start < b.End && b.Start < a.End
                          select (a.Id, b.Id);
        Assert.Empty(overlapping);
    }

    [Fact]
    public async Task Five_hundred_want_fifty_seats_and_the_others_wait_in_the_order_they_came()
    {
        using var crowd = await Crowd.Gather(TestHub, 500);
        var talk = await Publish(seats: 50);

        var answers = await crowd.All(_ => new HttpRequestMessage(HttpMethod.Post, $"/api/v1/events/{talk}/registrations"), Stop);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var rows = await TestHub.Read(db => db.Registrations.AsNoTracking()
            .Where(row => row.EventId == talk).OrderBy(row => row.Number).ToListAsync(Stop));
        Assert.Equal(Enumerable.Range(1, 500), rows.Select(row => row.Number));
        Assert.All(rows.Take(50), row => Assert.Equal(RegistrationStatus.Confirmed, row.Status));
        Assert.All(rows.Skip(50), row => Assert.Equal(RegistrationStatus.Waiting, row.Status));
    }

    [Fact]
    public async Task Fifty_repeats_with_one_key_are_one_booking_and_fifty_equal_answers()
    {
        using var crowd = await Crowd.Gather(TestHub, 1);
        var wanted = new { spaceId = Cast.Spree.Id, start = "2026-11-24T09:00", end = "2026-11-24T10:00" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var answer = await crowd.Send(0, Post("/api/v1/bookings", wanted, ("Idempotency-Key", "only-once")), Stop);
            return (answer.StatusCode, Body: await answer.Content.ReadAsStringAsync(Stop), answer.Headers.Location);
        }));

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.Created, answers[0].StatusCode);
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
    }

    private async Task<Guid> Publish(int seats)
    {
        using var grace = await TestHub.NewApiClient(Cast.Grace);
        using var written = await grace.PostAsJsonAsync("/api/v1/events", new
        {
            titleEnglish = "A much wanted talk",
            start = "2026-12-01T18:00",
            spaceId = Cast.Hall.Id,
            capacity = seats,
            reminders = Array.Empty<object>(),
        }, Stop);
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var id = (await written.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
        using var published = await grace.PostAsync($"/api/v1/events/{id}/publish", null, Stop);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        return id;
    }

    private static string Quarter(int quarters) =>
        (new LocalDate(2026, 11, 24) + LocalTime.FromMinutesSinceMidnight(quarters * 15)).ToString("uuuu-MM-dd'T'HH:mm", null);

    private static HttpRequestMessage Post(string path, object body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return request;
    }
}
