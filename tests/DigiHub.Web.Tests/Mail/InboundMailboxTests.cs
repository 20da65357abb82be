using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Tests;
using DigiHub.Web.Mail;
using DigiHub.Web.Tests.Notifications;
using MailKit.Net.Imap;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Web.Tests.Mail;

/// <summary>
/// A hub with an inbound mailbox on a real IMAP server; the tests read it by hand. One event in three days,
/// one seat taken by reader@example.org.
/// </summary>
public abstract class InboundMailboxTests(TestDatabase database) : IAsyncLifetime
{
    protected const string Mailbox = "bounce@hub.test";
    protected static readonly Instant Now = TestHub.Opening;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected ImapServer Server { get; private set; } = null!;

    protected WebTestHub Web { get; private set; } = null!;

    /// <summary>What the hub reads with.</summary>
    protected Func<ImapClient> NewClient { get; set; } = null!;

    protected Event Hosted { get; private set; } = null!;

    protected Registration Seat { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        database.SkipUnlessAvailable();
        Server = await ImapServer.Start(Mailbox);
        NewClient = () => Server.NewClient();
        Web = await WebTestHub.Open(database, new WebTestHubOptions
        {
            // of what comes back and of a mailbox in trouble
            Warnings = ["Warning DigiHub.Mail.", "Warning DigiHub.Web.Mail.", "DigiHub.Operations.WatchNotifications"],
            Settings = new Dictionary<string, string?>
            {
                ["Jobs:Workers"] = "0",
                ["Metrics:AllowedAddresses:0"] = "127.0.0.1",
                ["Mail:TimeoutSeconds"] = "40",
                ["Mail:BounceAddress"] = Mailbox,
                ["Mail:Inbound:Host"] = "localhost",
                ["Mail:Inbound:Port"] = $"{Server.TlsPort}",
                ["Mail:Inbound:User"] = Mailbox,
                ["Mail:Inbound:Password"] = ImapServer.Password,
            },
            ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<Func<ImapClient>>(() => NewClient())),
        });
        Hosted = DueEmails.NewEvent(Web.Cast, Now, Now + Duration.FromDays(3));
        Seat = DueEmails.NewRegistration(Hosted, Guid.CreateVersion7(), "reader@example.org");
        await Web.Lay(Hosted, Seat);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Web is not null)
            await Web.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<int> Read() => Web.Services.GetRequiredService<ReadInbound>().Run(Stop);

    /// <summary>A confirmation that has left.</summary>
    protected async Task<Notification> Sent(string to = "reader@example.org")
    {
        var notification = DueEmails.New(RegistrationNotifications.Confirmed, to, Now, Hosted.Start);
        (notification.State, notification.SentAt) = (NotificationState.Sent, Now);
        await Web.Lay(notification);
        return notification;
    }
}
