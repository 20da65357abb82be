using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;

namespace DigiHub.Members;

/// <summary>Exchanges a sign-in link for a sign-in, once; also uses up the member's other links.</summary>
public sealed class UseSignInLink(UnitOfWork unitOfWork, IClock clock)
{
    public static Refusal LinkOver { get; } = new("link_over", new(
        "This sign-in link has been used or has expired. It works once, for 15 minutes. Request a new one.",
        "Dieser Anmeldelink wurde schon genutzt oder ist abgelaufen. Er gilt einmal, 15 Minuten lang. Fordern Sie einen neuen an.",
        "Dieser Anmeldelink wurde schon genutzt oder ist abgelaufen. Er gilt einmal, 15 Minuten lang. Fordere einen neuen an."));

    /// <summary>The member who now signs in. Refuses with "link_over" for a link that is used, old or unknown.</summary>
    public Task<Outcome<Member>> Run(Guid linkId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<Member>(async db =>
        {
            // One statement decides, so that of two requests at the same moment only one signs in.
            var used = await db.SignInLinks
                .Where(link => link.Id == linkId && link.UsedAt == null && link.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), stop);
            if (used == 0)
                return LinkOver;

            var memberId = await db.SignInLinks.Where(link => link.Id == linkId).Select(link => link.MemberId).SingleAsync(stop);
            var member = await db.Members.AsNoTracking().SingleAsync(candidate => candidate.Id == memberId, stop);
            if (member.DisabledAt is not null)
                return LinkOver;

            await db.SignInLinks.Where(link => link.MemberId == memberId && link.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), stop);
            await db.LiftBounces(member.Email, stop); // the link arrived by e-mail, so e-mails arrive
            db.Record(now, memberId, MemberActs.SignedInByLink, memberId);
            return member;
        }, stop);
    }
}
