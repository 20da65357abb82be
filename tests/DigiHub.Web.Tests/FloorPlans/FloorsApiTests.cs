using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.FloorPlans;

/// <summary>Floors and their plans for programs: read by everybody, drawn and published by who sets up the site.</summary>
public abstract class FloorsApiTests(TestDatabase database) : WebHubTests(database)
{
    private string Path => $"/api/v1/floors/{Cast.East.Floors[0].Id}/plan";

    [Fact]
    public async Task Members_read_the_floors_and_the_plan_they_see()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        var floors = await ada.GetFromJsonAsync<JsonElement>("/api/v1/floors", Stop);
        using var answer = await ada.GetAsync(Path, Stop);

        Assert.Equal(["east", "west"], floors.EnumerateArray().Select(floor => floor.GetProperty("site").GetString()!));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        var plan = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((48, 32, 6, 3), (plan.GetProperty("columns").GetInt32(), plan.GetProperty("rows").GetInt32(),
            plan.GetProperty("places").GetArrayLength(), plan.GetProperty("shapes").GetArrayLength()));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync($"{Path}?draft=true", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync("/api/v1/floors/999/plan", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_draft_is_changed_over_the_version_that_was_seen_and_published()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        object[] places = [new { spaceId = Cast.Desk.Id, x = 30, y = 20, width = 3, height = 2 }];

        using var changed = await Change(alan, "\"1\"", new { places });
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.StatusCode, changed.Headers.ETag?.Tag));
        using var stale = await Change(alan, "\"1\"", new { columns = 60 });
        using var without = await Change(alan, null, new { columns = 60 });
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired), (stale.StatusCode, without.StatusCode));
        Assert.Equal(6, (await alan.GetFromJsonAsync<JsonElement>(Path, Stop)).GetProperty("places").GetArrayLength());

        using var published = await alan.PostAsJsonAsync($"{Path}/publish", new { revision = 2 }, Stop);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        var seen = await alan.GetFromJsonAsync<JsonElement>(Path, Stop);
        Assert.Equal(30, seen.GetProperty("places")[0].GetProperty("x").GetInt32());
        Assert.Equal(3, seen.GetProperty("shapes").GetArrayLength());
        using var again = await alan.PostAsJsonAsync($"{Path}/publish", new { }, Stop);
        Assert.Equal("urn:digihub:no_draft", (await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"places":[null]}""", 400)]
    [InlineData("""{"places":null}""", 400)]
    [InlineData("""{"shapes":[{"kind":"castle","x":1,"y":1,"width":1,"height":1}]}""", 400)]
    [InlineData("""{"shapes":[{"kind":"zone","x":2147483647,"y":1,"width":2147483647,"height":1}]}""", 409)]
    [InlineData("""{"columns":100000}""", 409)]
    public async Task What_cannot_be_drawn_is_named(string body, int status)
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var request = new HttpRequestMessage(HttpMethod.Patch, Path);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await alan.SendAsync(request, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Only_who_sets_up_the_site_changes_its_plan()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        using var refused = await Change(ada, "*", new { columns = 60 });
        using var publish = await ada.PostAsJsonAsync($"{Path}/publish", new { }, Stop);

        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Equal(refused.StatusCode, publish.StatusCode);
    }

    private async Task<HttpResponseMessage> Change(HttpClient client, string? ifMatch, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, Path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request, Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : FloorsApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : FloorsApiTests(database), IClassFixture<PostgresDatabase>;
}
