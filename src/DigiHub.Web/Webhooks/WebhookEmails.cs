using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using DigiHub.Webhooks;

namespace DigiHub.Web.Webhooks;

/// <summary>E-mails the owner of an endpoint that it was stopped.</summary>
public sealed class WebhookEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == WebhookNotifications.Stopped;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var id = new Guid("0198b1a0-0000-7000-8000-00000000e000");
        var failing = new EmailSample(WebhookNotifications.Stopped, WebhookEndpoint.Subject.Of(id))
        {
            Note = new WebhookStopNote(id, "Hub-Chat", WebhookStop.Failing, "HTTP 503").Written,
        };
        return
        [
            failing,
            Of(WebhookStop.Gone, new("When the receiving end no longer exists", "Wenn es die Empfangsseite nicht mehr gibt")),
            Of(WebhookStop.Full, new("When too many deliveries are waiting", "Wenn zu viele Zustellungen warten")),
        ];

        EmailSample Of(WebhookStop why, Words occasion) =>
            failing with { Reading = why.ToString(), Occasion = occasion, Note = new WebhookStopNote(id, "Hub-Chat", why, "").Written };
    }

    public Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop) =>
        Task.FromResult(WebhookStopNote.Parse(notification.Note) is { } note
            ? new EmailDraft(
                new Words($"Webhook “{note.Name}” stopped", $"Webhook „{note.Name}“ angehalten").In(notification.Language),
                typeof(WebhookStoppedEmail), new WebhookStoppedFacts(note, links.To(Paths.Webhook(note.EndpointId)), links.HubName))
            : null);
}

public sealed record WebhookStoppedFacts(WebhookStopNote Note, Uri Page, string HubName);
