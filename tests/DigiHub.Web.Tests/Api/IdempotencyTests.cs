using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Web.Tests.Api;

/// <summary>A request with a key is carried out once, whatever breaks in between, and always gets its first answer.</summary>
public abstract class IdempotencyTests(TestDatabase database) : WebHubTests(database)
{
    private readonly BreakingSignal signal = new();

    protected override WebTestHubOptions Options => new()
    {
        ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<IJobSignal>(signal)),
    };

    public sealed class OnSqlite(SqliteDatabase database) : IdempotencyTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : IdempotencyTests(database), IClassFixture<PostgresDatabase>;

    [Fact]
    public async Task What_broke_between_commit_and_answer_is_answered_by_the_first_retry()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        TestHub.Expect("POST /api/v1/bookings/ failed");
        signal.Breaks = true;

        using var broken = await Post(ada, "/api/v1/bookings", Wanted(9), "after-the-crash");
        signal.Breaks = false;
        var retried = await Told(ada, "/api/v1/bookings", Wanted(9), "after-the-crash");
        var again = await Told(ada, "/api/v1/bookings", Wanted(9), "after-the-crash");

        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.Equal("broken", (await broken.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        Assert.True(broken.Headers.Contains("Content-Security-Policy") && broken.Headers.Contains("X-Content-Type-Options"));
        Assert.Equal(HttpStatusCode.Created, retried.Status);
        Assert.Equal(retried, again);
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
    }

    [Fact]
    public async Task Every_act_with_a_key_is_done_once_and_answered_alike()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var grace = await TestHub.NewApiClient(Cast.Grace);

        var draft = await Twice(grace, "/api/v1/events",
            new { titleEnglish = "A talk", start = "2026-11-23T18:00", spaceId = Cast.Hall.Id });
        var talk = draft.GetProperty("id").GetString();
        var published = await Twice(grace, $"/api/v1/events/{talk}/publish", new { });
        var seat = await Twice(ada, $"/api/v1/events/{talk}/registrations", new { });
        var there = await Twice(grace, $"/api/v1/registrations/{seat.GetProperty("id").GetString()}/check-in", new { });
        var cancelled = await Twice(grace, $"/api/v1/events/{talk}/cancel", new { note = "The speaker is ill." });

        Assert.Equal("published", published.GetProperty("status").GetString());
        Assert.False(seat.GetProperty("wasAlready").GetBoolean());
        Assert.False(there.GetProperty("wasAlready").GetBoolean());
        Assert.False(cancelled.GetProperty("wasAlready").GetBoolean());
        Assert.Equal(1, cancelled.GetProperty("peopleTold").GetInt32());
        Assert.Equal(1, await TestHub.Read(db => db.Events.CountAsync(Stop)));
    }

    [Fact]
    public async Task The_first_answer_stays_the_answer_whatever_has_become_of_the_booking()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        var first = await Told(ada, "/api/v1/bookings", Wanted(9), "kept");
        using var request = new HttpRequestMessage(HttpMethod.Delete, first.Location);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var gone = await ada.SendAsync(request, Stop);

        var again = await Told(ada, "/api/v1/bookings", Wanted(9), "kept");

        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Equal(first, again);
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_refusal_is_kept_as_well_and_another_body_is_refused()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var bob = await TestHub.NewApiClient(Cast.Bob);
        var bobs = await Told(bob, "/api/v1/bookings", Wanted(9), "bob");

        var refused = await Told(ada, "/api/v1/bookings", Wanted(9), "ada");
        using var request = new HttpRequestMessage(HttpMethod.Delete, bobs.Location);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var gone = await bob.SendAsync(request, Stop);
        var again = await Told(ada, "/api/v1/bookings", Wanted(9), "ada");
        var other = await Told(ada, "/api/v1/bookings", Wanted(14), "ada");
        var bobsKey = await Told(ada, "/api/v1/bookings", Wanted(9), "bob");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(refused, again);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal(HttpStatusCode.Created, bobsKey.Status); // a key is its member's alone
        Assert.Equal(1, await TestHub.Read(db => db.Bookings.CountAsync(one => one.MemberId == Cast.Ada.Id, Stop)));
    }

    [Fact]
    public async Task A_key_may_be_used_again_after_a_day()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        await Told(ada, "/api/v1/bookings", Wanted(9), "daily");
        TestHub.Clock.AdvanceHours(25);

        var next = await Told(ada, "/api/v1/bookings", Wanted(14), "daily");

        Assert.Equal(HttpStatusCode.Created, next.Status);
    }

    [Fact]
    public async Task A_booking_with_a_key_is_one_commit()
    {
        using var ada = await TestHub.NewApiClient(Cast.Ada);
        using var warm = await ada.GetAsync("/api/v1/bookings", Stop); // notes when the token was last used
        var unitOfWork = TestHub.Services.GetRequiredService<UnitOfWork>();
        var before = unitOfWork.Writes;

        var made = await Told(ada, "/api/v1/bookings", Wanted(9), "one-commit");

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(before + 1, unitOfWork.Writes);
    }

    private object Wanted(int hour) =>
        new { spaceId = Cast.Spree.Id, start = $"2026-11-24T{hour:00}:00", end = $"2026-11-24T{hour + 1:00}:00" };

    /// <summary>The same with one key: the same answer, which is returned.</summary>
    private static async Task<JsonElement> Twice(HttpClient client, string path, object body)
    {
        var first = await Told(client, path, body, path);
        Assert.True((int)first.Status < 300, first.Body);
        Assert.Equal(first, await Told(client, path, body, path));
        return JsonDocument.Parse(first.Body).RootElement;
    }

    private static async Task<(HttpStatusCode Status, Uri? Location, string? ETag, string Body)> Told(
        HttpClient client, string path, object body, string key)
    {
        using var answer = await Post(client, path, body, key);
        return (answer.StatusCode, answer.Headers.Location, answer.Headers.ETag?.ToString(), await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, Stop);
    }

    /// <summary>Comes right after the commit and before anything is answered: the moment in which a process dies.</summary>
    private sealed class BreakingSignal : IJobSignal
    {
        public bool Breaks { get; set; }

        public void Signal()
        {
            if (Breaks)
                throw new InvalidOperationException("The process dies here.");
        }
    }
}
