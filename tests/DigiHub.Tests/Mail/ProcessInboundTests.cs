using System.Diagnostics.Metrics;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Tests.Mail;

/// <summary>What a mail that came back does to the notification it was, and to all that the mail told of.</summary>
public abstract class ProcessInboundTests(TestDatabase database) : HubTests(database)
{
    private static readonly Instant Now = DigiHub.Tests.TestHub.Opening;
    private static int count;

    protected override void ConfigureServices(IServiceCollection services)
    {
        // The reminders here are about nothing.
        foreach (var check in services.Where(service => service.ServiceType == typeof(INotificationCheck)).ToList())
            services.Remove(check);
    }

    // Whatever became of the relay's answer: recorded, not recorded yet, lost with the process, or never known.
    [Theory]
    [InlineData(NotificationState.Sent, NotificationState.Sent)]
    [InlineData(NotificationState.Sending, NotificationState.Sending)]
    [InlineData(NotificationState.Retry, NotificationState.Carried)]
    [InlineData(NotificationState.Failed, NotificationState.Failed)]
    public async Task A_mail_that_comes_back_brings_all_emails_back_that_it_told_of(NotificationState carrier, NotificationState carried)
    {
        var first = New("first", carrier);
        var other = New("other", carried, carriedBy: first);
        await TestHub.Lay(first, other, New("another", NotificationState.Cancelled, carriedBy: first),
            New("strange", NotificationState.Sent));

        await CameBack(first);
        TestHub.Clock.AdvanceHours(3);
        await TestHub.Get<DeliverNotifications>().Run(Stop);

        Assert.Empty(TestHub.Sender.Taken);
        var notifications =
            await TestHub.Read(db => db.Notifications.AsNoTracking().ToDictionaryAsync(notification => notification.Purpose, Stop));
        Assert.Equal((NotificationState.Bounced, NotificationState.Bounced), (notifications["first"].State, notifications["other"].State));
        Assert.Equal((Now, notifications["first"].Reason), (notifications["other"].BouncedAt!.Value, notifications["other"].Reason));
        Assert.Equal((NotificationState.Cancelled, NotificationState.Sent),
            (notifications["another"].State, notifications["strange"].State));
    }

    [Fact]
    public async Task A_bounce_that_overtakes_the_relays_answer_is_not_undone_by_it()
    {
        await TestHub.Lay(New("first", NotificationState.Planned), New("other", NotificationState.Planned));
        TestHub.Sender.Answer = TakenAndBackAtOnce;

        await TestHub.Get<DeliverNotifications>().Run(Stop);

        Assert.Equal([NotificationState.Bounced, NotificationState.Bounced],
            await TestHub.Read(db => db.Notifications.Select(notification => notification.State).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Programs_and_metrics_hear_of_it_once()
    {
        var counted = new List<(long Count, string BounceCause)>();
        var meter = TestHub.Get<MailMeter>().Meter;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "digihub.mail.bounced")
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Add((value, $"{tags[0].Key}={tags[0].Value}")));
        listener.Start();
        await TestHub.Lay(new WebhookEndpoint
        {
            Id = Guid.CreateVersion7(),
            OwnerId = Cast.Alan.Id,
            Name = "chat",
            HiddenUrl = "",
            ShownUrl = "",
            Shape = WebhookShape.Standard,
            Types = " email.failed ",
            CreatedAt = Now,
        });
        var first = New("first", NotificationState.Sent);
        await TestHub.Lay(first, New("other", NotificationState.Sent, carriedBy: first));

        await CameBack(first);
        await CameBack(first); // a second server says so, too

        Assert.Equal([(2L, "blame=NoSuchAddress")], counted);
        Assert.Equal("email.failed", (await TestHub.Read(db => db.WebhookDeliveries.SingleAsync(Stop))).Type);
        var look = await TestHub.Get<NotificationsNow>().Run(Stop);
        Assert.Equal(2, look.CameBack);
    }

    private SendReply TakenAndBackAtOnce(Notification notification)
    {
        Task.Run(() => CameBack(notification)).GetAwaiter().GetResult(); // the tests' sender answers at once
        return new SendReply(SendResult.Taken, "250 OK");
    }

    private async Task CameBack(Notification notification) =>
        await TestHub.Get<ProcessInbound>().Run(Guid.NewGuid().ToString("N"),
            new InboundMessage.Status(notification.Id, MailStatus.Find("5.1.1"),
                "550 5.1.1 <ada@example.org>: no such user", HasFailed: true), Stop);

    private static Notification New(string purpose, NotificationState state, Notification? carriedBy = null) => new()
    {
        Id = new Guid(Interlocked.Increment(ref count), 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), // in the order they are made
        Type = ReminderNotifications.OfEvent,
        SubjectKind = Member.Subject.Name,
        SubjectId = Guid.CreateVersion7(),
        Purpose = purpose,
        RecipientName = PersonName.Of("Ada"),
        RecipientEmail = EmailAddress.Of("ada@example.org"),
        Language = Language.German,
        WrittenAt = Now,
        DueAt = Now,
        NextAttemptAt = Now,
        State = state,
        CarriedBy = carriedBy?.Id,
        LeasedAt = state == NotificationState.Sending ? Now : null,
        SentAt = state == NotificationState.Sent ? Now : null,
        UncertainAt = state is NotificationState.Retry or NotificationState.Failed && carriedBy is null ? Now : null,
        UncertainCount = state is NotificationState.Retry or NotificationState.Failed && carriedBy is null ? 1 : 0,
        Reason = state == NotificationState.Failed ? NotificationReason.Unknown : null,
    };

    public sealed class OnSqlite(SqliteDatabase database) : ProcessInboundTests(database), IClassFixture<SqliteDatabase>;

    public sealed class OnPostgres(PostgresDatabase database) : ProcessInboundTests(database), IClassFixture<PostgresDatabase>;
}
