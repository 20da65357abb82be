using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Mail;
using DigiHub.Web.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Calendars;

/// <summary>The pages about what came back, and about what one wants to get, in a real browser.</summary>
public sealed class InboundPagesTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private Event evt = null!;
    private Registration registration = null!;

    [Theory]
    [InlineData(Language.German, 320, ColorScheme.Dark, true)]
    [InlineData(Language.English, 1280, ColorScheme.Light, true)]
    [InlineData(Language.German, 390, ColorScheme.Light, false)]
    public async Task Are_in_order(Language language, int width, ColorScheme scheme, bool javaScript)
    {
        var links = TestHub.Services.GetRequiredService<EmailLinks>();
        var check = (await TestHub.Services.GetRequiredService<CorrectAddress>()
            .Run(registration.Id, Cast.Grace.Id, "new@example.org", Stop)).Value;
        var decline = NewDecline();
        await TestHub.Lay(decline);
        var registrationPage = (await links.Registration(registration.Id, Stop)).AbsolutePath;
        await using var visitor =
            await browser.Visit(TestHub, new Viewing { Language = language, Width = width, Scheme = scheme, JavaScript = javaScript });

        var token = await TestHub.Services.GetRequiredService<HubTokenSigner>().Get(Stop);
        string[] open =
        [
            registrationPage, registrationPage + "?asked=true", (await links.Address(check.Id, Stop)).AbsolutePath,
            (await links.Decline(decline.Id, Stop)).AbsolutePath,
            $"/preferences/{token.Close(TokenPurpose.Unsubscribe, registration.Id)}",
            $"/preferences/{token.Close(TokenPurpose.Unsubscribe, Cast.Grace.Id)}",
        ];
        foreach (var path in open)
        {
            await visitor.Open(path);
            await visitor.CheckPage();
        }

        await TestHub.SignIn(visitor, Cast.Grace);
        foreach (var path in new[] { $"/organise/{evt.Id}/registrations?asked=true", "/account" })
        {
            await visitor.Open(path);
            if (path.StartsWith("/organise", StringComparison.Ordinal))
                await visitor.Page.Locator("details.correct summary").First.ClickAsync();
            await visitor.CheckPage();
        }
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = DigiHub.Tests.TestHub.Opening;
        evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(9));
        registration =
            DueEmails.NewRegistration(evt, Guid.CreateVersion7(), "somebody.with.a.rather.long.address@a-rather-long-domain.example.org");
        var well = DueEmails.NewRegistration(evt, Guid.CreateVersion7(), Cast.Grace.Email);
        well.MemberId = Cast.Grace.Id;
        await TestHub.Lay(evt, registration, well);
        await TestHub.Services.GetRequiredService<UnitOfWork>().Run<bool>(async db =>
            await db.Suppress(registration.Email, SuppressionScope.Everything, SuppressionReason.HardBounce, now, "5.1.1", Stop)
            && await db.Suppress(Cast.Grace.Email, SuppressionScope.Everything, SuppressionReason.HardBounce, now, "5.1.1", Stop), Stop);
    }

    private Notification NewDecline()
    {
        var notification =
            DueEmails.New(CalendarNotifications.DeclineToConfirm, registration.Email, DigiHub.Tests.TestHub.Opening, evt.Start);
        return new Notification
        {
            Id = notification.Id,
            Type = notification.Type,
            Purpose = notification.Purpose,
            RecipientName = notification.RecipientName,
            RecipientEmail = notification.RecipientEmail,
            Language = notification.Language,
            SubjectKind = Registration.Subject.Name,
            SubjectId = registration.Id,
            Note = "0",
            WrittenAt = notification.WrittenAt,
            DueAt = notification.DueAt,
            NextAttemptAt = notification.NextAttemptAt,
        };
    }
}
