using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

public static class EventNotificationSet
{
    private static readonly string[] kinds = [Event.Subject.Name, Registration.Subject.Name];

    extension(HubDb db)
    {
        /// <summary>The event that a notification is about, itself or by a registration; null for one about anything else.</summary>
        public async Task<Guid?> EventOf(Notification notification, CancellationToken stop) =>
            notification.IdOf(Registration.Subject) is { } registrationId
                ? await db.Registrations.Where(one => one.Id == registrationId).Select(one => (Guid?)one.EventId).SingleOrDefaultAsync(stop)
                : notification.IdOf(Event.Subject);
    }

    extension(IQueryable<Notification> notifications)
    {
        /// <summary>About the event itself or one of its registrations.</summary>
        public IQueryable<Notification> AboutEvent(HubDb db, Guid eventId)
        {
            // One list of ids, and no "or": both engines read the index on the subject once for each id.
            var subjects = db.Registrations.Where(one => one.EventId == eventId).Select(one => one.Id)
                .Concat(db.Events.Where(evt => evt.Id == eventId).Select(evt => evt.Id));
            return notifications.Where(notification => EF.Constant(kinds).Contains(notification.SubjectKind)
                && subjects.Contains(notification.SubjectId));
        }
    }
}
