using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Sites;

/// <summary>Closed days and spaces out of service, by programs: what is closed cannot be booked from the answer on.</summary>
public abstract class ClosuresApiTests(TestDatabase database) : WebHubTests(database)
{
    [Fact]
    public async Task A_site_that_is_closed_takes_no_booking_until_the_closure_ends()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var ada = await TestHub.NewApiClient(Cast.Ada);

        var closure = await Made(alan, "/api/v1/sites/east/closures",
            new { from = "2026-11-24", through = "2026-11-25", reasonDe = "Umbau" });
        Assert.Equal("closed_that_day", await Code(ada, Cast.Spree.Id));
        using var away = await alan.DeleteAsync(
            new Uri($"/api/v1/sites/west/closures/{closure.GetProperty("id")}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, away.StatusCode); // of another site

        using var changed = await alan.PatchAsJsonAsync(
            $"/api/v1/sites/east/closures/{closure.GetProperty("id")}", new { from = "2026-11-25" }, Stop);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Null(await Code(ada, Cast.Spree.Id));

        using var ended = await alan.DeleteAsync(
            new Uri($"/api/v1/sites/east/closures/{closure.GetProperty("id")}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Empty((await Got(ada, "/api/v1/sites/east")).GetProperty("closures").EnumerateArray());
    }

    [Fact]
    public async Task A_room_out_of_service_takes_no_booking_and_what_is_booked_comes_first()
    {
        using var frieda = await TestHub.NewApiClient(Cast.Frieda);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        var time = new { from = "2026-11-24T08:00", until = "2026-11-24T12:00", reasonDe = "Wasserschaden" };

        var closure = await Made(frieda, $"/api/v1/spaces/{Cast.Spree.Id}/closures", time);
        Assert.NotNull(await Code(ada, Cast.Spree.Id));
        Assert.Single((await Got(ada, $"/api/v1/spaces/{Cast.Spree.Id}/closures")).GetProperty("items").EnumerateArray());
        using var ended = await frieda.DeleteAsync(
            new Uri($"/api/v1/spaces/{Cast.Spree.Id}/closures/{closure.GetProperty("id")}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);

        Assert.Null(await Code(ada, Cast.Spree.Id));
        using var occupied = await frieda.PostAsJsonAsync($"/api/v1/spaces/{Cast.Spree.Id}/closures", time, Stop);
        Assert.Contains("space_occupied", await occupied.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    /// <summary>Null: booked.</summary>
    private static async Task<string?> Code(HttpClient client, int spaceId)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/bookings",
            new { spaceId, start = "2026-11-24T09:00", end = "2026-11-24T10:00" }, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return answer.IsSuccessStatusCode ? null : body.GetProperty("code").GetString();
    }

    private static async Task<JsonElement> Made(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static async Task<JsonElement> Got(HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Stop);

    public sealed class OnSqlite(SqliteDatabase database) : ClosuresApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ClosuresApiTests(database), IClassFixture<PostgresDatabase>;
}
