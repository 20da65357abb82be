using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using DigiHub.Webhooks;

namespace DigiHub.Web.Webhooks;

/// <summary>Writes to the owner of an endpoint that it is told nothing any more.</summary>
public sealed class WebhookEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType kind) => kind == NotificationType.WebhookStopped;

    public Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop) => Task.FromResult(WebhookStopNote.Parse(notification.Note) is { } note
        ? new EmailDraft(
            new Words($"Webhook “{note.Name}” stopped", $"Webhook „{note.Name}“ angehalten").In(notification.Language),
            typeof(WebhookStoppedEmail), new WebhookStoppedFacts(note, links.To($"/webhooks/{note.EndpointId}"), links.HubName))
        : null);
}

public sealed record WebhookStoppedFacts(WebhookStopNote Note, Uri Page, string HubName);
