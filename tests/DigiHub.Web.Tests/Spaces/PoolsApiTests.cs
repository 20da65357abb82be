using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Spaces;

/// <summary>Pools for programs. It is Monday, 09:00.</summary>
public abstract class PoolsApiTests(TestDatabase database) : WebHubTests(database)
{
    [Fact]
    public async Task A_pool_is_added_filled_renamed_and_deleted_over_the_version_that_was_seen()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        var body = new { site = "east", kind = "desk", nameDe = "Am Fenster" };

        using var forbidden = await ada.PostAsJsonAsync("/api/v1/pools", body, Stop);
        using var added = await alan.PostAsJsonAsync("/api/v1/pools", body, Stop);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Created, "\"1\""),
            (forbidden.StatusCode, added.StatusCode, added.Headers.ETag?.Tag));
        var path = $"/api/v1/pools/{(await Json(added)).GetProperty("id").GetInt32()}";

        using var filled = await Send(alan, HttpMethod.Put, path + "/spaces", "\"1\"", new { spaceIds = new[] { Cast.Desk.Id } });
        Assert.Equal((HttpStatusCode.OK, 1), (filled.StatusCode, (await Json(filled)).GetProperty("added").GetInt32()));
        using var stale = await Send(alan, HttpMethod.Patch, path, "\"1\"", new { nameDe = "Fenster" });
        using var without = await Send(alan, HttpMethod.Patch, path, null, new { nameDe = "Fenster" });
        using var renamed = await Send(alan, HttpMethod.Patch, path, "\"2\"", new { nameEn = "Window" });
        using var unknown = await Send(alan, HttpMethod.Put, path + "/spaces", "*", new { spaceIds = new[] { Cast.WestDesk.Id } });
        Assert.Equal(
            [HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired, HttpStatusCode.OK, HttpStatusCode.Conflict],
            new[] { stale, without, renamed, unknown }.Select(answer => answer.StatusCode));

        var seen = await ada.GetFromJsonAsync<JsonElement>(path, Stop);
        Assert.Equal(("east", "Am Fenster", "Window", Cast.Desk.Id), (seen.GetProperty("site").GetString(),
            seen.GetProperty("nameDe").GetString(), seen.GetProperty("nameEn").GetString(), seen.GetProperty("spaceIds")[0].GetInt32()));
        Assert.Equal(1, (await ada.GetFromJsonAsync<JsonElement>("/api/v1/pools?site=east", Stop)).GetArrayLength());
        Assert.Equal(0, (await ada.GetFromJsonAsync<JsonElement>("/api/v1/pools?site=west", Stop)).GetArrayLength());
        using var deleted = await Send(alan, HttpMethod.Delete, path, "\"3\"", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (deleted.StatusCode, (await ada.GetAsync(path, Stop)).StatusCode));
    }

    [Fact]
    public async Task Any_of_it_is_booked_by_its_number_and_the_answer_says_which_it_is()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var added = await alan.PostAsJsonAsync("/api/v1/pools", new { site = "east", kind = "desk", nameDe = "Am Fenster" }, Stop);
        var pool = (await Json(added)).GetProperty("id").GetInt32();
        using var put = await Send(alan, HttpMethod.Patch, $"/api/v1/spaces/{Cast.NextDesk.Id}", null, new { poolId = pool });
        Assert.Equal(pool, (await Json(put)).GetProperty("poolId").GetInt32());

        using var booked = await ada.PostAsJsonAsync("/api/v1/bookings", new { poolId = pool, day = "2026-11-24" }, Stop);
        var booking = await Json(booked);
        Assert.Equal((Cast.NextDesk.Id, pool), (booking.GetProperty("spaceId").GetInt32(), booking.GetProperty("poolId").GetInt32()));
        using var both = await ada.PostAsJsonAsync(
            "/api/v1/bookings", new { poolId = pool, spaceId = Cast.Desk.Id, day = "2026-11-25" }, Stop);
        Assert.Equal((HttpStatusCode.BadRequest, "space_or_pool"), (both.StatusCode, (await Json(both)).GetProperty("code").GetString()));
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        using var full = await bob.PostAsJsonAsync("/api/v1/bookings", new { poolId = pool, day = "2026-11-24" }, Stop);
        var problem = await Json(full);
        Assert.Equal((HttpStatusCode.Conflict, "pool_taken"), (full.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains(problem.GetProperty("alternatives").EnumerateArray(), one => one.GetProperty("poolId") is var id
            && id.ValueKind == JsonValueKind.Number && id.GetInt32() == pool);
        var own = $"/api/v1/bookings/{booking.GetProperty("id").GetGuid()}";
        using var outside = await Send(ada, HttpMethod.Patch, own, "*", new { spaceId = Cast.Desk.Id });
        using var other = await Send(ada, HttpMethod.Patch, own, "*", new { poolId = 1 });
        Assert.Equal(("outside_pool", "not_changeable"), ((await Json(outside)).GetProperty("code").GetString(),
            (await Json(other)).GetProperty("code").GetString()));
        using var taken = await Send(alan, HttpMethod.Patch, $"/api/v1/spaces/{Cast.NextDesk.Id}", null, new { poolId = (int?)null });
        Assert.Equal(JsonValueKind.Null, (await Json(taken)).GetProperty("poolId").ValueKind);
        Assert.Null((await TestHub.Read(db => db.Bookings.SingleAsync(Stop))).PoolId); // it stays, as a booking of that desk
    }

    private static Task<JsonElement> Json(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, string? ifMatch, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (body is not null)
            request.Content = JsonContent.Create(
                body, new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        return await client.SendAsync(request, Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : PoolsApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PoolsApiTests(database), IClassFixture<PostgresDatabase>;
}
