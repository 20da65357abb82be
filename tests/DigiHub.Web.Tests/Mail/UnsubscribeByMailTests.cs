using System.Text;
using DigiHub.Activity;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Web.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DigiHub.Web.Tests.Mail;

/// <summary>For mail programs that unsubscribe by mail (RFC 2369): from the header of a reminder to what the written mail does.</summary>
public abstract class UnsubscribeByMailTests(TestDatabase database) : InboundMailboxTests(database)
{
    [Fact]
    public async Task A_reminder_names_both_ways_to_unsubscribe_and_the_one_by_mail_acts_as_the_button_does()
    {
        var written = await AsAMailProgramWrites();
        Assert.Equal(Mailbox, written.To);

        await Server.Lay(Mailbox, Mail(written.Subject));
        Assert.Equal(1, await Read());

        Assert.False(await WantsReminders());
        Assert.Equal(InboundKind.Unsubscribe, (await Web.Read(db => db.InboundRecords.SingleAsync(Stop))).Kind);
        Assert.Single(await Server.Mails(Mailbox, ReadInbound.Processed));
        Assert.Equal(1, await Web.Read(db => db.Activity.CountAsync(entry => entry.Act == "registration.reminders_stopped", Stop)));
    }

    [Fact]
    public async Task Who_wants_reminders_after_all_keeps_them_though_the_mail_is_met_again()
    {
        var mail = Mail((await AsAMailProgramWrites()).Subject);
        await Server.Lay(Mailbox, mail);
        await Read();
        await Web.Services.GetRequiredService<StopReminders>().Resume(await TokenSigner(TokenPurpose.Unsubscribe), Stop);

        await Server.Lay(Mailbox, mail);
        await Read();

        Assert.True(await WantsReminders());
    }

    // Anybody can write to the mailbox, in anybody's name.
    [Fact]
    public async Task A_mail_without_our_token_stops_nothing_and_is_left_for_people()
    {
        var token = await TokenSigner(TokenPurpose.Unsubscribe);
        await Server.Lay(Mailbox,
            Mail("unsubscribe"), Mail("unsubscribe me please from all your e-mails at once, I am the reader!"),
            Mail($"unsubscribe {new string('A', 43)}"), Mail($"unsubscribe {Seat.Id}"),
            Mail($"unsubscribe {token[..42]}"), Mail($"unsubscribe {token}{token}"),
            Mail($"unsubscribe {(token[0] == 'A' ? 'B' : 'A')}{token[1..]}"),
            Mail($"unsubscribe {await TokenSigner(TokenPurpose.ManageRegistration)}"));

        Assert.Equal(8, await Read());

        Assert.True(await WantsReminders());
        Assert.Equal(8, (await Server.Mails(Mailbox, ReadInbound.Other)).Count);
        Assert.All(await Web.Read(db => db.InboundRecords.ToListAsync(Stop)), mail => Assert.Equal(InboundKind.Other, mail.Kind));
    }

    [Theory]
    [InlineData("Unsubscribe {0}")]
    [InlineData("unsubscribe+{0}")]
    [InlineData("[extern] unsubscribe  {0}")]
    public async Task Programs_and_servers_on_the_way_may_dress_the_subject(string subject)
    {
        await Server.Lay(Mailbox,
            Mail(string.Format(System.Globalization.CultureInfo.InvariantCulture, subject, await TokenSigner(TokenPurpose.Unsubscribe))));

        await Read();

        Assert.False(await WantsReminders());
    }

    /// <summary>What the header of a reminder that has left has it write.</summary>
    private async Task<(string To, string Subject)> AsAMailProgramWrites()
    {
        var reminder = DueEmails.New(ReminderNotifications.OfEvent, Seat.Email, Now, Hosted.Start, registration: Seat.Id);
        await Web.Lay(reminder);
        await using (var scope = Web.Services.CreateAsyncScope())
            Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop));
        using var mail =
            await MimeMessage.LoadAsync(Assert.Single(Web.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories)).FullName, Stop);

        var ways = mail.Headers[HeaderId.ListUnsubscribe]!.Split(", ");
        Assert.Equal($"<{await Web.Services.GetRequiredService<EmailLinks>().Unsubscribe(Seat.Id, Stop)}>", ways[0]);
        var written = new Uri(ways[1].Trim('<', '>'));
        Assert.Equal("mailto", written.Scheme);
        return ($"{written.UserInfo}@{written.Host}", Uri.UnescapeDataString(written.Query["?subject=".Length..]));
    }

    private byte[] Mail(string subject) => Encoding.ASCII.GetBytes(
        $"From: {Seat.Email}\r\nTo: {Mailbox}\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: "
            + $"<{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(subject)))}"
            + "@example.org>\r\n\r\n\r\n");

    private async Task<string> TokenSigner(TokenPurpose purpose) =>
        (await Web.Services.GetRequiredService<HubTokenSigner>().Get(Stop)).Close(purpose, Seat.Id);

    private Task<bool> WantsReminders() => Web.Read(db => db.Registrations.Select(one => one.WantsReminders).SingleAsync(Stop));

    public sealed class OnSqlite(SqliteDatabase database) : UnsubscribeByMailTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : UnsubscribeByMailTests(database), IClassFixture<PostgresDatabase>;
}
