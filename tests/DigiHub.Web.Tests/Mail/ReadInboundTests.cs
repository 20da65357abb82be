using System.Text;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Events;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Notifications;
using DigiHub.Web.Operations;
using DigiHub.Web.Tests.Notifications;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using static DigiHub.Web.Tests.Mail.ReturnedMails;

namespace DigiHub.Web.Tests.Mail;

/// <summary>The inbound mailbox on a real IMAP server, from the mail to what it does.</summary>
public abstract class ReadInboundTests(TestDatabase database) : InboundMailboxTests(database)
{
    [Fact]
    public async Task A_hard_bounce_marks_the_email_and_suspends_the_address()
    {
        var notification = await Sent();
        await Server.Lay(Mailbox, Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown)));

        Assert.Equal(1, await Read());

        var row = await Web.Read(db => db.Notifications.SingleAsync(Stop));
        Assert.Equal((NotificationState.Bounced, Now), (row.State, row.BouncedAt));
        Assert.Equal(NotificationReason.Bounced, row.Reason);
        Assert.Contains("5.1.1", row.SmtpReply, StringComparison.Ordinal);
        var suspended = await Web.Read(db => db.Suppressions.SingleAsync(Stop));
        Assert.Equal(("READER@EXAMPLE.ORG", SuppressionReason.HardBounce, SuppressionScope.Everything),
            (suspended.NormalizedEmail, suspended.Reason, suspended.Scope));
        Assert.Empty(await Server.Mails(Mailbox));
        Assert.Single(await Server.Mails(Mailbox, ReadInbound.Processed));
    }

    [Fact]
    public async Task Each_is_acted_on_once_though_it_comes_twice_or_the_reader_died_before_it_was_moved()
    {
        var notification = await Sent();
        var mail = Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown, status: "5.2.2"));
        await Server.Lay(Mailbox, mail, mail);

        Assert.Equal(2, await Read());
        await Server.Lay(Mailbox, mail); // as one that was acted on and then not moved away
        Assert.Equal(1, await Read());

        Assert.Equal(1, await Web.Read(db => db.InboundRecords.CountAsync(Stop)));
        Assert.Equal(1, await Web.Read(db => db.BounceRecords.CountAsync(Stop)));
        Assert.Equal(3, (await Server.Mails(Mailbox, ReadInbound.Processed)).Count);
    }

    [Fact]
    public async Task Two_readers_at_once_do_no_harm()
    {
        var notifications = new List<Notification>();
        for (var i = 0; i < 10; i++)
            notifications.Add(await Sent(to: $"reader{i}@example.org"));
        await Server.Lay(Mailbox,
            notifications.Select(notification => Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown))));

        await Task.WhenAll(Read(), Read());
        await Read();

        Assert.Equal(10, await Web.Read(db => db.Suppressions.CountAsync(Stop)));
        Assert.Equal(10, await Web.Read(db => db.InboundRecords.CountAsync(Stop)));
        Assert.Empty(await Server.Mails(Mailbox));
    }

    [Theory]
    [InlineData("Search completed", 1)]
    [InlineData("Fetch completed", 2)]
    public async Task A_mail_that_somebody_moves_under_the_readers_hands_is_theirs_and_nobodys_trouble(string after, int acted)
    {
        var (mine, theirs) = (await Sent(), await Sent(to: "bob@example.org"));
        await Server.Lay(Mailbox, Bytes(Postfix(theirs.Id, theirs.RecipientEmail!.Shown)),
            Bytes(Postfix(mine.Id, mine.RecipientEmail!.Shown)));
        var person = new Interloper(after, () => Server.Take(Mailbox, index: 0, to: "Mine"));
        NewClient = () => Server.NewClient(person);

        Assert.InRange(await Read(), 1, 2);

        Assert.True(person.HasActed);
        Assert.Empty(await Server.Mails(Mailbox));
        Assert.Single(await Server.Mails(Mailbox, "Mine"));
        Assert.Single(await Server.Mails(Mailbox, ReadInbound.Processed));
        Assert.Empty(await Server.Mails(Mailbox, ReadInbound.Other));
        Assert.Empty(await Server.Mails(Mailbox, ReadInbound.Unreadable));
        Assert.Equal(acted, await Web.Read(db => db.InboundRecords.CountAsync(mail => mail.Kind == InboundKind.Bounce, Stop)));
        Assert.Equal(acted, await Web.Read(db => db.InboundRecords.CountAsync(Stop)));
        Assert.DoesNotContain(Web.Log, line => line.Category.Contains("Inbound", StringComparison.Ordinal)
            && line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_delay_is_noted_and_nothing_else()
    {
        var notification = await Sent();
        await Server.Lay(Mailbox, Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown, "4.4.1", "delayed")));

        await Read();

        Assert.Equal(NotificationState.Sent, await Web.Read(db => db.Notifications.Select(row => row.State).SingleAsync(Stop)));
        var mail = await Web.Read(db => db.InboundRecords.SingleAsync(Stop));
        Assert.Equal((InboundKind.Delay, notification.Id), (mail.Kind, mail.NotificationId));
        Assert.Equal(0, await Web.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task An_email_given_up_after_days_of_later_bounced_but_its_address_stays()
    {
        var notification = await Sent();
        await Server.Lay(Mailbox, Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown, "4.4.1")));

        await Read();

        Assert.Equal(NotificationState.Bounced, await Web.Read(db => db.Notifications.Select(row => row.State).SingleAsync(Stop)));
        Assert.Equal(0, await Web.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_complaint_ends_reminders_and_leaves_the_rest()
    {
        var notification = await Sent();
        await Server.Lay(Mailbox, Bytes(Complaint(notification.Id)));

        await Read();

        var suppressed = await Web.Read(db => db.Suppressions.SingleAsync(Stop));
        Assert.Equal((SuppressionScope.Reminders, SuppressionReason.Complaint), (suppressed.Scope, suppressed.Reason));
    }

    [Fact]
    public async Task What_is_unreadable_or_for_people_is_laid_aside_and_keeps_nobody_waiting()
    {
        var notification = await Sent();
        await Server.Lay(Mailbox,
            Bytes($"From: eve@example.org\r\nTo: {Mailbox}\r\nSubject: "
                + $"large\r\n\r\n{string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 20_000))}"),
            Bytes($"From: eve@example.org\r\nTo: {Mailbox}\r\nContent-Type: text/calendar; "
                + "method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nDTSTART:nonsense\r\nRRULE:FREQ=NEVER\r\n"),
            Bytes($"From: ada@example.org\r\nTo: {Mailbox}\r\nSubject: Frage\r\n\r\nWann geht es los?"),
            Bytes(Holiday(notification.Id, "ada@example.org")),
            Bytes(Postfix(Guid.NewGuid(), "stranger@example.org")),
            Bytes(Postfix(notification.Id, notification.RecipientEmail!.Shown)));

        Assert.Equal(6, await Read());

        Assert.Empty(await Server.Mails(Mailbox));
        Assert.InRange((await Server.Mails(Mailbox, ReadInbound.Unreadable)).Count, 1, 2);
        Assert.InRange((await Server.Mails(Mailbox, ReadInbound.Other)).Count, 3, 4);
        Assert.Single(await Server.Mails(Mailbox, ReadInbound.Processed));
        Assert.Equal(1, await Web.Read(db => db.Suppressions.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_decline_asks_the_person_by_email_and_frees_nothing_before_they_confirm()
    {
        await Server.Lay(Mailbox, Bytes(Reply($"event-{Hosted.Id:N}@{(await Web.Name()).Text}", Seat.Email, "DECLINED")),
            Bytes(Reply($"event-{Hosted.Id:N}@{(await Web.Name()).Text}", Seat.Email, "DECLINED")));

        await Read();

        var asked = await Web.Read(db => db.Notifications.AsNoTracking().SingleAsync(Stop)); // once, though it came twice
        Assert.Equal((CalendarNotifications.DeclineToConfirm, Seat.Email, Seat.Id),
            (asked.Type, asked.RecipientEmail!.Shown, asked.SubjectId));
        Assert.Equal(RegistrationStatus.Confirmed, await Status());

        using var reader = Web.NewReader();
        await reader.Open(
            (await Web.Services.GetRequiredService<DigiHub.Web.Notifications.EmailLinks>().Decline(asked.Id, Stop)).AbsolutePath);
        Assert.Equal(RegistrationStatus.Confirmed, await Status());
        await reader.Send("form button.danger");

        Assert.Equal(RegistrationStatus.Cancelled, await Status());
        await reader.Open(reader.Address.AbsolutePath); // and an old link does nothing to a newer registration
        Assert.Contains("Es wurde nichts storniert", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_booking_is_cancelled_only_when_its_member_confirms()
    {
        var booked = await Web.Services.GetRequiredService<BookSpace>().Run(
            new BookSpaceRequest
            {
                ActorId = Web.Cast.Ada.Id,
                SpaceId = Web.Cast.Spree.Id,
                When = When.Between(new(2026, 11, 25, 9, 0), new(2026, 11, 25, 10, 0)),
            }, Stop);
        var booking = booked.Value;
        await Server.Lay(Mailbox,
            Bytes(Reply($"booking-{booking.Id:N}@{(await Web.Name()).Text}", Web.Cast.Bob.Email)),
            Bytes(Reply($"booking-{booking.Id:N}@{(await Web.Name()).Text}", Web.Cast.Ada.Email)));

        await Read();

        var asked = await Web.Read(db =>
            db.Notifications.AsNoTracking().SingleAsync(notification => notification.Type == CalendarNotifications.DeclineToConfirm, Stop));
        Assert.Equal(Web.Cast.Ada.Email, asked.RecipientEmail!.Shown);
        using var reader = Web.NewReader();
        await reader.Open(
            (await Web.Services.GetRequiredService<DigiHub.Web.Notifications.EmailLinks>().Decline(asked.Id, Stop)).AbsolutePath);
        Assert.Equal(BookingStatus.Confirmed, await Web.Read(db => db.Bookings.Select(one => one.Status).SingleAsync(Stop)));
        await reader.Send("form button.danger");
        Assert.Equal(BookingStatus.Cancelled, await Web.Read(db => db.Bookings.Select(one => one.Status).SingleAsync(Stop)));
    }

    [Theory]
    [InlineData("ACCEPTED", "reader@example.org", 0, "accepted")]
    [InlineData("TENTATIVE", "reader@example.org", 0, "tentative")]
    [InlineData("DECLINED", "eve@example.org", 0, "not their entry")]
    [InlineData("DECLINED", "reader@example.org", -1, "stale")]
    public async Task Other_answers_are_only_noted(string answer, string from, int sequence, string note)
    {
        await Server.Lay(Mailbox, Bytes(Reply($"event-{Hosted.Id:N}@{(await Web.Name()).Text}", from, answer, sequence)));

        await Read();

        var mail = await Web.Read(db => db.InboundRecords.SingleAsync(Stop));
        Assert.Equal((InboundKind.Reply, note), (mail.Kind, mail.Note));
        Assert.Equal(0, await Web.Read(db => db.Notifications.CountAsync(Stop)));
    }

    [Fact]
    public async Task The_doctor_tells_whether_the_mailbox_can_be_read()
    {
        var well = await Look();
        await Server.DisposeAsync();
        var ill = await Look();

        Assert.True(well.IsWell, well.Why);
        Assert.False(ill.IsWell);
        Assert.Equal(0, await Read()); // and the reader only says so in the log

        async Task<Finding> Look()
        {
            await foreach (var finding in Web.Services.GetRequiredService<Doctor>().Look(Stop))
            {
                if (finding.Name == "inbound mailbox")
                    return finding;
            }

            throw new InvalidOperationException("The doctor did not look at the inbound mailbox.");
        }
    }

    private Task<RegistrationStatus> Status() =>
        Web.Read(db => db.Registrations.Where(one => one.Id == Seat.Id).Select(one => one.Status).SingleAsync(Stop));

    /// <summary>Acts once, when the server has just said something and before the client says the next.</summary>
    private sealed class Interloper(string after, Action act) : IProtocolLogger
    {
        public bool HasActed { get; private set; }

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
        }

        public void LogServer(byte[] buffer, int offset, int count)
        {
            if (HasActed || !Encoding.ASCII.GetString(buffer, offset, count).Contains(after, StringComparison.Ordinal))
                return;
            HasActed = true;
            act();
        }

        public void Dispose()
        {
        }
    }

    public sealed class OnSqlite(SqliteDatabase database) : ReadInboundTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ReadInboundTests(database), IClassFixture<PostgresDatabase>;
}
