using System.Net;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Notifications;

public sealed class PreferencesPageTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private Event evt = null!;
    private Registration guest = null!;
    private Registration adas = null!;

    [Fact]
    public async Task A_guest_stops_all_reminders_of_the_hub_without_signing_in_and_has_them_again()
    {
        using var reader = TestHub.NewReader();
        await reader.Open(await Page(guest.Id));
        Assert.Single(reader.Page.QuerySelectorAll("input[name='Choice.Wanted']"));

        await Save(reader, all: false, guest.Id);
        var stopped = await TestHub.Read(db => db.Suppressions.AsNoTracking().SingleAsync(Stop));
        Assert.Contains("Gespeichert", reader.Text, StringComparison.Ordinal);
        await Save(reader, all: true, guest.Id);

        Assert.Equal(("GUEST@EXAMPLE.ORG", SuppressionScope.Reminders, SuppressionReason.Unsubscribed),
            (stopped.NormalizedEmail, stopped.Scope, stopped.Reason));
        Assert.Equal(0, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task One_event_is_switched_off_by_itself()
    {
        using var reader = TestHub.NewReader();
        await reader.Open(await Page(guest.Id));

        await Save(reader, all: true);

        Assert.False((await Row(guest)).WantsReminders);
        Assert.True((await Row(adas)).WantsReminders);
        Assert.Equal(0, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_member_chooses_by_class_and_event_by_the_link_of_any_reminder()
    {
        using var reader = TestHub.NewReader();
        await reader.Open(await Page(Cast.Ada.Id));
        Assert.Single(reader.Page.QuerySelectorAll("input[name='Choice.Wanted']"));
        Assert.Single(reader.Page.QuerySelectorAll("input[name='Choice.EventReminders']"));

        await Save(reader, all: false);

        var ada = await TestHub.Read(db => db.Set<DigiHub.Members.Member>().AsNoTracking()
            .SingleAsync(member => member.Id == Cast.Ada.Id, Stop));
        Assert.Equal((false, false), (ada.WantsReminders, ada.WantsEventReminders));
        Assert.False((await Row(adas)).WantsReminders);
        Assert.True((await Row(guest)).WantsReminders);
    }

    [Fact]
    public async Task A_forged_form_switches_nothing_of_others()
    {
        using var reader = TestHub.NewReader();
        await reader.Open(await Page(guest.Id));
        var form = Form(reader, all: true);
        form.Add(new("Choice.Shown", adas.Id.ToString()));

        using var content = new FormUrlEncodedContent(form);
        using var answer = await reader.Client.PostAsync(reader.Address, content, Stop);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.True((await Row(adas)).WantsReminders);
    }

    [Fact]
    public async Task What_the_staff_stopped_stays_stopped()
    {
        await TestHub.Services.GetRequiredService<UnitOfWork>().Run<bool>(async db =>
            await db.Suppress(guest.Email, SuppressionScope.Reminders,
                SuppressionReason.ByStaff, TestHub.Clock.GetCurrentInstant(), null, Stop), Stop);
        using var reader = TestHub.NewReader();
        await reader.Open(await Page(guest.Id));

        await Save(reader, all: true, guest.Id);

        Assert.Equal(1, await TestHub.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task Accepts_no_other_token()
    {
        using var client = TestHub.NewClient();

        using var page = await client.GetAsync(new Uri("/preferences/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = DigiHub.Tests.TestHub.Opening;
        evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        guest = DueEmails.NewRegistration(evt, Guid.CreateVersion7(), "guest@example.org");
        adas = DueEmails.NewRegistration(evt, Guid.CreateVersion7(), Cast.Ada.Email);
        adas.MemberId = Cast.Ada.Id;
        await TestHub.Lay(evt, guest, adas);
    }

    private async Task<string> Page(Guid id) =>
        (await TestHub.Services.GetRequiredService<EmailLinks>().Unsubscribe(id, Stop)).AbsolutePath.Replace("/unsubscribe/",
            "/preferences/", StringComparison.Ordinal);

    private Task<Registration> Row(Registration registration) =>
        TestHub.Read(db => db.Set<Registration>().AsNoTracking().SingleAsync(one => one.Id == registration.Id, Stop));

    /// <summary>As a browser sends it: what is not ticked is not in it.</summary>
    private static async Task Save(Reader reader, bool all, params Guid[] wanted)
    {
        using var content = new FormUrlEncodedContent(Form(reader, all, wanted));
        using var answer = await reader.Client.PostAsync(reader.Address, content, Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await reader.Open(answer.Headers.Location!.OriginalString);
    }

    private static List<KeyValuePair<string, string>> Form(Reader reader, bool all, params Guid[] wanted) =>
    [
        .. reader.Page.QuerySelectorAll("form:has(input[name='Choice.All']) input[type='hidden']")
            .Select(field => new KeyValuePair<string, string>(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")),
        .. all ? [new KeyValuePair<string, string>("Choice.All", "true")] : Array.Empty<KeyValuePair<string, string>>(),
        .. wanted.Select(id => new KeyValuePair<string, string>("Choice.Wanted", id.ToString())),
    ];
}
