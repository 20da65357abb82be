using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Access;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Sites;

/// <summary>A site from nothing to its first desk, by programs; who runs one site changes that one alone.</summary>
public abstract class SetUpApiTests(TestDatabase database) : WebHubTests(database)
{
    private static readonly object[] Tuesday = [new { day = "tuesday", opens = "09:00:00", closes = "17:00:00" }];
    private static readonly string[] Panke = ["Panke, 6"], Again = ["panke, 4"];

    [Fact]
    public async Task A_site_is_added_changed_and_filled()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        var site = await Ok(await alan.PostAsJsonAsync("/api/v1/sites",
            new { name = "Hub Nord", street = "Hafenstraße 1", postCode = "13347", city = "Berlin", holidays = "be" }, Stop));
        var slug = site.GetProperty("slug").GetString();
        Assert.Equal(("hub-nord", 5), (slug, site.GetProperty("hours").GetArrayLength()));

        var hours = await Ok(await alan.PutAsJsonAsync($"/api/v1/sites/{slug}/hours",
            new { from = "2026-11-23", hours = Tuesday }, Stop));
        Assert.Equal("tuesday", Assert.Single(hours.GetProperty("hours").EnumerateArray()).GetProperty("day").GetString());
        var special = await Ok(await alan.PutAsJsonAsync($"/api/v1/sites/{slug}/special-hours/2026-12-04",
            new { opens = "10:00:00", closes = "12:00:00", reasonDe = "Fest" }, Stop));
        Assert.Equal("2026-12-04", Assert.Single(special.GetProperty("specialHours").EnumerateArray()).GetProperty("date").GetString());

        var added = await Ok(await alan.PostAsJsonAsync($"/api/v1/sites/{slug}/spaces",
            new { level = 1, desks = 2, firstDesk = "N1-01", rooms = Panke }, Stop));
        var desk = added.EnumerateArray().First();
        var changed = await Ok(await alan.PatchAsJsonAsync($"/api/v1/spaces/{desk.GetProperty("id").GetInt32()}",
            new { name = "N1-09", zoneDe = "Fenster" }, Stop));
        Assert.Equal(("N1-09", 3), (changed.GetProperty("name").GetString(), added.GetArrayLength()));

        using var again = await alan.PostAsJsonAsync($"/api/v1/sites/{slug}/spaces",
            new { level = 1, rooms = Again }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("space_name_taken", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_runs_one_site_changes_that_one_and_finds_no_other()
    {
        await using (var db = TestHub.OpenDb())
            await Cast.GiveRoles(db, Cast.Bob);
        await TestHub.Services.GetRequiredService<GrantRoles>()
            .Run(new(Cast.Bob.Id, [Role.Administrator], ActorId: null, Cast.West.Id), Stop);
        using var bob = await TestHub.NewApiClient(Cast.Bob);

        Assert.Equal(HttpStatusCode.OK, await Status(bob, "west", new { sign = "WW" }));
        Assert.Equal(HttpStatusCode.NotFound, await Status(bob, "east", new { sign = "EE" }));
        using var another = await bob.PostAsJsonAsync("/api/v1/sites",
            new { name = "Hub Nord", street = "Hafenstraße 1", postCode = "13347", city = "Berlin" }, Stop);
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string slug, object change)
    {
        using var answer = await client.PatchAsJsonAsync($"/api/v1/sites/{slug}", change, Stop);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> Ok(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement;
        }
    }

    public sealed class OnSqlite(SqliteDatabase database) : SetUpApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : SetUpApiTests(database), IClassFixture<PostgresDatabase>;
}
