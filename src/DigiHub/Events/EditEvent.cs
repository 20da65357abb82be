using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Notifications;
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
public sealed class EditEvent(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public async Task<Outcome<EventEdited>> Run(EditEventRequest request, CancellationToken stop)
    {
        var words = TypedText.Lines(request.Note);
        if (words?.Length > ChangeNote.WordsMax)
            return EventRefusals.TooLong("note", ChangeNote.WordsMax);

        return await unitOfWork.Run(async db =>
        {
            var map = await catalogue.InForce(db, stop); // no room is retired meanwhile
            // Locks only the new room: freeing the old one needs no lock.
            await db.AcquireLocks([.. RoomClaim.Locks(map, request.Draft.SpaceId), LockKey.OfEvent(request.EventId)], stop);
            var evt = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == request.EventId, stop);
            var actor = await db.Actor(request.ActorId, clock.GetCurrentInstant(), stop);
            if (evt is null || actor is null || !evt.MayBeEditedBy(actor.Viewer))
                return Refusal.NotFound;
            if (evt.Status != EventStatus.Published)
                return EventRefusals.NotPublished;
            if (request.IfRevision is { } known && known != evt.Revision)
                return Refusal.Stale;
            var filled = DraftRules.Fill(request.Draft, map, actor.Member.HomeSiteId);
            if (!filled.IsDone)
                return filled.Refusal;
            if (!actor.Viewer.May(Permission.HostEvents, filled.Value.Place.Site.Id))
                return EventRefusals.NotOrganiser;
            return await Edit(db, evt, filled.Value, map, actor.Id, words, stop);
        }, stop);
    }

    private async Task<Outcome<EventEdited>> Edit(
        HubDb db, Event evt, FilledDraft filled, HubDirectory map, Guid actorId, string? words, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var before = EventFacts.Of(evt);
        var (start, end, wasOver, rules) = (evt.Start, evt.End, evt.End <= now, RuleIds(evt));
        var (roomId, setUp, tearDown) = (evt.SpaceId, evt.SetUpMinutes, evt.TearDownMinutes);

        filled.WriteInto(evt, now);
        var moved = evt.Start != start || evt.End != end;
        if (Unfit(evt, map, moved, wasOver, start, now) is { } unfit)
            return unfit;
        var holdsOtherwise = moved || evt.SpaceId != roomId || evt.SetUpMinutes != setUp || evt.TearDownMinutes != tearDown;
        if (holdsOtherwise && await RoomClaim.Take(db, evt, map, now, stop) is { } taken)
            return taken;

        var changes = EventChanges.Of(db, evt);
        evt.Change(now);
        var after = EventFacts.Of(evt);
        var changed = after != before;
        if (changed)
            evt.CalendarSequence++;
        if (moved || (after.SiteId, after.SpaceId) != (before.SiteId, before.SpaceId))
            db.Record(now, actorId, EventActs.Moved, evt.Id, changes: changes);
        else
            db.Record(now, actorId, EventActs.Edited, evt.Id, changes: changes);
        if (wasOver)
            return new EventEdited(evt, PeopleTold: 0, ToldFrom: null, Promoted: 0);

        var place = filled.Place;
        var people = await ChangeNotice.People(db, evt.Id, stop);
        if (evt.Start != start || !RuleIds(evt).SetEquals(rules))
            await Rearm(db, evt, place, people, rules, moved: evt.Start != start, now, stop);
        var leaves = ChangeNotice.Leaves(Instant.Min(start, evt.Start), place, now);
        var told = changed ? await ChangeNotice.Write(db, evt, before, people, words, now, leaves, stop) : 0;
        var promoted = await WaitingList.GiveFreeSeats(db, evt, place, now, stop);
        return new EventEdited(evt, told, told > 0 ? leaves : null, promoted);
    }

    /// <summary>Texts of an event that runs or is over may still be corrected; its time may not be moved into the past.</summary>
    /// <param name="start">Before the change.</param>
    internal static Refusal? Unfit(Event evt, HubDirectory map, bool moved, bool wasOver, Instant start, Instant now)
    {
        if (wasOver)
            return moved ? EventRefusals.IsOver : null;
        var startsAsBefore = evt.Start == start && evt.End > now;
        return Refusal.AllOf([.. DraftRules.AllLacking(evt, map, now).Where(no => !startsAsBefore
            || no.Code != EventRefusals.InThePast.Code)]);
    }

    private static async Task Rearm(
        HubDb db, Event evt, SiteContext place, List<Registration> people,
        HashSet<Guid> rules, bool moved, Instant now, CancellationToken stop)
    {
        if (moved)
            await ScheduleReminders.Withdraw(db, evt.Id, NotificationReason.Moved, stop);
        else
            await ScheduleReminders.WithdrawRules(db, evt.Id, [.. rules.Except(RuleIds(evt))], stop);
        await ScheduleReminders.ForAll(db, evt, place, people, now, stop);
    }

    private static HashSet<Guid> RuleIds(Event evt) => [.. evt.ReminderRules.Select(rule => rule.Id)];
}
