using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>The waiting list of an event, in order of its numbers.</summary>
internal static class WaitingList
{
    /// <summary>No promotions in the last hour before the start.</summary>
    public static readonly Duration StopsBeforeStart = Duration.FromHours(1);

    public static bool Moves(Event evt, Instant now) =>
        evt.Status == EventStatus.Published && now < evt.Start - StopsBeforeStart && !(now >= evt.RegistrationCloses);

    /// <summary>
    /// Under the event's lock: gives free seats to the first confirmed ones on the waiting list, with their notifications and
    /// reminders. Returns how many. Saves earlier changes first, since the seats are counted in the database.
    /// </summary>
    public static async Task<int> GiveFreeSeats(HubDb db, Event evt, SiteContext place, Instant now, CancellationToken stop)
    {
        if (!Moves(evt, now))
            return 0;

        await db.SaveChangesAsync(stop);
        var eventId = evt.Id;
        var taken = await db.Registrations.CountAsync(one => one.EventId == eventId && one.Status == RegistrationStatus.Confirmed, stop);
        if (taken >= evt.Capacity)
            return 0;
        var promoted = await db.Registrations
            .Where(one => one.EventId == eventId && one.Status == RegistrationStatus.Waiting && one.ConfirmBy == null)
            .OrderBy(one => one.Number).Take(evt.Capacity - taken).ToListAsync(stop);
        if (promoted.Count == 0)
            return 0;

        Guid[] ids = [.. promoted.Select(one => one.Id)];
        await db.Notifications.Where(notification => notification.SubjectKind == Registration.Subject.Name
            && EF.Parameter(ids).Contains(notification.SubjectId)
            && (notification.Type == RegistrationNotifications.StandBy || notification.Type == RegistrationNotifications.Waiting))
                .Withdraw(NotificationReason.Promoted, stop);
        var note = ScheduleReminders.ConfirmationRemindsToo(evt, place, now) ? RegistrationNote.StandsInForReminder : null;
        foreach (var registration in promoted)
        {
            registration.Promote(now);
            db.Record(now, actorId: null, RegistrationActs.Promoted, registration.Id);
            RegistrationEmails.WritePromoted(db, registration, evt, now, registration.WantsReminders ? note : null);
        }

        await ScheduleReminders.ForAll(db, evt, place, promoted, now, stop);
        return promoted.Count;
    }
}
