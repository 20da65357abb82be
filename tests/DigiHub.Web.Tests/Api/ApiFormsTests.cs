using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Api;

/// <summary>Formats of the API, and that every refusal says where and why.</summary>
public sealed class ApiFormsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    // What only this program's insides are called.
    private static readonly string[] NamesOfTypes = ["DigiHub.", "System.", "Nullable", "Asked", "Parameter", ".NET", "deserializ"];

    [Fact]
    public async Task Every_enum_of_the_document_is_taken_in_its_documented_form()
    {
        using var grace = await TestHub.NewApiClient(Cast.Grace);
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var talk = await Made(grace, "/api/v1/events", Talk());
        var import = await Made(alan, "/api/v1/imports", new { kind = "organisations", content = "Name;Art\nMesswerk;Start-up" });
        var document = await grace.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        List<string> asked = [];

        foreach (var (path, parameter, word) in EnumsOfQueries(document))
        {
            var needed = (path[(path.LastIndexOf('/') + 1)..], parameter) switch
            {
                ("search", "part") => "day=2026-11-24&",
                ("search", _) => "start=2026-11-24T09:00&end=2026-11-24T10:00&",
                ("availability", _) => "site=east&day=2026-11-24&",
                _ => "",
            };
            var address = path.Replace("{eventId}", talk.GetProperty("id").GetString(), StringComparison.Ordinal)
                .Replace("{importId}", import.GetProperty("id").GetString(), StringComparison.Ordinal);
            var isOfAdministration = path is "/api/v1/members" or "/api/v1/reports/use"
                || path.Contains("imports", StringComparison.Ordinal);
            var client = isOfAdministration ? alan : grace;
            using var answer = await client.GetAsync($"{address}?{needed}{parameter}={word}", Stop);
            // A refusal of the time is fine: the word was understood.
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict,
                $"{path} {parameter}={word}: {await answer.Content.ReadAsStringAsync(Stop)}");
            asked.Add($"{parameter}={word}");
        }

        foreach (var expected in new[] { "kind=desk", "kind=lab", "part=morning", "status=waiting" })
            Assert.Contains(expected, asked);
    }

    [Theory]
    [InlineData("spaces?kind=castle", "kind")]
    [InlineData("spaces?kind=0", "kind")]
    [InlineData("spaces?kind=Room", "kind")]
    [InlineData("spaces?kind=room&kind=desk", "kind")]
    [InlineData("spaces?people=0", "people")]
    [InlineData("spaces?people=-4", "people")]
    [InlineData("spaces?people=x", "people")]
    [InlineData("spaces?limit=-1", "limit")]
    [InlineData("spaces?limit=0", "limit")]
    [InlineData("spaces?limit=101", "limit")]
    [InlineData("spaces?limit=99999999999", "limit")]
    [InlineData("spaces?limit=1.5", "limit")]
    [InlineData("spaces?cursor=nonsense", "cursor")]
    [InlineData("spaces?site=moon", "site")]
    [InlineData("bookings?limit=0", "limit")]
    [InlineData("bookings?past=maybe", "past")]
    [InlineData("bookings?cursor=1.2", "cursor")]
    [InlineData("events?limit=-1", "limit")]
    [InlineData("events?topic=castles", "topic")]
    [InlineData("events?from=yesterday", "from")]
    [InlineData("events?through=9999-12-31", "through")]
    [InlineData("events?cursor=nonsense", "cursor")]
    [InlineData("events?cursor=%00", "cursor")]
    [InlineData("availability?site=east", "day")]
    [InlineData("availability?day=2026-11-24", "site")]
    [InlineData("availability?site=east&day=2026-02-30", "day")]
    [InlineData("availability?site=east&day=9999-12-31", "day")]
    [InlineData("availability?site=east&day=-0001-01-01", "day")]
    [InlineData("availability/search?start=tomorrow&end=2026-11-24T10:00", "start")]
    [InlineData("availability/search?start=2026-11-24T09:00&end=9999-12-31T23:59", "end")]
    [InlineData("availability/search?day=2026-11-24&part=night", "part")]
    [InlineData("availability/search?day=2026-11-24&through=0001-01-01", "through")]
    public async Task What_cannot_be_read_in_a_query_is_a_400_that_names_it(string query, string parameter)
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        using var answer = await ada.GetAsync("/api/v1/" + query, Stop);

        await IsProblem(answer, HttpStatusCode.BadRequest, field: parameter);
    }

    [Theory]
    [InlineData("bookings", """{"spaceId": 1, "part": "night"}""", "part")]
    [InlineData("bookings", """{"spaceId": 1, "part": 1}""", "part")]
    [InlineData("bookings", """{"spaceId": "1"}""", "spaceId")]
    [InlineData("bookings", """{"spaceId": 1.5}""", "spaceId")]
    [InlineData("bookings", """{"title": 4}""", "title")]
    [InlineData("bookings", """{"memberId": "ada"}""", "memberId")]
    [InlineData("bookings", """{"day": "30.11.2026"}""", "day")]
    [InlineData("bookings", """{"day": "9999-12-31"}""", "day")]
    [InlineData("bookings", """{"start": "2026-11-24T09:00Z"}""", "start")]
    [InlineData("bookings", """{"start": 9}""", "start")]
    [InlineData("bookings", """{"reminderDayBeforeAt": "25:00"}""", "reminderDayBeforeAt")]
    [InlineData("bookings", """{"wish": 1}""", "wish")]
    [InlineData("bookings", """{"title": "a", "title": "b"}""", "title")]
    [InlineData("bookings", "", null)]
    [InlineData("bookings", "null", null)]
    [InlineData("bookings", "[1", null)]
    [InlineData("bookings", "\"\\ud800\"", null)]
    [InlineData("events", """{"topic": 5}""", "topic")]
    [InlineData("events", """{"format": null, "start": "soon"}""", "start")]
    [InlineData("events", """{"reminders": [{"daysBefore": 1, "at": "noon"}]}""", "reminders/0/at")]
    [InlineData("events", """{"reminders": [{"weeksBefore": 1}]}""", "reminders/0/weeksBefore")]
    public async Task What_cannot_be_read_in_a_body_is_a_400_that_names_it_and_no_type(string path, string body, string? field)
    {
        using var grace = await TestHub.NewApiClient(Cast.Grace);

        using var answer = await grace.PostAsync("/api/v1/" + path, new StringContent(body, Encoding.UTF8, "application/json"), Stop);

        await IsProblem(answer, HttpStatusCode.BadRequest, field);
    }

    [Theory]
    [InlineData("application/json; charset=bogus")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task A_body_that_is_not_JSON_in_UTF_8_is_a_415_everywhere(string type)
    {
        using var grace = await TestHub.NewApiClient(Cast.Grace);
        var talk = await Made(grace, "/api/v1/events", Talk());
        var id = talk.GetProperty("id").GetString();

        foreach (var (method, path) in new[] { ("POST", "bookings"), ("POST", "events"), ("PATCH", "events/" + id), (
            "POST", $"events/{id}/cancel"), ("PATCH", "bookings/" + Guid.Empty) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + path)
            { Content = new ByteArrayContent("{}"u8.ToArray()) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await grace.SendAsync(request, Stop);
            await IsProblem(answer, HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Fact]
    public async Task A_compressed_or_a_huge_body_is_refused_in_words()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var packed = new ByteArrayContent([1, 2, 3])
        { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } };

        using var compressed = await ada.PostAsync("/api/v1/bookings", packed, Stop);
        using var huge = await ada.PostAsJsonAsync("/api/v1/bookings", new { title = new string('x', 100_000) }, Stop);

        await IsProblem(compressed, HttpStatusCode.UnsupportedMediaType);
        await IsProblem(huge, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Whatever_is_refused_has_a_code_and_an_English_title()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada); // reads German
        ada.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        using var stranger = TestHub.NewClient();

        using var wrongWay = await ada.PutAsJsonAsync("/api/v1/bookings", new { }, Stop);
        using var nowhere = await ada.GetAsync("/api/v1/castles", Stop);
        using var notOurs = await ada.GetAsync("/api/v2/bookings", Stop);
        using var unknown = await ada.GetAsync($"/api/v1/bookings/{Guid.NewGuid()}", Stop);
        using var noOrganiser = await ada.PostAsJsonAsync("/api/v1/events", Talk(), Stop);
        using var noToken = await stranger.GetAsync("/api/v1/bookings", Stop);

        Assert.Equal(["GET", "HEAD", "POST"], wrongWay.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Equal("This method isn’t supported here.",
            (await IsProblem(wrongWay, HttpStatusCode.MethodNotAllowed)).GetProperty("title").GetString());
        await IsProblem(nowhere, HttpStatusCode.NotFound);
        await IsProblem(notOurs, HttpStatusCode.NotFound);
        await IsProblem(unknown, HttpStatusCode.NotFound);
        await IsProblem(noOrganiser, HttpStatusCode.Forbidden);
        await IsProblem(noToken, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_patch_of_a_booking_keeps_what_is_left_out_and_takes_away_what_is_null()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        var made = await Made(ada, "/api/v1/bookings", new
        {
            spaceId = Cast.Spree.Id,
            start = "2026-11-24T09:00",
            end = "2026-11-24T10:00:00",
            title = "Board",
            reminderMinutesBefore = 30,
            reminderDayBeforeAt = "02:30",
        });
        var path = $"/api/v1/bookings/{made.GetProperty("id").GetString()}";
        Assert.Equal("02:30:00", made.GetProperty("reminderDayBeforeAt").GetString());

        var kept = await Patched(ada, path, """{}""");
        var oneLess = await Patched(ada, path, """{"reminderMinutesBefore": null}""");
        var untitled = await Patched(ada, path, """{"title": null}""");
        var silent = await Patched(ada, path, """{"reminderDayBeforeAt": null, "people": null}""");

        Assert.True(kept.GetProperty("unchanged").GetBoolean());
        Assert.Equal(("Board", 30), (kept.GetProperty("title").GetString(), kept.GetProperty("reminderMinutesBefore").GetInt32()));
        Assert.Equal(JsonValueKind.Null, oneLess.GetProperty("reminderMinutesBefore").ValueKind);
        Assert.Equal(("Board", "02:30:00"),
            (oneLess.GetProperty("title").GetString(), oneLess.GetProperty("reminderDayBeforeAt").GetString()));
        Assert.False(untitled.GetProperty("unchanged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, untitled.GetProperty("title").ValueKind);
        Assert.Equal(JsonValueKind.Null, silent.GetProperty("reminderDayBeforeAt").ValueKind);
        foreach (var needed in new[] { "spaceId", "start", "end", "day" })
        {
            using var refused = await Patch(ada, path, $$"""{"{{needed}}": null}""");
            await IsProblem(refused, HttpStatusCode.BadRequest, needed);
        }
    }

    [Fact]
    public async Task A_patch_of_an_event_keeps_what_is_left_out_and_takes_away_what_is_null()
    {
        using var grace = await TestHub.NewApiClient(Cast.Grace);
        var made = await Made(grace, "/api/v1/events", new
        {
            titleEnglish = "Talk",
            titleGerman = "Vortrag",
            textEnglish = "About.",
            textGerman = "Über.",
            topic = "iot",
            format = "hybrid",
            joinLink = "https://video.example/1",
            spaceId = Cast.Hall.Id,
            start = "2026-12-01T18:00",
            end = "2026-12-01T19:00",
            capacity = 7,
            setUpMinutes = 45,
            tearDownMinutes = 45,
            registrationOpens = "2026-11-25T09:00",
            registrationCloses = "2026-12-01T12:00",
            reminders = new object[] { new { daysBefore = 1, at = "09:30" }, new { hoursBefore = 2 } },
        });
        var path = $"/api/v1/events/{made.GetProperty("id").GetString()}";

        var kept = await Patched(grace, path, """{}""");
        Assert.All(made.EnumerateObject().Where(property => property.Name != "revision"),
            property => Assert.Equal(property.Value.ToString(), kept.GetProperty(property.Name).ToString()));
        Assert.Equal("09:30:00", kept.GetProperty("reminders")[0].GetProperty("at").GetString());

        foreach (var gone in new[] { "titleGerman", "textEnglish", "textGerman", "registrationOpens", "registrationCloses" })
            Assert.Equal(JsonValueKind.Null, (await Patched(grace, path, $$"""{"{{gone}}": null}""")).GetProperty(gone).ValueKind);
        Assert.Equal(0, (await Patched(grace, path, """{"reminders": null}""")).GetProperty("reminders").GetArrayLength());
        Assert.Equal(60, (await Patched(grace, path, """{"capacity": null}""")).GetProperty("capacity").GetInt32());
        Assert.Equal("2026-12-01T20:00:00", (await Patched(grace, path, """{"end": null}""")).GetProperty("end").GetString());
        Assert.NotEqual(45, (await Patched(grace, path, """{"setUpMinutes": null}""")).GetProperty("setUpMinutes").GetInt32());
        Assert.NotEqual(45, (await Patched(grace, path, """{"tearDownMinutes": null}""")).GetProperty("tearDownMinutes").GetInt32());
        Assert.Equal("east", (await Patched(grace, path, """{"site": null}""")).GetProperty("site").GetString());
        var online = await Patched(grace, path, """{"format": "online", "spaceId": null}""");
        Assert.Equal(JsonValueKind.Null, online.GetProperty("spaceId").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await Patched(grace, path, """{"joinLink": null}""")).GetProperty("joinLink").ValueKind);
        using var untitled = await Patch(grace, path, """{"titleEnglish": null}""");
        await IsProblem(untitled, HttpStatusCode.Conflict, "titleEnglish");
        foreach (var needed in new[] { "format", "start" })
        {
            using var refused = await Patch(grace, path, $$"""{"{{needed}}": null}""");
            await IsProblem(refused, HttpStatusCode.BadRequest, needed);
        }
    }

    [Fact]
    public async Task What_is_known_of_an_act_is_told()
    {
        using var grace = await TestHub.NewApiClient(Cast.Grace);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        var talk = await Made(grace, "/api/v1/events",
            new { titleEnglish = "Talk", start = "2026-12-01T18:00", spaceId = Cast.Hall.Id, capacity = 1 });
        var path = $"/api/v1/events/{talk.GetProperty("id").GetString()}";
        await Made(grace, path + "/publish", new { }, HttpStatusCode.OK);

        var seat = await Made(ada, path + "/registrations", new { });
        var again = await Made(ada, path + "/registrations", new { }, HttpStatusCode.OK);
        var waiting = await Made(bob, path + "/registrations", new { });
        var moved = await Patched(grace, path, """{"start": "2026-12-01T19:00"}""");
        var seatPath = $"/api/v1/registrations/{seat.GetProperty("id").GetString()}";
        TestHub.Clock.AdvanceDays(8); // nobody is checked in days ahead
        var first = await Made(grace, seatPath + "/check-in", new { }, HttpStatusCode.OK);
        var second = await Made(grace, seatPath + "/check-in", new { }, HttpStatusCode.OK);
        var gone = await Deleted(ada, seatPath);
        var goneAgain = await Deleted(ada, seatPath);
        var off = await Made(grace, path + "/cancel", new { }, HttpStatusCode.OK);
        var offAgain = await Made(grace, path + "/cancel", new { }, HttpStatusCode.OK);

        Assert.Equal((false, true), (Said(seat, "wasAlready"), Said(again, "wasAlready")));
        Assert.Equal(1, waiting.GetProperty("place").GetInt32());
        Assert.Equal(2, moved.GetProperty("peopleTold").GetInt32());
        Assert.Equal(JsonValueKind.String, moved.GetProperty("toldFrom").ValueKind);
        Assert.Equal((false, true), (Said(first, "wasAlready"), Said(second, "wasAlready")));
        Assert.Equal((false, 1), (Said(gone, "wasAlready"), gone.GetProperty("promoted").GetInt32()));
        Assert.Equal((true, 0), (Said(goneAgain, "wasAlready"), goneAgain.GetProperty("promoted").GetInt32()));
        Assert.Equal((false, 1), (Said(off, "wasAlready"), off.GetProperty("peopleTold").GetInt32()));
        Assert.Equal((true, 0), (Said(offAgain, "wasAlready"), offAgain.GetProperty("peopleTold").GetInt32()));
    }

    private object Talk() => new { titleEnglish = "A talk", start = "2026-12-01T18:00", spaceId = Cast.Hall.Id };

    private static bool Said(JsonElement answer, string fact) => answer.GetProperty(fact).GetBoolean();

    private static IEnumerable<(string Path, string Parameter, string Word)> EnumsOfQueries(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        where path.Value.TryGetProperty("get", out _)
        let operation = path.Value.GetProperty("get")
        where operation.TryGetProperty("parameters", out _)
        from parameter in operation.GetProperty("parameters").EnumerateArray()
        let schema = Resolved(document, parameter.GetProperty("schema"))
        where schema.TryGetProperty("enum", out _)
        from word in schema.GetProperty("enum").EnumerateArray()
        select (path.Name, parameter.GetProperty("name").GetString()!, word.GetString()!);

    private static JsonElement Resolved(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;

    private static async Task<JsonElement> IsProblem(HttpResponseMessage answer, HttpStatusCode status, string? field = null)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(NamesOfTypes, name => text.Contains(name, StringComparison.Ordinal));
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal("urn:digihub:" + problem.GetProperty("code").GetString(), problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        if (field is not null)
            Assert.Equal("#/" + field, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        return problem;
    }

    private static async Task<JsonElement> Made(HttpClient client, string path, object body, HttpStatusCode status = HttpStatusCode.Created)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == status, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> Patched(HttpClient client, string path, string body)
    {
        using var answer = await Patch(client, path, body);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{body}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<HttpResponseMessage> Patch(HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        { Content = new StringContent(body, Encoding.UTF8, "application/merge-patch+json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return await client.SendAsync(request, Stop);
    }

    private static async Task<JsonElement> Deleted(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}
