using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Events;

/// <summary>The events somebody organises (administrators: all), drafts first, then by start, latest first; at most 200.</summary>
public sealed class HostedEvents(HubDbFactory databases, IClock clock)
{
    public const int CountMax = 200;

    /// <summary>Empty for members who organise nothing.</summary>
    public async Task<IReadOnlyList<EventSummary>> Run(Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is not { } viewer || !viewer.MayAnywhere(Permission.HostEvents))
            return [];
        return await EventCards.Of(db, db.Events.EditableBy(viewer)
            .OrderBy(evt => evt.Status == EventStatus.Draft ? 0 : 1).ThenByDescending(evt => evt.Start).ThenBy(evt => evt.Slug)
            .Take(CountMax), stop);
    }

    /// <summary>One of them by id, with its reminder rules; null if there is none or it is not theirs to edit.</summary>
    public async Task<EventSummary?> One(Guid eventId, Guid actorId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var found = await EventCards.Of(db, db.Events.Include(evt => evt.ReminderRules).Where(evt => evt.Id == eventId), stop);
        return found is [var card] && card.Event.MayBeEditedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)) ? card : null;
    }
}
