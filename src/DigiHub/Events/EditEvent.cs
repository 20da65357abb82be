using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <param name="Note">The organiser's words in the change notice, at most <see cref="ChangeNote.WordsMax"/>.</param>
public sealed record EditEventRequest(Guid EventId, EventDraft Draft, Guid ActorId, int? IfRevision = null, string? Note = null);

/// <param name="PeopleTold">How many will get a change notice; 0 if nothing they must know has changed.</param>
/// <param name="ToldFrom">When the notices leave; null if there are none.</param>
/// <param name="Promoted">How many came from the waiting list because there is more room now.</param>
public sealed record EventEdited(Event Event, int PeopleTold, Instant? ToldFrom, int Promoted);

/// <summary>
/// Changes a published event, all or nothing: its facts, its room in the conflict calendar, the reminders of its people, and
/// the notice to them. A smaller capacity puts nobody out; a bigger one gives seats to those who wait. Nobody is written to
/// about an event that is over, or about its texts. Refuses as <see cref="PublishEvent"/> does, and with not_published,
/// stale, slot_taken.
/// </summary>
public sealed class EditEvent(WriteDoor door, Catalogue catalogue, IClock clock)
{
    public async Task<Outcome<EventEdited>> Run(EditEventRequest request, CancellationToken stop)
    {
        var words = TypedText.Lines(request.Note);
        if (words?.Length > ChangeNote.WordsMax)
            return EventRefusals.TooLong("note", ChangeNote.WordsMax);
        var map = await catalogue.Map(stop);

        return await door.Run(async db =>
        {
            // Only the room that is wanted needs its turn: nobody waits for what the event lets go of.
            await db.TakeTurns([.. RoomClaim.Turns(map, request.Draft.SpaceId), Turn.OfEvent(request.EventId)], stop);
            var hosted = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == request.EventId, stop);
            var actor = await Hosting.Actor(db, request.ActorId, stop);
            if (hosted is null || !actor.MayEdit(hosted))
                return Refusal.NotFound;
            if (hosted.Status != EventStatus.Published)
                return EventRefusals.NotPublished;
            if (request.IfRevision is { } known && known != hosted.Revision)
                return Refusal.Stale;
            var filled = DraftRules.Fill(request.Draft, map, actor!.HomeSiteId);
            return filled.IsDone
                ? await Edit(db, hosted, filled.Value, map, actor.Id, words, stop)
                : filled.Refusal;
        }, stop);
    }

    private async Task<Outcome<EventEdited>> Edit(
        HubDb db, Event hosted, FilledDraft filled, HubMap map, Guid actorId, string? words, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var before = EventFacts.Of(hosted);
        var (start, end, wasOver, rules) = (hosted.Start, hosted.End, hosted.End <= now, RuleIds(hosted));
        var (roomId, setUp, tearDown) = (hosted.SpaceId, hosted.SetUpMinutes, hosted.TearDownMinutes);

        filled.WriteInto(hosted, now);
        var moved = hosted.Start != start || hosted.End != end;
        if (Unfit(hosted, map, moved, wasOver, start, now) is { } unfit)
            return unfit;
        var holdsOtherwise = moved || hosted.SpaceId != roomId || hosted.SetUpMinutes != setUp || hosted.TearDownMinutes != tearDown;
        if (holdsOtherwise && await RoomClaim.Take(db, hosted, map, now, stop) is { } taken)
            return taken;

        var fields = EventChanges.Fields(db, hosted);
        hosted.Change(now);
        var after = EventFacts.Of(hosted);
        var changed = after != before;
        if (changed)
            hosted.CalendarSequence++;
        if (moved || (after.SiteId, after.SpaceId) != (before.SiteId, before.SpaceId))
            db.Record(now, actorId, Act.EventMoved, hosted.Id, $"from {before.Start} at {before.SpaceId}: {fields}");
        else
            db.Record(now, actorId, Act.EventEdited, hosted.Id, fields);
        if (wasOver)
            return new EventEdited(hosted, PeopleTold: 0, ToldFrom: null, Promoted: 0);

        var place = filled.Place;
        var people = await ChangeNotice.People(db, hosted.Id, stop);
        if (hosted.Start != start || !RuleIds(hosted).SetEquals(rules))
            await Rearm(db, hosted, place, people, rules, moved: hosted.Start != start, now, stop);
        var leaves = ChangeNotice.Leaves(Instant.Min(start, hosted.Start), place, now);
        var told = changed ? await ChangeNotice.Write(db, hosted, before, people, words, now, leaves, stop) : 0;
        var promoted = await WaitingList.GiveFreeSeats(db, hosted, place, now, stop);
        return new EventEdited(hosted, told, told > 0 ? leaves : null, promoted);
    }

    /// <summary>Texts of an event that runs or is over may still be mended; its time may not be set into the past.</summary>
    /// <param name="start">Before the change.</param>
    internal static Refusal? Unfit(Event hosted, HubMap map, bool moved, bool wasOver, Instant start, Instant now)
    {
        if (wasOver)
            return moved ? EventRefusals.IsOver : null;
        var startsAsBefore = hosted.Start == start && hosted.End > now;
        return Refusal.AllOf([.. DraftRules.AllLacking(hosted, map, now).Where(no => !startsAsBefore || no.Code != EventRefusals.InThePast.Code)]);
    }

    private static async Task Rearm(
        HubDb db, Event hosted, SitePlace place, List<Registration> people, HashSet<Guid> rules, bool moved, Instant now, CancellationToken stop)
    {
        if (moved)
            await ArmReminders.Withdraw(db, hosted.Id, "moved", stop);
        else
            await ArmReminders.WithdrawRules(db, hosted.Id, [.. rules.Except(RuleIds(hosted))], stop);
        await ArmReminders.ForAll(db, hosted, place, people, now, stop);
    }

    private static HashSet<Guid> RuleIds(Event hosted) => [.. hosted.ReminderRules.Select(rule => rule.Id)];
}
