using DigiHub.Audit;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// Takes back the cancelling of an event within <see cref="CancelEvent.UndoWindow"/>: the room is taken again, or the house says who
/// has it now; reminders are planned again, and no letter about the cancelling leaves. Refuses with not_found,
/// undo_too_late, slot_taken.
/// </summary>
public sealed class ReinstateEvent(WriteDoor door, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public async Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var roomId = await RoomClaim.RoomOf(databases, eventId, stop);
        return await door.Run(async db =>
        {
            await db.TakeTurns([.. RoomClaim.Turns(map, roomId), Turn.OfEvent(eventId)], stop);
            var hosted = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
            if (hosted is null || !(await Hosting.Actor(db, actorId, stop)).MayEdit(hosted))
                return Refusal.NotFound;
            if (hosted.Status == EventStatus.Published)
                return (Outcome<Event>)hosted;
            var now = clock.GetCurrentInstant();
            if (hosted.CancelledAt is not { } cancelled || now > cancelled + CancelEvent.UndoWindow)
                return EventRefusals.ReinstateTooLate;
            if (await RoomClaim.Take(db, hosted, map, now, stop) is { } taken)
                return taken;

            hosted.Reinstate(now);
            await PlanLettersAgain(db, hosted, map, now, cancelled, stop);
            db.Record(now, actorId, Act.EventReinstated, hosted.Id);
            return hosted;
        }, stop);
    }

    private static async Task PlanLettersAgain(HubDb db, Event hosted, HubMap map, Instant now, Instant cancelled, CancellationToken stop)
    {
        var eventId = hosted.Id;
        var letters = db.Letters.Where(letter => letter.EventId == eventId);
        await letters.Where(letter => letter.Kind == LetterKind.EventCancelled && letter.WrittenAt >= cancelled).Withdraw("undone", stop);
        // Confirmations and notices that had not left when it was cancelled; reminders are armed anew, for now.
        await db.PlanAgain(letters.Where(letter => letter.State == LetterState.Cancelled && letter.Reason == CancelEvent.Withdrawn
            && letter.Kind != LetterKind.EventReminder && letter.Kind != LetterKind.RegistrationStandBy), stop);
        var people = await db.Registrations.Where(one => one.EventId == eventId && one.Status != RegistrationStatus.Cancelled).ToListAsync(stop);
        var place = map.Place(hosted.SiteId)!;
        await ArmReminders.ForAll(db, hosted, place, people, now, stop);
        await WaitingList.GiveFreeSeats(db, hosted, place, now, stop);
        await RegistrationCalendar.TellAgain(db, hosted, people, now, stop);
        db.LeavesWork = true;
    }
}
