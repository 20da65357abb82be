using System.Net;
using DigiHub.Bookings;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Time;
using DigiHub.Web.Tests.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Reminders;

/// <summary>The dry run and what members see of it. Today is Monday 23 November 2026, 09:00.</summary>
public sealed class SchedulePageTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Tells_what_goes_out_as_it_stands_and_as_if_it_began_at_another_time()
    {
        var evt = await TestHub.Publish();
        await TestHub.Register(evt, "Lise Meitner");
        await Speak(Language.English);
        using var grace = await TestHub.SignIn(Cast.Grace);

        await grace.Open($"/organise/{evt.Id}");
        Assert.NotNull(grace.Page.QuerySelector($"a[href='/organise/{evt.Id}/schedule']"));
        await grace.Open($"/organise/{evt.Id}/schedule");
        Assert.Contains("Wednesday 25 November 2026, 09:00", grace.Text, StringComparison.Ordinal);
        Assert.Contains("2 hours before", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Too late to send", grace.Text, StringComparison.Ordinal);

        await grace.Send("form[action$='/schedule']", ("start", "2026-12-03T08:00"));

        Assert.Contains("Preview only", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Event changed", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Thursday 3 December 2026, 07:00", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Quiet hours: instead of Thursday 3 December 2026, 06:00", grace.Text, StringComparison.Ordinal);
        Assert.Equal(evt.StartLocal, (await TestHub.Read(db => db.Set<DigiHub.Events.Event>().SingleAsync(Stop))).StartLocal);
    }

    [Theory]
    [InlineData(Language.English, "3 get none: addresses blocked (1), reminders turned off (2)", "1 person")]
    [InlineData(Language.German, "3 Personen erhalten nichts: Adressen gesperrt (1), Erinnerungen ausgeschaltet (2)", "1 Person")]
    public async Task Tells_who_gets_none_and_why(Language language, string says, string people)
    {
        var evt = await TestHub.Publish();
        await TestHub.Register(evt, "Karl");
        foreach (var (name, scope) in new[] { ("Lise", SuppressionScope.Everything), ("Max", SuppressionScope.Reminders), ("Emmy",
            SuppressionScope.Reminders) })
        {
            await Suppress((await TestHub.Register(evt, name)).NormalizedEmail, scope);
        }

        await Speak(language);
        using var grace = await TestHub.SignIn(Cast.Grace);

        await grace.Open($"/organise/{evt.Id}/schedule");

        Assert.Contains(says, grace.Text, StringComparison.Ordinal);
        Assert.Contains(people, grace.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-28T02:30", "gibt es nicht")]
    [InlineData("tomorrow", "gültiges Datum")]
    public async Task Says_what_is_wrong_with_a_start(string start, string says)
    {
        var evt = await TestHub.Publish();
        using var grace = await TestHub.SignIn(Cast.Grace, Language.German);

        await grace.Open($"/organise/{evt.Id}/schedule?start={start}");

        Assert.Contains(says, grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_there_for_those_who_may_edit_the_event_only()
    {
        var evt = await TestHub.Publish();
        using var ada = await TestHub.SignIn(Cast.Ada);

        await ada.Open($"/organise/{evt.Id}/schedule");

        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Fact]
    public async Task Before_a_move_is_saved_the_editor_leads_here()
    {
        var evt = await TestHub.Publish();
        await TestHub.Register(evt, "Lise Meitner");
        await Speak(Language.English);
        using var grace = await TestHub.SignIn(Cast.Grace);

        await grace.Open($"/organise/{evt.Id}");
        await grace.Send("button[value=change]", ("start", "2026-12-03T18:00"), ("end", "2026-12-03T20:00"));

        Assert.NotNull(grace.Page.QuerySelector($"a[href='/organise/{evt.Id}/schedule?start=2026-12-03T18:00']"));
    }

    [Fact]
    public async Task Members_see_their_reminders_on_their_account_and_with_their_booking()
    {
        var booking = await BookWithReminder();
        await Speak(Language.English);
        using var ada = await TestHub.SignIn(Cast.Ada);

        await ada.Open("/account");
        Assert.Contains("Spree (Tue 24 Nov, 10:00)", ada.Text, StringComparison.Ordinal);
        await ada.Open($"/bookings/{booking.Id}");

        Assert.Contains("You’ll get these reminders", ada.Text, StringComparison.Ordinal);
        Assert.Contains("Tuesday 24 November 2026, 09:00", ada.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(320, Language.German, ColorScheme.Light)]
    [InlineData(1280, Language.English, ColorScheme.Dark)]
    public async Task The_pages_about_reminders_are_in_order(int width, Language language, ColorScheme scheme)
    {
        var evt = await TestHub.Publish(draft => draft with { Start = new LocalDateTime(2026, 12, 3, 8, 0) });
        await TestHub.Register(evt, "Lise Meitner");
        await Suppress((await TestHub.Register(evt, "Max Born")).NormalizedEmail, SuppressionScope.Everything);
        await Suppress((await TestHub.Register(evt, "Emmy Noether")).NormalizedEmail, SuppressionScope.Reminders);
        var booking = await BookWithReminder();
        await TestHub.Services.GetRequiredService<ChooseReminders>().Run(
            new ChooseRemindersRequest(Cast.Ada.Id, true, true, new ReminderWish(60, new LocalTime(18, 0)), new LocalTime(18, 0)), Stop);
        await Speak(language);

        await using (var grace = await browser.Visit(TestHub, new Viewing { Width = width, Language = language, Scheme = scheme }))
        {
            await TestHub.SignIn(grace, Cast.Grace);
            foreach (var path in new[] { $"/organise/{evt.Id}/schedule", $"/organise/{evt.Id}/schedule?start=2026-12-04T07:00" })
            {
                await grace.Open(path);
                await grace.CheckPage();
                await Picture(grace, $"schedule-{(path.Contains('?', StringComparison.Ordinal) ? "moved-" : "")}{width}");
            }
        }

        await using var ada = await browser.Visit(TestHub, new Viewing { Width = width, Language = language, Scheme = scheme });
        await TestHub.SignIn(ada, Cast.Ada);
        foreach (var (path, name) in new[] { ("/account", "account"), ($"/bookings/{booking.Id}", "booking") })
        {
            await ada.Open(path);
            await ada.CheckPage();
            await Picture(ada, $"{name}-{width}");
        }

        await Suppress(Cast.Ada.NormalizedEmail, SuppressionScope.Reminders);
        await ada.Open("/account");
        await ada.CheckPage();
        await Picture(ada, $"account-none-{width}");
    }

    private Task Suppress(string normalized, SuppressionScope scope) => TestHub.Lay(new Suppression
    {
        Id = Guid.CreateVersion7(),
        NormalizedEmail = normalized,
        Scope = scope,
        Reason = SuppressionReason.Complaint,
        Since = DigiHub.Tests.TestHub.Opening,
    });

    private async Task Speak(Language language)
    {
        await using var db = TestHub.OpenDb();
        await db.Members.ExecuteUpdateAsync(row => row.SetProperty(member => member.Language, language), Stop);
    }

    private async Task<Booking> BookWithReminder() => (await TestHub.Services.GetRequiredService<BookSpace>().Run(new BookSpaceRequest
    {
        ActorId = Cast.Ada.Id,
        SpaceId = Cast.Spree.Id,
        When = When.Between(new(2026, 11, 24, 10, 0), new(2026, 11, 24, 11, 0)),
        Reminder = ReminderChoice.Minutes(60),
    }, Stop)).Value;

    /// <summary>To look at, where somebody wants to.</summary>
    private static async Task Picture(Visitor visitor, string name)
    {
        if (Environment.GetEnvironmentVariable("DIGIHUB_PICTURES") is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"reminders-{name}.png"), FullPage = true });
    }
}
