using System.Net;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Registrations;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Web.Tests.Mail;

/// <summary>Rule 19: who registers or moves up when a reminder is due gets an e-mail that says what it would have said.</summary>
public sealed class LateEmailsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private EmailSamples samples = null!;

    protected override WebTestHubOptions Options =>
        new() { Settings = new Dictionary<string, string?> { ["PublicUrl"] = "https://hub.example", ["Jobs:Workers"] = "0" } };

    public static TheoryData<string, Language> EveryLateEmail => new(
        from type in new[] { RegistrationNotifications.Confirmed, RegistrationNotifications.Promoted }
        from language in Enum.GetValues<Language>()
        select (type.Name, language));

    [Theory]
    [MemberData(nameof(EveryLateEmail))]
    public async Task Says_in_both_forms_that_it_reminds_too_when_it_begins_where_and_what_to_bring(string type, Language language)
    {
        using var reminder = await Write(samples.Of(ReminderNotifications.OfEvent, language));
        using var late = await Write(samples.Of(samples.Find(NotificationType.Of(type), "late"), language));
        using var usual = await Write(samples.Of(NotificationType.Of(type), language));

        foreach (var (form, said) in new[] { (late.TextBody!, reminder.TextBody!), (WebUtility.HtmlDecode(late.HtmlBody!),
            WebUtility.HtmlDecode(reminder.HtmlBody!)) })
        {
            Assert.Contains(language == Language.German ? "zugleich Ihre Erinnerung" : "your reminder too", form, StringComparison.Ordinal);
            Assert.Contains(language == Language.German ? "Ticket bereithalten" : "have your ticket ready", form, StringComparison.Ordinal);
            foreach (var fact in new[] {
                "18:00", "Warschauer Straße 1", "https://meet.example/iot",
                "https://hub.example/tickets/", "https://hub.example/registrations/" })
            {
                Assert.Contains(fact, said, StringComparison.Ordinal);
                Assert.Contains(fact, form, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(language == Language.German ? "Erinnerung" : "reminder", usual.TextBody!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventFormat.InPerson, true, false)]
    [InlineData(EventFormat.Online, false, true)]
    [InlineData(EventFormat.Hybrid, true, true)]
    public async Task Asks_for_nothing_that_the_event_does_not_need(EventFormat format, bool ticket, bool link)
    {
        await using (var db = TestHub.OpenDb())
        {
            db.Attach(samples.World.Event);
            samples.World.Event.Format = format;
            await db.SaveChangesAsync(Stop);
        }

        using var late = await Write(samples.Of(samples.Find(RegistrationNotifications.Confirmed, "late"), Language.English));

        Assert.Equal(ticket, late.TextBody!.Contains("ticket ready", StringComparison.Ordinal));
        Assert.Equal(link, late.TextBody!.Contains("link below", StringComparison.Ordinal));
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        samples = EmailSamples.In(await TestHub.Services.GetRequiredService<Catalogue>().Map(Stop),
            TestHub.Services.GetServices<IEmailAuthor>(), Cast.Ada.Id, DigiHub.Tests.TestHub.Opening)!;
        await TestHub.Lay([.. samples.Rows]);
    }

    private async Task<MimeMessage> Write(Notification notification) =>
        await TestHub.Services.GetRequiredService<EmailMessages>().Write(notification, Stop)
            ?? throw new InvalidOperationException($"Nothing was written for {notification.Type}.");
}
