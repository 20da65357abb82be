using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Webhooks;

/// <summary>Stops an endpoint: its owner is notified with the reason. Waiting deliveries are kept, and go out when it is resumed.</summary>
internal static class WebhookStops
{
    extension(HubDb db)
    {
        /// <summary>In the caller's transaction.</summary>
        /// <param name="said">The last answer, or why there was none.</param>
        public async Task StopEndpoint(WebhookEndpoint endpoint, WebhookStop why, string said, Instant now, CancellationToken stop)
        {
            endpoint.Stop(why, now);
            db.Record(now, actorId: null, WebhookActs.Stopped, endpoint.Id, why.ToString());
            var owner = await db.Members.AsNoTracking().SingleAsync(member => member.Id == endpoint.OwnerId, stop);
            db.Write(Notification.To(
                Recipient.Of(owner), WebhookNotifications.Stopped,
                WebhookEndpoint.Subject.Of(endpoint.Id), now, revision: $"{now.ToUnixTimeSeconds()}",
                note: new WebhookStopNote(endpoint.Id, endpoint.Name, why, said).Written));
        }
    }
}

/// <summary>What the notification about a stopped endpoint tells, as its Note carries it.</summary>
public sealed record WebhookStopNote(Guid EndpointId, string Name, WebhookStop Why, string Said)
{
    public string Written => $"{EndpointId:N}\n{Name}\n{Why}\n{Said}";

    public static WebhookStopNote? Parse(string? note) =>
        note?.Split('\n', 4) is [var id, var name, var why, var said]
            && Guid.TryParseExact(id, "N", out var endpoint) && Enum.TryParse<WebhookStop>(why, out var known)
            ? new(endpoint, name, known, said)
            : null;
}
