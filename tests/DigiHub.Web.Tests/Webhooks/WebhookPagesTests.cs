using System.Globalization;
using System.Net;
using DigiHub.Tests;
using DigiHub.Web.Webhooks;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Webhooks;

/// <summary>From the form to a real HTTPS server and back to the log.</summary>
public sealed class WebhookPagesTests(SqliteDatabase database) : IAsyncLifetime, IClassFixture<SqliteDatabase>
{
    private HttpsListener listener = null!;
    private WebTestHub web = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        listener = await HttpsListener.Open();
        web = await WebTestHub.Open(database, new WebTestHubOptions
        {
            Warnings = ["Stopped webhook endpoint"],
            Settings =
                new Dictionary<string, string?> { ["Jobs:Workers"] = "0", ["Webhooks:AllowedHosts:0"] = $"127.0.0.1:{listener.Port}" },
            ConfigureServices = services =>
                services.AddSingleton(new WebhookTrust((_, certificate, _, _) => certificate?.GetCertHashString() == listener.Thumbprint)),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (web is not null)
            await web.DisposeAsync();
        await listener.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_organiser_sets_one_up_tests_it_and_reads_what_it_answered()
    {
        using var grace = await web.SignIn(web.Cast.Grace);
        await grace.Open("/webhooks");
        await grace.Send("form:has(input[name='Endpoint.Url'])",
            ("Endpoint.Name", "Hub-Chat"), ("Endpoint.Url", $"https://127.0.0.1:{listener.Port}/hook/geheim"),
            ("Endpoint.Types", "event.published"));
        var secret = grace.Page.QuerySelector("code.secret")!.TextContent;
        await grace.Open("/webhooks");
        Assert.DoesNotContain("whsec_", grace.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", grace.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        await grace.Open(grace.Page.QuerySelector("ul.rows a")!.GetAttribute("href")!);
        Assert.Contains($"127.0.0.1:{listener.Port}/hook/…", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", grace.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        listener.Answer = async http =>
        {
            http.Response.StatusCode = 503;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "<b>come back later</b>", Stop);
        };
        await grace.Send("form[action$='/ping'] button");
        await Deliver();
        web.Clock.AdvanceSeconds(6);
        listener.Answer = _ => Task.CompletedTask;
        await Deliver();
        await grace.Open(grace.Address.PathAndQuery);

        Assert.Equal(2, listener.Received.Count);
        Assert.Single(listener.Received.Select(received => (received.Headers["webhook-id"], received.Body)).Distinct());
        Assert.All(listener.Received, received => Assert.Equal(
            WebhookSignature.Of([secret], received.Headers["webhook-id"],
                Instant.FromUnixTimeSeconds(long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)),
                received.Body),
            received.Headers["webhook-signature"]));
        Assert.Equal("application/json; charset=utf-8", listener.Received.First().Headers["Content-Type"]);
        Assert.Contains("HTTP 503", grace.Text, StringComparison.Ordinal);
        Assert.Contains("<b>come back later</b>", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Zugestellt", grace.Text, StringComparison.Ordinal);

        await grace.Send("form[action$='/again'] button");
        await Deliver();
        Assert.Equal(3, listener.Received.Count);
    }

    [Fact]
    public async Task A_wrong_address_is_told_at_its_field()
    {
        using var grace = await web.SignIn(web.Cast.Grace);
        await grace.Open("/webhooks");

        await grace.Send("form:has(input[name='Endpoint.Url'])", ("Endpoint.Name", "x"),
            ("Endpoint.Url", "https://169.254.169.254/latest/meta-data"), ("Endpoint.Types", "event.published"));

        Assert.Contains("Adresse eines öffentlichen Servers",
            grace.Page.QuerySelector("#f-endpoint-url-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("x", grace.Page.QuerySelector("input[name='Endpoint.Name']")!.GetAttribute("value"));
        Assert.Equal(0, await web.Read(db => db.WebhookEndpoints.CountAsync(Stop)));
    }

    [Fact]
    public async Task Nobody_sees_or_changes_anothers_and_members_have_none()
    {
        var endpoint = (await web.Services.GetRequiredService<WebhookEndpoints>().Add(
            web.Cast.Alan.Id, "mine", $"https://127.0.0.1:{listener.Port}/",
            WebhookShape.Standard, ["booking.created"], Stop)).Value!.Endpoint;
        using var grace = await web.SignIn(web.Cast.Grace);
        using var ada = await web.SignIn(web.Cast.Ada);

        await grace.Open($"/webhooks/{endpoint.Id}");
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        await ada.Open("/webhooks");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Fact]
    public async Task The_page_tells_the_patience_asked_for_and_why_it_was_stopped()
    {
        var endpoints = web.Services.GetRequiredService<WebhookEndpoints>();
        var endpoint = (await endpoints.Add(web.Cast.Grace.Id, "mine", $"https://127.0.0.1:{listener.Port}/",
            WebhookShape.Standard, ["event.published"], Stop)).Value!.Endpoint;
        using var grace = await web.SignIn(web.Cast.Grace);
        listener.Answer = http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "Mon, 23 Nov 2026 10:00:00 GMT";
            return Task.CompletedTask;
        };

        await grace.Open($"/webhooks/{endpoint.Id}");
        await grace.Send("form[action$='/ping'] button");
        await Deliver();
        await grace.Open(grace.Address.PathAndQuery);
        Assert.Contains("bittet um eine Pause bis 23. November 2026, 11:00", grace.Text, StringComparison.Ordinal);
        Assert.Contains("1 Zustellung wartet", grace.Text, StringComparison.Ordinal);

        listener.Answer = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        await grace.Send("form[action$='/resume'] button");
        web.Clock.AdvanceHours(2);
        await Deliver();
        await grace.Open(grace.Address.PathAndQuery);
        Assert.Contains("dass es sie nicht mehr gibt (410)", grace.Text, StringComparison.Ordinal);
        Assert.Contains("1 wartende Zustellung wird dann gesendet", grace.Text, StringComparison.Ordinal);
    }

    private async Task Deliver()
    {
        await using var scope = web.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverWebhooks>().Run(Stop);
    }
}

/// <summary>The pages in a browser, narrow and wide.</summary>
public sealed class WebhookLookTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_pages_are_in_order(int width, ColorScheme scheme)
    {
        var endpoints = TestHub.Services.GetRequiredService<WebhookEndpoints>();
        var endpoint = (await endpoints.Add(Cast.Alan.Id, "Hub-Chat",
            $"https://hooks.example.org/services/{new string('T', 60)}/{new string('B', 60)}",
            WebhookShape.Chat, ["booking.created", "email.failed"], Stop)).Value!.Endpoint;
        var ping = await endpoints.Ping(Cast.Alan.Id, endpoint.Id, Stop);
        await TestHub.Lay(new WebhookAttempt
        {
            Id = Guid.NewGuid(),
            DeliveryId = ping.Value,
            At = TestHub.Clock.GetCurrentInstant(),
            Milliseconds = 312,
            Status = 503,
            Reply = new string('x', 200),
        });
        var stopped = (await endpoints.Add(Cast.Alan.Id, "Display", "https://display.example.org/",
            WebhookShape.Standard, ["booking.created"], Stop)).Value!.Endpoint;
        var failing = (await endpoints.Add(Cast.Alan.Id, "Displays", "https://displays.example.org/",
            WebhookShape.Standard, ["booking.created"], Stop)).Value!.Endpoint;
        await endpoints.Ping(Cast.Alan.Id, stopped.Id, Stop);
        await using (var db = TestHub.OpenDb())
        {
            (await db.WebhookEndpoints.SingleAsync(one => one.Id == endpoint.Id, Stop)).Answered(
                new WebhookReply(429, "") { RetryAfter = Duration.FromHours(3) }, TestHub.Clock.GetCurrentInstant());
            (await db.WebhookEndpoints.SingleAsync(one => one.Id == failing.Id, Stop)).Answered(new WebhookReply(500, ""),
                TestHub.Clock.GetCurrentInstant());
            (await db.WebhookEndpoints.SingleAsync(one => one.Id == stopped.Id, Stop)).Stop(WebhookStop.Full,
                TestHub.Clock.GetCurrentInstant());
            await db.SaveChangesAsync(Stop);
        }

        await using var visitor = await browser.Visit(TestHub, new Viewing { Width = width, Scheme = scheme });
        await TestHub.SignIn(visitor, Cast.Alan);

        foreach (var path in new[] { "/webhooks", $"/webhooks/{endpoint.Id}", $"/webhooks/{stopped.Id}" })
        {
            await visitor.Open(path);
            await visitor.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
            await visitor.CheckPage();
        }
    }
}
