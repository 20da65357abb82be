using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>Makes a sign-in link for the operator to hand over, before e-mails work: for the first administrator.</summary>
public sealed class MakeSignInLink(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Valid once, for <see cref="SignInLink.Life"/>. Refuses with not_found also for a disabled member.</summary>
    public Task<Outcome<SignInLink>> Run(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<SignInLink>(async db =>
        {
            if (!await db.Members.AnyAsync(one => one.Id == memberId && one.DisabledAt == null, stop))
                return Refusal.NotFound;
            var link =
                new SignInLink { Id = Guid.CreateVersion7(now.ToDateTimeOffset()), MemberId = memberId, ExpiresAt = now + SignInLink.Life };
            db.SignInLinks.Add(link);
            db.Record(now, actorId: null, MemberActs.SignInLinkCreated, memberId);
            return link;
        }, stop);
    }
}
