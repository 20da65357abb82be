using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <param name="EventId">Null for an event that was never saved.</param>
/// <param name="Publishes">True also for the change of a published event: then it must lack nothing.</param>
public sealed record CheckDraftRequest(Guid? EventId, EventDraft Draft, Guid ActorId, bool Publishes);

/// <summary>
/// Validates a draft before anything is saved: everything that <see cref="WriteEvent"/>, <see cref="PublishEvent"/> and
/// <see cref="EditEvent"/> would refuse by the draft alone. Whether the room is free is not asked; that is known only once it is taken.
/// </summary>
public sealed class CheckDraft(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    /// <returns>The first refusal with the others beside it; null where nothing is wrong.</returns>
    public async Task<Refusal?> Run(CheckDraftRequest request, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var actor = await db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.Id == request.ActorId, stop);
        var wrong = DraftRules.Wrong(request.Draft, map, actor?.HomeSiteId, out var filled);
        if (filled is null)
            return Refusal.AllOf(request.Publishes ? [.. wrong, .. Gaps(request.Draft)] : wrong);
        if (!request.Publishes)
            return null;

        var now = clock.GetCurrentInstant();
        var evt = request.EventId is { } id
            ? await db.Events.AsNoTracking().Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == id, stop)
            : null;
        if (evt is not { Status: EventStatus.Published })
            return DraftRules.Lacks(filled.NewEvent(request.ActorId, now), map, now);

        var (start, end, wasOver) = (evt.Start, evt.End, evt.End <= now);
        filled.WriteInto(evt, now); // a copy that is never saved
        return EditEvent.Unfit(evt, map, evt.Start != start || evt.End != end, wasOver, start, now);
    }

    /// <summary>What can be seen missing where the rest is not in order yet.</summary>
    private static IEnumerable<Refusal> Gaps(EventDraft draft)
    {
        if (draft.Format != EventFormat.Online && draft.SpaceId is null)
            yield return EventRefusals.RoomMissing;
        if (draft.Format != EventFormat.InPerson && string.IsNullOrWhiteSpace(draft.JoinLink))
            yield return EventRefusals.JoinLinkMissing;
    }
}
