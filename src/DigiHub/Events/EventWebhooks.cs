using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Events;

/// <summary>What programs of others are told of events; their organiser's, too.</summary>
internal sealed class EventWebhooks : IWebhookSubject
{
    public SubjectKind Kind => Event.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("event.published", new("Event published", "Veranstaltung veröffentlicht"), EventActs.Published, EventActs.Reinstated),
        new("event.changed", new("Event changed", "Veranstaltung geändert"), EventActs.Moved, EventActs.Edited, EventActs.Recomputed),
        new("event.cancelled", new("Event cancelled", "Veranstaltung abgesagt"), EventActs.Cancelled),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop) =>
        await db.Events.FindAsync([subject.Id], stop) is not { } evt ? null : new WebhookFacts
        {
            Ids = new Dictionary<string, object> { ["eventId"] = evt.Id },
            Path = $"/events/{evt.Slug}",
            Title = (evt.Title, evt.StartLocal),
            SiteId = evt.SiteId,
            OrganiserId = evt.OrganiserId,
        };
}
