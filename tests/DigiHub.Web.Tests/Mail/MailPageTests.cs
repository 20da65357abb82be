using System.Net;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Mail;

/// <summary>From a row to the demo's mailbox.</summary>
public sealed class MailPageTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_an_email_that_was_laid_down_in_a_frame_without_rights()
    {
        await using var web = await WebTestHub.Open(database,
            new WebTestHubOptions { Settings = new Dictionary<string, string?> { ["Demo"] = "true", ["Jobs:Workers"] = "0" } });
        await Deliver(web, "ada@example.org", "bob@example.org");
        using var client = web.NewClient();

        var list = await client.GetStringAsync(new Uri("/mail?search=ada", UriKind.Relative), Stop);
        var file = Assert.Single(web.DataFolder.GetFiles("mail/*.eml"),
            one => File.ReadAllText(one.FullName).Contains("ada@example.org", StringComparison.Ordinal));
        var id = Path.GetFileNameWithoutExtension(file.Name);
        var page = await client.GetStringAsync(new Uri($"/mail/{id}", UriKind.Relative), Stop);
        using var notification = await client.GetAsync(new Uri($"/mail/{id}/html", UriKind.Relative), Stop);
        using var raw = await client.GetAsync(new Uri($"/mail/{id}/raw", UriKind.Relative), Stop);

        Assert.Contains($"/mail/{id}", list, StringComparison.Ordinal);
        Assert.DoesNotContain("bob@example.org", list, StringComparison.Ordinal);
        Assert.Contains("sandbox=", page, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VCALENDAR", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", notification.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", await notification.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("message/rfc822", raw.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/mail")]
    [InlineData("/mail/anything")]
    [InlineData("/mail/anything/html")]
    [InlineData("/mail/anything/raw")]
    public async Task Is_not_there_outside_the_demo(string path)
    {
        await using var web = await WebTestHub.Open(database,
            new WebTestHubOptions { Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0" } });
        using var client = web.NewClient();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/mail/..%2Fdigihub")]
    [InlineData("/mail/..%2F..%2Fetc%2Fpasswd/raw")]
    public async Task Opens_nothing_but_emails(string path)
    {
        await using var web = await WebTestHub.Open(database,
            new WebTestHubOptions { Settings = new Dictionary<string, string?> { ["Demo"] = "true", ["Jobs:Workers"] = "0" } });
        using var client = web.NewClient();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task Deliver(WebTestHub web, params string[] recipients)
    {
        var now = TestHub.Opening;
        var evt = DueEmails.NewEvent(web.Cast, now, now + Duration.FromHours(2));
        await using (var db = web.OpenDb())
        {
            db.Add(evt);
            foreach (var to in recipients)
            {
                var row = DueEmails.New(RegistrationNotifications.Confirmed, to, now, evt.Start);
                db.AddRange(DueEmails.NewRegistration(evt, row.SubjectId, to), row);
            }

            await db.SaveChangesAsync(Stop);
        }

        await using var scope = web.Services.CreateAsyncScope();
        Assert.Equal(recipients.Length, await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop));
    }
}
