using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Events;

/// <summary>
/// Undoes the cancelling of an event within <see cref="CancelEvent.UndoWindow"/>: the room is claimed again, or refused with who
/// has it now; reminders are scheduled again, and no notification about the cancelling leaves. Refuses with not_found,
/// undo_too_late, slot_taken.
/// </summary>
public sealed class ReinstateEvent(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public async Task<Outcome<Event>> Run(Guid eventId, Guid actorId, CancellationToken stop)
    {
        var roomId = await RoomClaim.RoomOf(databases, eventId, stop);
        return await unitOfWork.Run(async db =>
        {
            var map = await catalogue.InForce(db, stop); // no room is retired meanwhile
            await db.AcquireLocks([.. RoomClaim.Locks(map, roomId), LockKey.OfEvent(eventId)], stop);
            var evt = await db.Events.Include(one => one.ReminderRules).SingleOrDefaultAsync(one => one.Id == eventId, stop);
            if (evt is null || !evt.MayBeEditedBy(await db.Viewer(actorId, clock.GetCurrentInstant(), stop)))
                return Refusal.NotFound;
            if (evt.Status == EventStatus.Published)
                return (Outcome<Event>)evt;
            var now = clock.GetCurrentInstant();
            if (evt.CancelledAt is not { } cancelled || now > cancelled + CancelEvent.UndoWindow)
                return EventRefusals.ReinstateTooLate;
            if (evt.SpaceId is { } room && map.Space(room)?.IsOfferedOn(evt.LocalSpan.LastDate) != true)
                return EventRefusals.RoomUnknown;
            if (await RoomClaim.Take(db, evt, map, now, stop) is { } taken)
                return taken;

            evt.Reinstate(now);
            await PlanNotificationsAgain(db, evt, map, now, cancelled, stop);
            db.Record(now, actorId, EventActs.Reinstated, evt.Id);
            return evt;
        }, stop);
    }

    private static async Task PlanNotificationsAgain(
        HubDb db, Event evt, HubDirectory map, Instant now, Instant cancelled, CancellationToken stop)
    {
        var eventId = evt.Id;
        var notifications = db.Notifications.AboutEvent(db, eventId);
        await notifications.Where(notification => notification.Type == EventNotifications.Cancelled && notification.WrittenAt >= cancelled)
            .Withdraw(NotificationReason.Undone, stop);
        // Confirmations and notices that had not left when it was cancelled; reminders are scheduled again.
        await db.PlanAgain(notifications.Where(notification => notification.State == NotificationState.Cancelled
            && notification.Reason == CancelEvent.Withdrawn
            && notification.Type != ReminderNotifications.OfEvent && notification.Type != RegistrationNotifications.StandBy), stop);
        var people =
            await db.Registrations.Where(one => one.EventId == eventId && one.Status != RegistrationStatus.Cancelled).ToListAsync(stop);
        var place = map.Place(evt.SiteId)!;
        await ScheduleReminders.ForAll(db, evt, place, people, now, stop);
        await WaitingList.GiveFreeSeats(db, evt, place, now, stop);
        await RegistrationCalendar.TellAgain(db, evt, people, now, stop);
        db.LeavesWork = true;
    }
}
