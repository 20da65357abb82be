using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;
using static DigiHub.Web.Tests.Mail.ReturnedMails;

namespace DigiHub.Web.Tests.Mail;

/// <summary>An inbound mailbox that cannot be read, or not all of it; and what is left in it.</summary>
public abstract class MailboxTroubleTests(TestDatabase database) : InboundMailboxTests(database)
{
    private static readonly byte[] Question = Bytes($"From: ada@example.org\r\nTo: {Mailbox}\r\nSubject: Frage\r\n\r\nWann geht es los?");

    // As where the mailbox is full, or a file of the server's is broken.
    [Fact]
    public async Task A_mail_that_the_server_will_not_move_keeps_no_other_waiting()
    {
        var (first, second) = (await Sent(), await Sent(to: "bob@example.org"));
        await Server.Lay(Mailbox, Bytes(Postfix(first.Id, first.RecipientEmail!.Shown)));
        await Read();
        using (Server.Lock(Mailbox, ReadInbound.Processed))
        {
            await Server.Lay(Mailbox, Bytes(Postfix(second.Id, second.RecipientEmail!.Shown)), Question);
            Assert.Equal(1, await Read());
        }

        Assert.Single(await Server.Mails(Mailbox, ReadInbound.Other));
        Assert.Single(await Server.Mails(Mailbox));
        Assert.Equal(2, await Web.Read(db => db.Suppressions.CountAsync(Stop))); // it was acted on
        Assert.Equal(1, await Read());
        Assert.Equal(2, (await Server.Mails(Mailbox, ReadInbound.Processed)).Count);
    }

    [Fact]
    public async Task Administrators_hear_when_it_cannot_be_read()
    {
        await Read();
        using var monitor = Web.NewClient();
        await Server.DisposeAsync();
        await Read();
        var soon = await monitor.GetStringAsync(new Uri("/health/mail", UriKind.Relative), Stop);
        Web.Clock.AdvanceMinutes(31);
        await Read();

        Assert.Equal(1, await Web.Services.GetRequiredService<WatchNotifications>().Run(Stop));
        var alarm = await Web.Read(db =>
            db.Notifications.AsNoTracking().SingleAsync(notification => notification.Type == OperationsNotifications.Alarm, Stop));
        var written = await Web.Services.GetRequiredService<EmailPreviews>().Of(alarm, Stop);
        Assert.Contains("zurückgekommene E-Mails können nicht gelesen werden", written!.Line.Subject, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"healthy\"", soon, StringComparison.Ordinal);
        var health = await monitor.GetStringAsync(new Uri("/health/mail", UriKind.Relative), Stop);
        Assert.Contains("\"status\":\"degraded\"", health, StringComparison.Ordinal);
        Assert.Contains("\"inboundUnread\":true", health, StringComparison.Ordinal);
        Assert.Contains(
            $"digihub_mail_inbound_read_timestamp_seconds {Now.ToUnixTimeSeconds()}\n",
            await monitor.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_acted_on_is_deleted_in_time_and_what_is_for_people_is_theirs_to_delete()
    {
        var notification = await Sent();
        await Server.Lay(Mailbox, Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown)), Question);
        await Read();
        var reader = Web.Services.GetRequiredService<ReadInbound>();
#pragma warning disable RS0030 // the server dates mail by the real clock
        Web.Clock.Reset(SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(29));
#pragma warning restore RS0030
        await reader.Tidy(Stop);
        var kept = (await Server.Mails(Mailbox, ReadInbound.Processed)).Count;
        Web.Clock.AdvanceDays(3);
        await reader.Tidy(Stop);

        Assert.Equal(1, kept);
        Assert.Empty(await Server.Mails(Mailbox, ReadInbound.Processed));
        Assert.Single(await Server.Mails(Mailbox, ReadInbound.Other));
    }

    public sealed class OnSqlite(SqliteDatabase database) : MailboxTroubleTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : MailboxTroubleTests(database), IClassFixture<PostgresDatabase>;
}
