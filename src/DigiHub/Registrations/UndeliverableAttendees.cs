using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <summary>
/// Registrations that notifications do not reach: their address is suspended, or the notification that told of their seat was given up or came back and
/// none about them has left since. Those who are still in; shown to the person and in the attendee list.
/// </summary>
public static class UndeliverableAttendees
{
    extension(HubDb db)
    {
        public IQueryable<Registration> UndeliverableRegistrations()
        {
            var (suppressions, notifications) = (db.Suppressions, db.Notifications);
            return db.Registrations.AsNoTracking().Where(one => one.Status != RegistrationStatus.Cancelled
                && (suppressions.Any(stopped => stopped.NormalizedEmail == one.NormalizedEmail && stopped.Scope == SuppressionScope.Everything)
                    || notifications.Any(lost => lost.RegistrationId == one.Id && lost.NormalizedEmail == one.NormalizedEmail
                        && (lost.State == NotificationState.Failed || lost.State == NotificationState.Bounced)
                        && (lost.Kind == NotificationType.RegistrationConfirmed || lost.Kind == NotificationType.RegistrationWaiting || lost.Kind == NotificationType.RegistrationPromoted)
                        && !notifications.Any(later => later.RegistrationId == one.Id && later.NormalizedEmail == one.NormalizedEmail
                            && later.State == NotificationState.Sent && later.WrittenAt >= lost.WrittenAt))));
        }
    }
}
