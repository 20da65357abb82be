using System.Net;
using DigiHub.Notifications;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Notifications;

public sealed class UnsubscribePageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private readonly Guid registrationId = Guid.CreateVersion7();

    [Fact]
    public async Task Looking_changes_nothing()
    {
        using var client = TestHub.NewClient();

        using var page = await client.GetAsync(await Link(registrationId), Stop);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("IoT", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.True(await WantsReminders());
    }

    [Fact]
    public async Task One_click_of_a_mailbox_provider_unsubscribes_without_cookie_token_or_redirect()
    {
        using var client = TestHub.NewClient();
        using var press = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        using var answer = await client.PostAsync(await Link(registrationId), press, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(await WantsReminders());
    }

    [Fact]
    public async Task Stops_and_resumes_by_the_buttons_of_the_page()
    {
        using var client = TestHub.NewClient();
        using var nothing = new FormUrlEncodedContent([]);
        using var resume = new FormUrlEncodedContent([KeyValuePair.Create("resume", "true")]);

        using var stopped = await client.PostAsync(await Link(registrationId), nothing, Stop);
        var afterStop = await WantsReminders();
        using var resumed = await client.PostAsync(await Link(registrationId), resume, Stop);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (stopped.StatusCode, resumed.StatusCode));
        Assert.False(afterStop);
        Assert.True(await WantsReminders());
    }

    [Fact]
    public async Task Stops_all_reminders_of_a_member()
    {
        using var client = TestHub.NewClient();
        using var press = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        using var answer = await client.PostAsync(await Link(Cast.Ada.Id), press, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(await TestHub.Read(db => db.Set<DigiHub.Members.Member>()
            .Where(member => member.Id == Cast.Ada.Id).Select(member => member.WantsReminders).SingleAsync(Stop)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Accepts_no_other_token(string token)
    {
        using var client = TestHub.NewClient();
        using var nothing = new FormUrlEncodedContent([]);

        using var look = await client.GetAsync(new Uri($"/unsubscribe/{token}", UriKind.Relative), Stop);
        using var press = await client.PostAsync(new Uri($"/unsubscribe/{token}", UriKind.Relative), nothing, Stop);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (look.StatusCode, press.StatusCode));
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = DigiHub.Tests.TestHub.Opening;
        var evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        await using var db = TestHub.OpenDb();
        db.AddRange(evt, DueEmails.NewRegistration(evt, registrationId, "ada@example.org"));
        await db.SaveChangesAsync(Stop);
    }

    private Task<Uri> Link(Guid id) => TestHub.Services.GetRequiredService<EmailLinks>().Unsubscribe(id, Stop);

    private Task<bool> WantsReminders() => TestHub.Read(db => db.Set<DigiHub.Registrations.Registration>()
        .Select(registration => registration.WantsReminders).SingleAsync(Stop));
}
