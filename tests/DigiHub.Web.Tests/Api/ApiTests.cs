using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Api;

/// <summary>The conventions of the API: access, malformed requests, versions, keys and pages.</summary>
public abstract class ApiTests(TestDatabase database) : WebHubTests(database)
{
    public sealed class OnSqlite(SqliteDatabase database) : ApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ApiTests(database), IClassFixture<PostgresDatabase>;

    [Fact]
    public async Task Books_reads_moves_and_cancels()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        using var made = await ada.PostAsJsonAsync("/api/v1/bookings", Morning(), Stop);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var booking = await Json(made);
        Assert.Equal("2026-11-24T09:00:00", booking.GetProperty("start").GetString());
        Assert.Equal("2026-11-24T08:00:00Z", booking.GetProperty("startInstant").GetString());

        using var read = await ada.GetAsync(made.Headers.Location, Stop);
        Assert.Equal(made.Headers.ETag, read.Headers.ETag);

        using var moved = await Change(ada, HttpMethod.Patch, made.Headers.Location!,
            read.Headers.ETag!.ToString(), new { start = "2026-11-24T11:00", end = "2026-11-24T12:00" });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.NotEqual(read.Headers.ETag, moved.Headers.ETag);

        using var gone = await Change(ada, HttpMethod.Delete, made.Headers.Location!, moved.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Equal("cancelled", (await Json(gone)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_seen()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var made = await ada.PostAsJsonAsync("/api/v1/bookings", Morning(), Stop);

        using var without = await Change(ada, HttpMethod.Delete, made.Headers.Location!, null);
        using var stale = await Change(ada, HttpMethod.Delete, made.Headers.Location!, "\"99\"");
        using var strange = await Change(ada, HttpMethod.Delete, made.Headers.Location!, "\"x\"");

        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
    }

    [Fact]
    public async Task Others_do_not_even_learn_that_a_booking_exists()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        using var made = await ada.PostAsJsonAsync("/api/v1/bookings", Morning(), Stop);

        using var read = await bob.GetAsync(made.Headers.Location, Stop);
        using var moved = await Change(bob, HttpMethod.Patch, made.Headers.Location!, "*", new { title = "mine" });
        using var cancelled = await Change(bob, HttpMethod.Delete, made.Headers.Location!, "*");
        using var unknown = await bob.GetAsync($"/api/v1/bookings/{Guid.NewGuid()}", Stop);

        Assert.All([read, moved, cancelled, unknown], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Equal(await read.Content.ReadAsStringAsync(Stop), await unknown.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("""{"spaceId": 1, "start": """, "malformed_json")]
    [InlineData("""[]""", "malformed_json")]
    [InlineData("""{"spaceId": "one"}""", "malformed_json")]
    [InlineData("""{"spaceId": 1, "start": "2026-02-30T09:00", "end": "2026-02-30T10:00"}""", "malformed_json")]
    [InlineData("""{"spaceId": 1, "start": "tomorrow", "end": "2026-11-24T10:00"}""", "malformed_json")]
    [InlineData("""{"spaceId": 1, "spaceId": 2}""", "malformed_json")]
    [InlineData("""{"spaceId": 1, "status": "confirmed"}""", "malformed_json")]
    [InlineData("""{"spaceId": 1, "start": "2026-11-24T09:00"}""", "malformed_time")]
    [InlineData("""{"start": "2026-11-24T09:00", "end": "2026-11-24T10:00"}""", "missing")]
    [InlineData("""{"spaceId": 1}""", "missing")]
    public async Task What_cannot_be_read_is_a_400_with_its_reason(string body, string code)
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        using var answer = await ada.PostAsync("/api/v1/bookings", new StringContent(body, Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, (await Json(answer)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("2026-11-24T10:00", "2026-11-24T09:00", "ends_before_it_starts")]
    [InlineData("2027-03-28T02:30", "2027-03-28T04:00", "time_does_not_exist")]
    [InlineData("2026-11-24T06:00", "2026-11-24T07:00", "outside_opening_hours")]
    public async Task What_no_rule_allows_is_a_409_that_names_the_rule(string start, string end, string code)
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        using var answer = await ada.PostAsJsonAsync("/api/v1/bookings", new { spaceId = Cast.Spree.Id, start, end }, Stop);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await Json(answer);
        Assert.Equal("urn:digihub:" + problem.GetProperty("code").GetString(), problem.GetProperty("type").GetString());
        Assert.Contains(problem.GetProperty("code").GetString(), new[] { code, "closed_that_day", "too_far_ahead" });
    }

    [Theory]
    [InlineData("/api/v1/bookings")]
    [InlineData("/api/v1/sites")]
    [InlineData("/api/v1/events")]
    public async Task Without_a_token_nobody_comes_in(string path)
    {
        using var stranger = TestHub.NewClient();

        using var answer = await stranger.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        ada.DefaultRequestHeaders.Add("Idempotency-Key", "twice");

        using var first = await ada.PostAsJsonAsync("/api/v1/bookings", Morning(), Stop);
        using var repeated = await ada.PostAsJsonAsync("/api/v1/bookings", Morning(), Stop);
        using var other = await ada.PostAsJsonAsync("/api/v1/bookings", Morning("a title"), Stop);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        Assert.Equal(first.Headers.Location, repeated.Headers.Location);
        Assert.Equal(first.Headers.ETag, repeated.Headers.ETag);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_without_a_gap_or_a_repeat()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        for (var hour = 9; hour < 14; hour++)
        {
            using var made = await ada.PostAsJsonAsync("/api/v1/bookings",
                new { spaceId = Cast.Spree.Id, start = $"2026-11-24T{hour:00}:00", end = $"2026-11-24T{hour:00}:30" }, Stop);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        List<string?> starts = [];
        string? cursor = null;
        do
        {
            var page = await ada.GetFromJsonAsync<JsonElement>(
                $"/api/v1/bookings?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}", Stop);
            starts.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("start").GetString()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(
            ["2026-11-24T09:00:00", "2026-11-24T10:00:00", "2026-11-24T11:00:00", "2026-11-24T12:00:00", "2026-11-24T13:00:00"], starts);
        using var malformed = await ada.GetAsync("/api/v1/bookings?cursor=nonsense", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
    }

    [Fact]
    public async Task The_day_shows_what_is_taken_and_the_search_what_is_free()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var made = await ada.PostAsJsonAsync("/api/v1/bookings", Morning(), Stop);

        var day = await ada.GetFromJsonAsync<JsonElement>("/api/v1/availability?site=east&day=2026-11-24", Stop);
        var free = await ada.GetFromJsonAsync<JsonElement>(
            "/api/v1/availability/search?start=2026-11-24T09:00&end=2026-11-24T10:00&people=4", Stop);

        var spree = day.GetProperty("spaces").EnumerateArray().Single(space => space.GetProperty("id").GetInt32() == Cast.Spree.Id);
        // a quarter of an hour to set up
        Assert.Equal("2026-11-24T08:45:00", spree.GetProperty("busy")[0].GetProperty("start").GetString());
        var names = free.EnumerateArray().Select(space => space.GetProperty("space").GetString()).ToList();
        Assert.Contains("Havel", names);
        Assert.DoesNotContain("Spree", names);
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_knows_every_path()
    {
        using var stranger = TestHub.NewClient();

        var document = await stranger.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal));
        foreach (var expected in new[] {
            "sites", "spaces", "availability", "bookings", "events", "events/{eventId}/registrations", "registrations/{id}" })
            Assert.Contains("/api/v1/" + expected, paths);
    }

    private object Morning(string? title = null) =>
        new { spaceId = Cast.Spree.Id, start = "2026-11-24T09:00", end = "2026-11-24T10:00", title };

    private static async Task<HttpResponseMessage> Change(
        HttpClient client, HttpMethod method, Uri path, string? ifMatch, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request, Stop);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
}
