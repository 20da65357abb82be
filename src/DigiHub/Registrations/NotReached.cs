using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Suppressions;

namespace DigiHub.Registrations;

/// <summary>
/// Registrations that letters do not reach: their address is suspended, or the letter that told of their seat was given up or came back and
/// none about them has left since. Those who are still in; shown to the person and in the attendee list.
/// </summary>
public static class NotReached
{
    extension(HubDb db)
    {
        public IQueryable<Registration> RegistrationsNotReached()
        {
            var (suppressions, letters) = (db.Suppressions, db.Letters);
            return db.Registrations.AsNoTracking().Where(one => one.Status != RegistrationStatus.Cancelled
                && (suppressions.Any(stopped => stopped.NormalizedEmail == one.NormalizedEmail && stopped.Scope == SuppressionScope.Everything)
                    || letters.Any(lost => lost.RegistrationId == one.Id && lost.NormalizedEmail == one.NormalizedEmail
                        && (lost.State == LetterState.Failed || lost.State == LetterState.Bounced)
                        && (lost.Kind == LetterKind.RegistrationConfirmed || lost.Kind == LetterKind.RegistrationWaiting || lost.Kind == LetterKind.RegistrationPromoted)
                        && !letters.Any(later => later.RegistrationId == one.Id && later.NormalizedEmail == one.NormalizedEmail
                            && later.State == LetterState.Sent && later.WrittenAt >= lost.WrittenAt))));
        }
    }
}
