using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Access;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Access;

/// <summary>Members, roles and one’s own account, by programs.</summary>
public abstract class MembersApiTests(TestDatabase database) : WebHubTests(database)
{
    [Fact]
    public async Task Who_manages_members_finds_any_spelling_gives_and_takes_roles()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);

        var found = await Got(alan, $"/api/v1/members?search={Uri.EscapeDataString(Cast.Bob.Name.ToString().ToUpperInvariant())}");
        var bob = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(Cast.Bob.Id, bob.GetProperty("id").GetGuid());

        Assert.Equal(HttpStatusCode.OK,
            await Put(alan, $"/api/v1/members/{Cast.Bob.Id}/grants/front_desk", new { site = "west", through = "2026-12-31" }));
        var card = await Got(alan, $"/api/v1/members/{Cast.Bob.Id}");
        var role = card.GetProperty("roles").EnumerateArray().Single(one => one.GetProperty("role").GetString() == "front_desk");
        Assert.Equal(("west", "2026-12-31"), (role.GetProperty("site").GetString(), role.GetProperty("through").GetString()));

        using var revoked = await alan.DeleteAsync(
            new Uri($"/api/v1/members/{Cast.Bob.Id}/grants/front_desk?site=west", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.DoesNotContain("front_desk", (await Got(alan, $"/api/v1/members/{Cast.Bob.Id}")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_runs_one_site_gives_the_roles_of_that_one_alone_and_lists_nobody()
    {
        await TestHub.Services.GetRequiredService<GrantRoles>()
            .Run(new(Cast.Bob.Id, [Role.Administrator], ActorId: null, Cast.West.Id), Stop);
        using var bob = await TestHub.NewApiClient(Cast.Bob);

        Assert.Equal(HttpStatusCode.OK, await Put(bob, $"/api/v1/members/{Cast.Ada.Id}/grants/front_desk", new { site = "west" }));
        Assert.Equal(HttpStatusCode.NotFound, await Put(bob, $"/api/v1/members/{Cast.Ada.Id}/grants/front_desk", new { site = "east" }));
        Assert.Equal(HttpStatusCode.NotFound, await Put(bob, $"/api/v1/members/{Cast.Ada.Id}/grants/front_desk", new { }));
        Assert.Equal(HttpStatusCode.NotFound, await Put(bob, $"/api/v1/members/{Cast.Ada.Id}/grants/king", new { site = "west" }));
        using var list = await bob.GetAsync(new Uri("/api/v1/members", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.Forbidden, list.StatusCode);
    }

    [Fact]
    public async Task A_member_who_is_disabled_is_out_at_once_and_nobody_disables_themselves()
    {
        using var alan = await TestHub.NewApiClient(Cast.Alan);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        Assert.Equal(Cast.Ada.Email.Shown, (await Got(ada, "/api/v1/me")).GetProperty("email").GetString());

        using var disabled = await alan.PatchAsJsonAsync($"/api/v1/members/{Cast.Ada.Id}", new { isDisabled = true }, Stop);
        Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
        using var late = await ada.GetAsync(new Uri("/api/v1/me", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);

        using var own = await alan.PatchAsJsonAsync($"/api/v1/members/{Cast.Alan.Id}", new { isDisabled = true }, Stop);
        Assert.Contains("own_access", await own.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_my_sessions_is_ended_by_its_id_and_another_members_is_not()
    {
        using var browser = await TestHub.SignIn(Cast.Ada);
        using var other = await TestHub.SignIn(Cast.Bob);
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        var mine = Assert.Single((await Got(ada, "/api/v1/me/sessions")).GetProperty("items").EnumerateArray())
            .GetProperty("id").GetString();

        using var foreign = await bob.DeleteAsync(new Uri($"/api/v1/me/sessions/{mine}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using var ended = await ada.DeleteAsync(new Uri($"/api/v1/me/sessions/{mine}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Empty((await Got(ada, "/api/v1/me/sessions")).GetProperty("items").EnumerateArray());
        Assert.Single((await Got(bob, "/api/v1/me/sessions")).GetProperty("items").EnumerateArray());
    }

    private static async Task<JsonElement> Got(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static async Task<HttpStatusCode> Put(HttpClient client, string path, object body)
    {
        using var answer = await client.PutAsJsonAsync(path, body, Stop);
        return answer.StatusCode;
    }

    public sealed class OnSqlite(SqliteDatabase database) : MembersApiTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MembersApiTests(database), IClassFixture<PostgresDatabase>;
}
