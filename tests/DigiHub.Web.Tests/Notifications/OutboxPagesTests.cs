using System.Net;
using DigiHub.Activity;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Settings;
using DigiHub.Sites;
using DigiHub.Tests;
using DigiHub.Web.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Notifications;

/// <summary>The outbox as administrators, organisers and attendees see it.</summary>
public abstract class OutboxPagesTests(TestDatabase database) : WebHubTests(database)
{
    private Event evt = null!;
    private Notification failed = null!;
    private Notification planned = null!;
    private Notification confirmed = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var now = DigiHub.Tests.TestHub.Opening;
        evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        confirmed = DueEmails.New(RegistrationNotifications.Confirmed, "reader@example.org", now, evt.Start);
        (confirmed.State, confirmed.SentAt, confirmed.SmtpReply) = (NotificationState.Sent, now, "250 2.0.0 queued as ABC");
        failed = DueEmails.New(RegistrationNotifications.Cancelled, "lost@example.org", now, evt.Start);
        (failed.State, failed.Reason, failed.SmtpReply, failed.Attempts) =
            (NotificationState.Failed, NotificationReason.Refused, "550 5.1.1 no such user", 1);
        planned = DueEmails.New(ReminderNotifications.OfEvent, "reader@example.org", now + Duration.FromDays(2), evt.Start);
        await TestHub.Lay(evt, DueEmails.NewRegistration(evt, confirmed.SubjectId, "reader@example.org"),
            DueEmails.NewRegistration(evt, failed.SubjectId, "lost@example.org"),
            DueEmails.NewRegistration(evt, planned.SubjectId, "later@example.org"),
            confirmed, failed, planned);
    }

    [Fact]
    public async Task An_administrator_finds_an_email_reads_it_and_why_it_did_not_arrive()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/outbox?state=Failed&recipient=LOST");
        Assert.Contains("lost@example.org", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reader@example.org", alan.Text, StringComparison.Ordinal);
        await alan.Open($"/admin/outbox/{failed.Id}");
        Assert.Contains("550 5.1.1 no such user", alan.Text, StringComparison.Ordinal);
        Assert.Contains("vom Mailserver endgültig abgelehnt", alan.Text, StringComparison.Ordinal);

        await alan.Open($"/admin/outbox/{confirmed.Id}");
        Assert.Contains("IoT-Sicherheitssprechstunde", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("scripts", alan.Page.QuerySelector("iframe")!.GetAttribute("sandbox")!, StringComparison.Ordinal);
        using var html = await alan.Client.GetAsync(new Uri($"/admin/outbox/{confirmed.Id}/html", UriKind.Relative), Stop);
        Assert.Contains("sandbox", html.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("IoT-Sicherheitssprechstunde", await html.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_says_what_is_wrong_since_when_and_what_to_do()
    {
        planned.NextAttemptAt = DigiHub.Tests.TestHub.Opening - Duration.FromMinutes(7);
        await using (var db = TestHub.OpenDb())
        {
            db.Update(planned);
            await db.SaveChangesAsync(Stop);
        }

        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/outbox");
        Assert.Contains("1 E-Mail ist überfällig seit 23. November 2026, 08:53", alan.Text, StringComparison.Ordinal);
        await alan.Open(alan.Page.QuerySelector("a[href*='reason=refused']")!.GetAttribute("href")!);
        Assert.Contains("lost@example.org", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reader@example.org", alan.Text, StringComparison.Ordinal);
        await alan.Open($"/admin/outbox/{failed.Id}");
        Assert.Contains("Korrigieren Sie sie bei der Anmeldung", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_email_that_came_back_is_listed_and_explained()
    {
        var back = DueEmails.New(RegistrationNotifications.Cancelled, "back@example.org", DigiHub.Tests.TestHub.Opening, evt.Start);
        (back.State, back.SentAt, back.BouncedAt, back.Reason) =
            (NotificationState.Bounced, DigiHub.Tests.TestHub.Opening, DigiHub.Tests.TestHub.Opening, NotificationReason.Bounced);
        back.SmtpReply = "5.1.1 unknown user";
        await TestHub.Lay(DueEmails.NewRegistration(evt, back.SubjectId, "back@example.org"), back);
        using var alan = await TestHub.SignIn(Cast.Alan);
        using var grace = await TestHub.SignIn(Cast.Grace);

        await alan.Open("/admin/outbox?state=Bounced");
        Assert.Contains("5.1.1 unknown user", alan.Text, StringComparison.Ordinal);
        await alan.Open($"/admin/outbox/{back.Id}");
        Assert.Contains("Diese E-Mail kam zurück", alan.Text, StringComparison.Ordinal);
        await grace.Open($"/organise/{evt.Id}/emails");
        Assert.Contains("back@example.org", grace.Text, StringComparison.Ordinal);
    }

    // A state without a name, or one that a page does not expect, ends in an error there.
    [Fact]
    public async Task Every_page_can_show_emails_in_every_state()
    {
        Notification[] every = [.. Enum.GetValues<NotificationState>().Select(state =>
        {
            var notification =
                DueEmails.New(ReminderNotifications.OfEvent, $"{state}@example.org", DigiHub.Tests.TestHub.Opening, evt.Start);
            (notification.State, notification.CarriedBy) = (state, state == NotificationState.Carried ? planned.Id : null);
            if (state == NotificationState.Bounced)
                (notification.BouncedAt, notification.Reason, notification.SmtpReply) =
                    (DigiHub.Tests.TestHub.Opening, NotificationReason.Bounced, "5.1.1 unknown user");
            return notification;
        })];
        await TestHub.Lay([.. every]);
        await TestHub.Lay(
            [.. every.Select(notification => DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown))]);
        using var alan = await TestHub.SignIn(Cast.Alan);
        using var grace = await TestHub.SignIn(Cast.Grace);
        using var guest = TestHub.NewReader();
        var signers = await TestHub.Services.GetRequiredService<DigiHub.Keys.HubTokenSigner>().Get(Stop);

        await Opens(alan, "/admin/outbox", "@example.org");
        await Opens(grace, $"/organise/{evt.Id}/emails", "@example.org");
        await Opens(grace, $"/organise/{evt.Id}/registrations", "1 zurückgekommen");
        foreach (var notification in every)
        {
            await Opens(alan, $"/admin/outbox/{notification.Id}", notification.State.Words.German);
            Assert.Equal(notification.State == NotificationState.Carried,
                alan.Page.QuerySelector($"dd a[href='/admin/outbox/{planned.Id}']") is not null);
            await Opens(alan, $"/admin/outbox?state={notification.State}", notification.RecipientEmail!.Shown);
            await Opens(grace, $"/organise/{evt.Id}/emails?state={notification.State}", notification.RecipientEmail!.Shown);
            await Opens(guest,
                $"/registrations/{signers.Close(DigiHub.Keys.TokenPurpose.ManageRegistration, notification.SubjectId)}", "IoT");
            if (notification.State is NotificationState.Failed or NotificationState.Bounced)
                Assert.Contains("konnte nicht zugestellt werden", guest.Text, StringComparison.Ordinal);
        }

        static async Task Opens(Reader reader, string path, string words)
        {
            await reader.Open(path);
            Assert.True(reader.Status == HttpStatusCode.OK, path);
            Assert.Contains(words, reader.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_administrator_suspends_an_emails_address_finds_it_and_lifts_it()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open($"/admin/outbox/{failed.Id}");
        await alan.Open(alan.Page.QuerySelector("a[href^='/admin/suspended?notification']")!.GetAttribute("href")!);
        await alan.Send("form:has(input[name='New.Email'])", ("New.Scope", "Everything"), ("New.Note", "telefonisch gebeten"));
        Assert.Contains("Adresse gesperrt.", alan.Text, StringComparison.Ordinal);
        Assert.Contains("lost@example.org", alan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", alan.Address.ToString(), StringComparison.Ordinal);

        await alan.Open($"/admin/outbox/{failed.Id}");
        Assert.Contains("Diese Adresse ist gesperrt", alan.Text, StringComparison.Ordinal);
        await alan.Open(alan.Page.QuerySelector("a[href^='/admin/suspended?one']")!.GetAttribute("href")!);
        Assert.Contains($"von der Verwaltung gesperrt ({Cast.Alan.Name})", alan.Text, StringComparison.Ordinal);
        Assert.Contains("telefonisch gebeten", alan.Text, StringComparison.Ordinal);

        await alan.Open("/admin/suspended");
        await alan.Send("form:has(input[name='Find.Email'])", ("Find.Email", "nobody"));
        Assert.Contains("Keine gesperrte Adresse gefunden", alan.Text, StringComparison.Ordinal);
        await alan.Send("form:has(input[name='Find.Email'])", ("Find.Email", "LOST@"));
        Assert.DoesNotContain("LOST", alan.Address.ToString(), StringComparison.OrdinalIgnoreCase);
        await alan.Send("form[action$='/lift'] button");
        Assert.Contains("Sperre aufgehoben.", alan.Text, StringComparison.Ordinal);
        Assert.Contains("Keine gesperrten Adressen", alan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_is_told_at_its_field_and_others_find_no_such_page()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);
        await alan.Open("/admin/suspended");
        await alan.Send("form:has(input[name='New.Email'])", ("New.Email", "kein@"), ("New.Note", "x"));
        Assert.Contains("wie name@example.org", alan.Page.QuerySelector("#f-new-email-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("kein@", alan.Page.QuerySelector("input[name='New.Email']")!.GetAttribute("value"));

        using var grace = await TestHub.SignIn(Cast.Grace);
        await grace.Open("/admin/suspended");
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
    }

    [Fact]
    public async Task A_sign_in_link_is_never_shown()
    {
        var link = DueEmails.New(MemberNotifications.SignInLink, "grace@example.org", DigiHub.Tests.TestHub.Opening, evt.Start);
        await TestHub.Lay(link);
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open($"/admin/outbox/{link.Id}");
        using var html = await alan.Client.GetAsync(new Uri($"/admin/outbox/{link.Id}/html", UriKind.Relative), Stop);

        Assert.Contains("würde Sie als jemand anderes anmelden", alan.Text, StringComparison.Ordinal);
        Assert.Null(alan.Page.QuerySelector("iframe"));
        Assert.Equal(HttpStatusCode.NotFound, html.StatusCode);
    }

    [Fact]
    public async Task The_buttons_send_now_stop_and_try_again()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open($"/admin/outbox/{planned.Id}");
        await alan.Send($"form[action='/admin/outbox/{planned.Id}/send'] button");
        Assert.Contains("Die E-Mail wird gleich gesendet", alan.Text, StringComparison.Ordinal);
        Assert.True((await Find(planned.Id)).NextAttemptAt <= DigiHub.Tests.TestHub.Opening);

        await alan.Send($"form[action='/admin/outbox/{planned.Id}/stop'] button");
        Assert.Equal(NotificationState.Cancelled, (await Find(planned.Id)).State);

        await alan.Open($"/admin/outbox/{failed.Id}");
        await alan.Send($"form[action='/admin/outbox/{failed.Id}/requeue'] button");
        Assert.Equal(NotificationState.Retry, (await Find(failed.Id)).State);
        Assert.Equal(3, await TestHub.Read(db =>
            db.Activity.CountAsync(entry => entry.ActorId == Cast.Alan.Id && entry.Act.StartsWith("email."), Stop)));
    }

    [Fact]
    public async Task All_undeliverable_emails_are_retried_with_one_button()
    {
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/outbox?state=Failed");
        await alan.Send("form[action='/admin/outbox/requeue-failed'] button");

        Assert.Contains("1 E-Mail wird jetzt erneut versucht", alan.Text, StringComparison.Ordinal);
        Assert.Equal(NotificationState.Retry, (await Find(failed.Id)).State);
    }

    [Fact]
    public async Task A_pause_of_the_relay_is_shown_and_ended_with_one_button()
    {
        var relay = new Relay();
        relay.Pause(RelayTrouble.Refuses, "535 5.7.8 authentication failed", DigiHub.Tests.TestHub.Opening);
        await TestHub.Lay(relay);
        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin/outbox");
        Assert.Contains("535 5.7.8 authentication failed", alan.Text, StringComparison.Ordinal);
        Assert.Contains("(Berlin) werden keine E-Mails gesendet.", alan.Text, StringComparison.Ordinal);
        await alan.Send("form[action='/admin/outbox/resume'] button");

        Assert.DoesNotContain("535", alan.Text, StringComparison.Ordinal);
        Assert.Null((await TestHub.Read(db => db.RelayNow(Stop))).PausedSince);
    }

    /// <summary>Rule 35 of running a hub.</summary>
    [Theory]
    [InlineData("skip", NotificationState.Skipped)]
    [InlineData("send", NotificationState.Planned)]
    public async Task After_a_restore_an_administrator_sees_what_would_leave_and_lets_it_go(string overdue, NotificationState becomes)
    {
        var due = DueEmails.New(ReminderNotifications.OfEvent, "due@example.org", DigiHub.Tests.TestHub.Opening, evt.Start);
        await TestHub.Lay(due);
        await using (var db = TestHub.OpenDb())
        {
            (await db.HubStateToChange(Stop)).Restored(DigiHub.Tests.TestHub.Opening);
            await db.SaveChangesAsync(Stop);
        }

        using var alan = await TestHub.SignIn(Cast.Alan);

        await alan.Open("/admin");
        Assert.Contains("also wohl schon gesendet: E-Mails 1", alan.Text, StringComparison.Ordinal);
        Assert.Contains("wenn sie fällig sind: E-Mails 1", alan.Text, StringComparison.Ordinal);
        await alan.Open("/admin/outbox");
        Assert.Contains("E-Mails und Webhooks ruhen", alan.Text, StringComparison.Ordinal);
        await alan.Send($"form[action='/admin/outbox/release'] button[value={overdue}]");

        Assert.DoesNotContain("ruhen", alan.Text, StringComparison.Ordinal);
        Assert.Equal(becomes, (await Find(due.Id)).State);
        Assert.Equal(NotificationState.Planned, (await Find(planned.Id)).State);
        Assert.Null((await TestHub.Read(db => db.HubStateNow(Stop))).RestingSince);
    }

    [Fact]
    public async Task An_organiser_sees_their_events_emails_but_not_what_they_say()
    {
        using var grace = await TestHub.SignIn(Cast.Grace);

        await grace.Open($"/organise/{evt.Id}/registrations");
        Assert.Contains("1 gesendet, 1 geplant, 1 nicht zustellbar", grace.Text, StringComparison.Ordinal);
        await grace.Open($"/organise/{evt.Id}/emails?state=Failed");
        Assert.Contains("lost@example.org", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reader@example.org", grace.Text, StringComparison.Ordinal);

        foreach (var path in new[] { "/admin/outbox", $"/admin/outbox/{failed.Id}", $"/admin/outbox/{failed.Id}/html" })
        {
            await grace.Open(path);
            Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        }
    }

    [Fact]
    public async Task Others_see_no_emails_of_an_event()
    {
        foreach (var member in new[] { Cast.Ada, Cast.Frieda })
        {
            using var reader = await TestHub.SignIn(member);
            await reader.Open($"/organise/{evt.Id}/emails");
            Assert.Equal(HttpStatusCode.NotFound, reader.Status);
        }
    }

    [Fact]
    public async Task An_attendee_reads_which_mails_they_got_and_why()
    {
        using var guest = TestHub.NewReader(Language.English);
        var token = (await TestHub.Services.GetRequiredService<DigiHub.Keys.HubTokenSigner>().Get(Stop))
            .Close(DigiHub.Keys.TokenPurpose.ManageRegistration, confirmed.SubjectId);

        await guest.Open($"/registrations/{token}");

        Assert.Contains("Registration confirmed", guest.Text, StringComparison.Ordinal);
        Assert.Contains("because you registered", guest.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("550", guest.Text, StringComparison.Ordinal);
    }

    private Task<Notification> Find(Guid id) =>
        TestHub.Read(db => db.Notifications.SingleAsync(notification => notification.Id == id, Stop));

    public sealed class OnSqlite(SqliteDatabase database) : OutboxPagesTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : OutboxPagesTests(database), IClassFixture<PostgresDatabase>;
}
