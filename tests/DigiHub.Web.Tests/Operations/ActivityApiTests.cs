using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Operations;

/// <summary>What was done and what the hub does by itself, by programs.</summary>
public abstract class ActivityApiTests(TestDatabase database) : WebHubTests(database)
{
    [Fact]
    public async Task Tells_who_did_what_page_by_page()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var booked = await ada.PostAsJsonAsync("/api/v1/bookings",
            new { spaceId = Cast.Spree.Id, start = "2026-11-24T09:00", end = "2026-11-24T10:00" }, Stop);
        var id = (await booked.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();

        var found = await alan.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/audit?kind=booking", UriKind.Relative), Stop);

        var act = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(("booking.created", $"booking:{id}", Cast.Ada.Id), (act.GetProperty("act").GetString(),
            act.GetProperty("subject").GetString(), act.GetProperty("actorId").GetGuid()));
        var before = await alan.GetFromJsonAsync<JsonElement>(
            new Uri($"/api/v1/audit?cursor={act.GetProperty("id").GetGuid()}&kind=booking", UriKind.Relative), Stop);
        Assert.Empty(before.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("kind=weather", "unknown_kind")]
    [InlineData("cursor=yesterday", "malformed_cursor")]
    [InlineData("from=yesterday", "malformed_parameter")]
    public async Task Names_what_it_does_not_understand(string query, string code)
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var answer = await alan.GetAsync(new Uri($"/api/v1/audit?{query}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteDatabase database) : ActivityApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ActivityApiTests(database), IClassFixture<PostgresDatabase>;
}
