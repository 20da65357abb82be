using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Notifications;

namespace DigiHub.Registrations;

/// <summary>
/// Registrations that notifications do not reach: their address is suspended, or the notification that told of their seat was given up or
/// came back and none about them has left since. Those who are still in; shown to the person and in the attendee list.
/// </summary>
public static class UndeliverableAttendees
{
    extension(HubDb db)
    {
        public IQueryable<Registration> UndeliverableRegistrations()
        {
            var (suppressions, notifications, kind) = (db.Suppressions, db.Notifications, Registration.Subject.Name);
            return db.Registrations.AsNoTracking().Where(one => one.Status != RegistrationStatus.Cancelled
                && (suppressions.Any(stopped => stopped.NormalizedEmail == one.NormalizedEmail
                    && stopped.Scope == SuppressionScope.Everything)
                    || notifications.Any(lost => lost.SubjectKind == kind
                        && lost.SubjectId == one.Id && lost.NormalizedEmail == one.NormalizedEmail
                        && (lost.State == NotificationState.Failed || lost.State == NotificationState.Bounced)
                        && (lost.Type == RegistrationNotifications.Confirmed || lost.Type == RegistrationNotifications.Waiting
                            || lost.Type == RegistrationNotifications.Promoted)
                        && !notifications.Any(later => later.SubjectKind == kind
                            && later.SubjectId == one.Id && later.NormalizedEmail == one.NormalizedEmail
                            && later.State == NotificationState.Sent && later.WrittenAt >= lost.WrittenAt))));
        }
    }
}
