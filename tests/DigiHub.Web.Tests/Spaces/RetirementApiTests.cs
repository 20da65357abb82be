using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Tests;
using DigiHub.Tests.Bookings;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Spaces;

/// <summary>Rules for booking and the retirement of a desk, for programs. It is Monday, 09:00.</summary>
public abstract class RetirementApiTests(TestDatabase database) : WebHubTests(database)
{
    private static readonly LocalDate Wednesday = new(2026, 11, 25);

    [Fact]
    public async Task A_retirement_is_previewed_and_done_with_what_was_chosen()
    {
        var booking = await Book();
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var path = $"/api/v1/spaces/{Cast.Desk.Id}/retirement";

        var plan = await alan.GetFromJsonAsync<JsonElement>($"{path}?from=2026-11-25", Stop);
        var standing = Assert.Single(plan.GetProperty("bookings").EnumerateArray());
        Assert.Equal((booking.Id, Cast.NextDesk.Id),
            (standing.GetProperty("id").GetGuid(), standing.GetProperty("proposedSpaceId").GetInt32()));
        using var undecided = await alan.PostAsJsonAsync(path, new { from = "2026-11-25" }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, undecided.StatusCode);
        using var done = await alan.PostAsJsonAsync(
            path, new { from = "2026-11-25", fates = new[] { new { id = booking.Id, spaceId = Cast.NextDesk.Id } } }, Stop);

        var told = await done.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((1, 0, 1), (told.GetProperty("moved").GetInt32(), told.GetProperty("cancelled").GetInt32(),
            told.GetProperty("peopleTold").GetInt32()));
        Assert.Equal(Cast.NextDesk.Id, (await TestHub.Read(db => db.Bookings.SingleAsync(Stop))).SpaceId);
        using var frieda = await TestHub.NewApiClient(Cast.Frieda);
        Assert.Equal(HttpStatusCode.Forbidden, (await frieda.GetAsync(path, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await alan.GetAsync("/api/v1/spaces/4711/retirement", Stop)).StatusCode);
    }

    [Fact]
    public async Task Rules_are_changed_over_the_version_that_was_seen()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var path = $"/api/v1/rule-sets/{Cast.RoomRules.Id}";

        using var changed = await Send(alan, HttpMethod.Patch, path, "\"1\"", new { maxMinutes = 60 });
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.StatusCode, changed.Headers.ETag?.Tag));
        var rules = await changed.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((60, 15, 4), (rules.GetProperty("maxMinutes").GetInt32(), rules.GetProperty("setUpMinutes").GetInt32(),
            rules.GetProperty("spaces").GetInt32()));
        using var stale = await Send(alan, HttpMethod.Patch, path, "\"1\"", new { maxMinutes = 90 });
        using var without = await Send(alan, HttpMethod.Patch, path, null, new { maxMinutes = 90 });
        using var used = await Send(alan, HttpMethod.Delete, path, "\"2\"", null);
        Assert.Equal([HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired, HttpStatusCode.Conflict],
            new[] { stale, without, used }.Select(answer => answer.StatusCode));

        using var added = await alan.PostAsJsonAsync("/api/v1/rule-sets", new { nameDe = "Kurz", maxMinutes = 30 }, Stop);
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (added.StatusCode, added.Headers.ETag?.Tag));
        var fresh = (await added.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetInt32();
        using var deleted = await Send(alan, HttpMethod.Delete, $"/api/v1/rule-sets/{fresh}", "\"1\"", null);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(3, (await alan.GetFromJsonAsync<JsonElement>("/api/v1/rule-sets", Stop)).GetArrayLength());
    }

    private async Task<Booking> Book() => (await TestHub.Services.GetRequiredService<BookSpace>().Run(
        new() { ActorId = Cast.Ada.Id, SpaceId = Cast.Desk.Id, When = When.On(Wednesday) }, Stop)).Value;

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, string? version, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return await client.SendAsync(request, Stop);
    }

    public sealed class OnSqlite(SqliteDatabase database) : RetirementApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : RetirementApiTests(database), IClassFixture<PostgresDatabase>;
}
