using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Members;

/// <summary>Sends a member a link that signs them in once. Sends nothing to unknown addresses, without revealing that.</summary>
public sealed class SendSignInLink(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Links of one member that are good at the same time: more asking sends no more notifications.</summary>
    public const int StandingMax = 3;

    /// <summary>True if a notification was written; the person who asked must not learn which.</summary>
    public Task<Outcome<bool>> Run(EmailAddress email, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var normalized = email.Key;
        return unitOfWork.Run<bool>(async db =>
        {
            var member = await db.Members.AsNoTracking()
                .SingleOrDefaultAsync(candidate => candidate.NormalizedEmail == normalized && candidate.DisabledAt == null, stop);
            if (member is null)
                return false;
            if (await db.SignInLinks.CountAsync(link => link.MemberId == member.Id && link.UsedAt == null && link.ExpiresAt > now,
                stop) >= StandingMax)
                return false;

            var link = new SignInLink
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                MemberId = member.Id,
                ExpiresAt = now + SignInLink.Life,
            };
            db.SignInLinks.Add(link);
            db.Write(NotificationWith(link, member, now));
            return true;
        }, stop);
    }

    private static Notification NotificationWith(SignInLink link, Member member, Instant now) => Notification.To(
        Recipient.Of(member), MemberNotifications.SignInLink, SignInLink.Subject.Of(link.Id), now, notAfter: link.ExpiresAt);
}
