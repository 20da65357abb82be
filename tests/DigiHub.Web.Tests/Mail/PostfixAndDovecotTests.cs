using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Notifications;
using MailKit.Net.Imap;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;

namespace DigiHub.Web.Tests.Mail;

/// <summary>The whole way through mail servers that real hubs use: our e-mails, a relay, a mailbox, and what comes back.</summary>
public abstract class PostfixAndDovecotTests(TestDatabase database)
{
    public sealed class OnSqlite(SqliteDatabase database) : PostfixAndDovecotTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : PostfixAndDovecotTests(database), IClassFixture<PostgresDatabase>;

    private const string Mailbox = "bounce@hub.test", Ada = "ada@hub.test", Nobody = "nobody@hub.test";

    private static readonly Instant Now = TestHub.Opening;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_email_arrives_as_it_was_sent_and_one_to_nobody_comes_back_and_shows_on_the_registration()
    {
        await using var imap = await ImapServer.Start(Mailbox, Ada);
        await using var postfix = await PostfixServer.Start(imap.LmtpPort);
        await using var web = await Open(postfix, imap);
        var evt = DueEmails.NewEvent(web.Cast, Now, Now + Duration.FromDays(2));
        var (toAda, toNobody) = (NewEmail(Ada), NewEmail(Nobody));
        await web.Lay(evt, DueEmails.NewRegistration(evt, toAda.SubjectId, Ada),
            DueEmails.NewRegistration(evt, toNobody.SubjectId, Nobody));
        await web.Lay(toAda, toNobody);

        Assert.Equal(2, await Deliver(web));

        var arrived = Assert.Single(await imap.WaitFor(Ada, 1));
        using var sent = await web.Services.GetRequiredService<EmailMessages>().Write(
            await web.Read(db => db.Notifications.AsNoTracking().SingleAsync(notification => notification.Id == toAda.Id, Stop)), Stop);
        Assert.Equal(sent!.TextBody!.ReplaceLineEndings("\n").Trim(), arrived.TextBody!.ReplaceLineEndings("\n").Trim());
        Assert.Equal(sent.HtmlBody!.ReplaceLineEndings("\n").Trim(), arrived.HtmlBody!.ReplaceLineEndings("\n").Trim());
        foreach (var header in sent.Headers)
            Assert.Equal(header.Value, arrived.Headers[header.Field] ?? arrived.Body!.Headers[header.Field]);
        Assert.Equal(Calendar(sent), Calendar(arrived));
        var bounce = Assert.Single(await imap.WaitFor(Mailbox, 1));
        Assert.IsType<MultipartReport>(bounce.Body);

        Assert.Equal(1, await web.Services.GetRequiredService<ReadInbound>().Run(Stop));

        var notifications = await web.Read(db =>
            db.Notifications.AsNoTracking().ToDictionaryAsync(notification => notification.RecipientEmail!.Shown, Stop));
        Assert.Equal((NotificationState.Sent, NotificationState.Bounced), (notifications[Ada].State, notifications[Nobody].State));
        Assert.Equal(("NOBODY@HUB.TEST", SuppressionReason.HardBounce), await web.Read(db =>
            db.Suppressions.AsNoTracking().SingleAsync(Stop)) is var one ? (one.NormalizedEmail, one.Reason) : default);
        using var reader = web.NewReader();
        await reader.Open((await web.Services.GetRequiredService<EmailLinks>().Registration(toNobody.SubjectId, Stop)).AbsolutePath);
        Assert.Contains("Unsere E-Mails erreichen Sie nicht", reader.Text, StringComparison.Ordinal);
    }

    private async Task<WebTestHub> Open(PostfixServer postfix, ImapServer imap) => await WebTestHub.Open(database, new WebTestHubOptions
    {
        Warnings = ["Warning DigiHub.Mail."], // of e-mails that come back
        Settings = new Dictionary<string, string?>
        {
            ["Jobs:Workers"] = "0", // the test delivers and reads by hand
            ["Mail:Mode"] = "Smtp",
            ["Mail:Host"] = "localhost",
            ["Mail:Port"] = $"{postfix.Port}",
            ["Mail:Security"] = "None",
            ["Mail:From"] = "hub@hub.test",
            ["Mail:BounceAddress"] = Mailbox,
            ["Mail:TimeoutSeconds"] = "20",
            ["Mail:Inbound:Host"] = "localhost",
            ["Mail:Inbound:Port"] = $"{imap.Port}",
            ["Mail:Inbound:Security"] = "StartTls",
            ["Mail:Inbound:User"] = Mailbox,
            ["Mail:Inbound:Password"] = ImapServer.Password,
        },
        ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<Func<ImapClient>>(imap.NewClient)),
    });

    private static string Calendar(MimeMessage message) =>
        message.BodyParts.OfType<TextPart>()
            .Single(part => part.ContentType.IsMimeType("text", "calendar")).Text.ReplaceLineEndings("\n").Trim();

    private static Notification NewEmail(string to) =>
        DueEmails.New(RegistrationNotifications.Confirmed, to, Now, Now + Duration.FromDays(2));

    private static async Task<int> Deliver(WebTestHub web)
    {
        await using var scope = web.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
    }
}
