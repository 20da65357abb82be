using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Tests.Mail;
using Microsoft.Playwright;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>The pages about e-mails in a browser: narrow and wide, light and dark, in both languages.</summary>
public sealed class OutboxLookTests(SqliteDatabase database, Browser browser) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData(320, Language.German, ColorScheme.Light)]
    [InlineData(1280, Language.English, ColorScheme.Dark)]
    public async Task The_pages_about_emails_are_in_order(int width, Language language, ColorScheme scheme)
    {
        var now = DigiHub.Tests.TestHub.Opening;
        var evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        var sent = DueEmails.New(RegistrationNotifications.Confirmed, "margarete.von-der-hoehe@langername.example.org", now, evt.Start);
        (sent.State, sent.SentAt) = (NotificationState.Sent, now);
        var failed = DueEmails.New(EventNotifications.Changed, "lost@example.org", now, evt.Start);
        (failed.State, failed.Reason, failed.SmtpReply, failed.Attempts) = (NotificationState.Failed, NotificationReason.Refused,
            "550 5.1.1 <lost@example.org>: Recipient address rejected: User unknown in virtual mailbox table", 1);
        await TestHub.Lay(evt, DueEmails.NewRegistration(evt, sent.SubjectId, "reader@example.org"), sent, failed);
        await using var visitor = await browser.Visit(TestHub, new Viewing { Width = width, Language = language, Scheme = scheme });
        await using (var db = TestHub.OpenDb())
        {
            await db.Members.ExecuteUpdateAsync(row => row.SetProperty(member => member.Language, language), Stop);
            var relay = new Relay();
            relay.Pause(RelayTrouble.Refuses, "535 5.7.8 Error: authentication failed", now);
            db.Add(relay);
            db.AddRange(
                Suspended(failed.RecipientEmail!.Shown, SuppressionScope.Everything,
                    SuppressionReason.HardBounce, failed.SmtpReply, failed.Id),
                Suspended($"{new string('a', 60)}@example.org", SuppressionScope.Reminders,
                    SuppressionReason.ByStaff, "asked by phone", notificationId: null));
            await db.SaveChangesAsync(Stop);
        }

        await TestHub.SignIn(visitor, Cast.Alan);

        foreach (var path in new[] {
            "/admin", "/admin/sites", "/admin/outbox", "/admin/outbox?state=Failed", "/admin/suspended", $"/admin/outbox/{sent.Id}",
            $"/admin/outbox/{failed.Id}", $"/organise/{evt.Id}/emails", $"/organise/{evt.Id}/registrations" })
        {
            await visitor.Open(path);
            // A frame without rights runs no script, not even axe's, which would wait for it.
            await visitor.Page.EvaluateAsync("() => document.querySelectorAll('iframe').forEach(frame => frame.remove())");
            await visitor.CheckPage();
        }
    }

    private static Suppression Suspended(
        string email, SuppressionScope scope, SuppressionReason reason, string? said, Guid? notificationId) => new()
        {
            Id = Guid.CreateVersion7(),
            NormalizedEmail = EmailAddress.Of(email).Key,
            Scope = scope,
            Reason = reason,
            Since = DigiHub.Tests.TestHub.Opening,
            Diagnostic = said,
            NotificationId = notificationId,
        };
}
