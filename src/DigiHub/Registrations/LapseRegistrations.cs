using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Spaces;
using Microsoft.Extensions.Logging;

namespace DigiHub.Registrations;

/// <summary>
/// Each minute: places of guests who did not confirm them in time are given up, and the waiting list moves. Nothing is written to their
/// address: without an answer to the first notification there is no second. Returns how many lapsed.
/// </summary>
public sealed class LapseRegistrations(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<LapseRegistrations> log)
{
    private const int EventsMax = 100;
    private const int PerEventMax = 500;

    public async Task<int> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var lapsed = 0;
        foreach (var eventId in await WithLapsed(stop))
        {
            var outcome = await unitOfWork.Run(db => Lapse(db, map, eventId, stop), stop);
            if (outcome.IsDone)
                lapsed += outcome.Value;
            else
                log.LogWarning("Unconfirmed registrations of event {Event} could not lapse: {Code}", eventId, outcome.Refusal.Code);
        }

        return lapsed;
    }

    private async Task<Outcome<int>> Lapse(HubDb db, HubDirectory map, Guid eventId, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfEvent(eventId)], stop);
        var now = clock.GetCurrentInstant();
        var evt = await db.Events.Include(one => one.ReminderRules).SingleAsync(one => one.Id == eventId, stop);
        return await OfEvent(db, evt, map.Place(evt.SiteId)!, now, stop);
    }

    /// <summary>Under the event's lock, also when somebody comes back before the job has run. Returns how many lapsed.</summary>
    internal static async Task<int> OfEvent(HubDb db, Event evt, SiteContext place, Instant now, CancellationToken stop)
    {
        var eventId = evt.Id;
        var over = await Lapsed(db, now).Where(one => one.EventId == eventId)
            .OrderBy(one => one.Number).Take(PerEventMax).ToListAsync(stop);
        if (over.Count == 0)
            return 0;
        var calendars = await db.Notifications.AboutEvent(db, eventId).KnownToCalendars(stop);
        Guid[] ids = [.. over.Select(one => one.Id)];
        await db.Notifications.Where(notification => notification.SubjectKind == Registration.Subject.Name
            && EF.Parameter(ids).Contains(notification.SubjectId))
            .Withdraw(NotificationReason.NotConfirmed, stop);
        foreach (var registration in over)
        {
            registration.Cancel(now);
            // No notification, except where an earlier registration may still be in a calendar.
            if (calendars.TryGetValue(registration.Id, out var calendar) && calendar.MayHoldEntry)
                RegistrationEmails.WriteCancelled(db, registration, evt, now, due: now);
            db.Record(now, actorId: null, RegistrationActs.Lapsed, registration.Id);
        }

        await WaitingList.GiveFreeSeats(db, evt, place, now, stop);
        return over.Count;
    }

    private async Task<List<Guid>> WithLapsed(CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Lapsed(db, clock.GetCurrentInstant())
            .Select(one => one.EventId).Distinct().OrderBy(id => id).Take(EventsMax).ToListAsync(stop);
    }

    private static IQueryable<Registration> Lapsed(HubDb db, Instant now) =>
        db.Registrations.Where(one => one.ConfirmBy != null && one.ConfirmBy <= now && one.Status != RegistrationStatus.Cancelled);
}
