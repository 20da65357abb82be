using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Notifications;
using DigiHub.Web.Registrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace DigiHub.Web.Tests.Mail;

/// <summary>Faults of the hub's own in writing an e-mail.</summary>
public sealed class FaultyEmailsTests(SqliteDatabase database) : WebHubTests(database), IClassFixture<SqliteDatabase>
{
    private Func<EmailDraft, EmailDraft> fault = draft => draft;

    protected override WebTestHubOptions Options => new()
    {
        Settings = new Dictionary<string, string?> { ["Jobs:Workers"] = "0" },
        ConfigureServices = services =>
        {
            services.RemoveAll<IEmailAuthor>();
            services.AddSingleton<RegistrationEmails>();
            services.AddSingleton<IEmailAuthor>(provider =>
                new FaultyAuthor(provider.GetRequiredService<RegistrationEmails>(), draft => fault(draft)));
        },
    };

    [Fact]
    public async Task A_fault_in_the_calendar_part_does_not_cost_the_mail()
    {
        TestHub.Expect("leaves without its calendar part");
        fault = draft => draft with
        {
            Calendar = draft.Calendar! with
            {
                Entries =
                [
                    .. draft.Calendar.Entries.Select(entry => entry with
                    {
                        Series = new CalendarSeries(CalendarFrequency.Day, 2),
                        InPlaceOf = entry.When.Start,
                    }),
                ],
            },
        };

        var notification = await Deliver();

        Assert.Equal((NotificationState.Sent, null), (notification.State, notification.ToldSequence));
        using var mail =
            await MimeMessage.LoadAsync(Assert.Single(TestHub.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories)).FullName, Stop);
        Assert.Contains(DueEmails.Title, mail.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.BodyParts, part => part.ContentType.IsMimeType("text", "calendar"));
        Assert.Contains(TestHub.Log, line => line.Level == LogLevel.Error
            && line.ToString()!.Contains("calendar part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_in_the_picture_of_the_ticket_does_not_cost_the_mail()
    {
        TestHub.Expect("leaves without its ticket picture");
        fault = draft => draft with { TicketCode = () => throw new InvalidOperationException("A fault of the test.") };

        var notification = await Deliver();

        Assert.Equal(NotificationState.Sent, notification.State);
        using var mail =
            await MimeMessage.LoadAsync(Assert.Single(TestHub.DataFolder.GetFiles("*.eml", SearchOption.AllDirectories)).FullName, Stop);
        Assert.Contains("/tickets/", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.BodyParts, part => part.ContentType.IsMimeType("image", "png"));
        Assert.Contains(mail.BodyParts, part => part.ContentType.IsMimeType("text", "calendar"));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_is_in_the_outbox_as_given_up_and_somebodys_alarm()
    {
        TestHub.Expect("cannot be written");
        TestHub.Expect("DigiHub.Mail.");
        TestHub.Expect("DigiHub.Operations.WatchNotifications");
        fault = _ => throw new InvalidOperationException("A fault of the test.");

        var notification = await Deliver();

        Assert.Equal((NotificationState.Failed, NotificationReason.Unwritable, 1),
            (notification.State, notification.Reason, notification.Attempts));
        await using var scope = TestHub.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<WatchNotifications>().Run(Stop));
        Assert.Null(await scope.ServiceProvider.GetRequiredService<EmailPreviews>().Of(notification, Stop));
        Assert.Contains("bug in DigiHub", notification.Advice!.Value.English, StringComparison.Ordinal);
    }

    private async Task<Notification> Deliver()
    {
        var now = DigiHub.Tests.TestHub.Opening;
        var evt = DueEmails.NewEvent(Cast, now, now + Duration.FromDays(3));
        var notification = DueEmails.New(RegistrationNotifications.Confirmed, "ada@example.org", now, evt.Start);
        await TestHub.Lay(evt, DueEmails.NewRegistration(evt, notification.SubjectId, notification.RecipientEmail!.Shown), notification);
        await using var scope = TestHub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DeliverNotifications>().Run(Stop);
        return await TestHub.Read(db => db.Notifications.AsNoTracking().SingleAsync(one => one.Id == notification.Id, Stop));
    }

    private sealed class FaultyAuthor(IEmailAuthor author, Func<EmailDraft, EmailDraft> fault) : IEmailAuthor
    {
        public bool Writes(NotificationType type) => author.Writes(type);

        public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop) =>
            await author.Draft(db, notification, stop) is { } draft ? fault(draft) : null;

        public IEnumerable<EmailSample> Samples(SampleWorld world) => author.Samples(world);
    }
}
