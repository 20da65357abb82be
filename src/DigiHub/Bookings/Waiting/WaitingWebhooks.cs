using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Waiting;

/// <summary>What programs of others are told of the waiting list: for which space or kind, and when; never who.</summary>
internal sealed class WaitingWebhooks : IWebhookSubject
{
    public SubjectKind Kind => WaitingEntry.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("waiting_list.joined", new("On the waiting list", "Auf der Warteliste"), WaitingActs.Joined),
        new("waiting_list.offered", new("Offered from the waiting list", "Von der Warteliste angeboten"), WaitingActs.Offered),
        new("waiting_list.ended", new("No longer on the waiting list", "Nicht mehr auf der Warteliste"),
            WaitingActs.Booked, WaitingActs.Ended),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop)
    {
        if (await db.WaitingEntries.FindAsync([subject.Id], stop) is not { } entry)
            return null;
        var space = entry.SpaceId is { } spaceId ? await db.Spaces.FindAsync([spaceId], stop) : null;
        Dictionary<string, object> ids = [];
        if (space is not null)
            ids["spaceId"] = space.Id;
        if (entry.PoolId is { } poolId)
            ids["poolId"] = poolId;
        return new WebhookFacts
        {
            Ids = ids,
            SiteId = entry.SiteId,
            Path = "/waiting-list",
            Title = space is null ? null : (new(space.Name, space.Name), entry.FromLocal),
        };
    }
}
