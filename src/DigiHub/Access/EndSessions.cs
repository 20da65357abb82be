using System.Globalization;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>
/// Signs a member out everywhere, for a suspected intruder: all sessions end, with the sign-in
/// links not used yet and pending address changes. The member may sign in again.
/// </summary>
public sealed class EndSessions(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>How many sessions there were. Refuses with not_found.</summary>
    /// <param name="actorId">An administrator; null for the operator.</param>
    public Task<Outcome<int>> Run(Guid memberId, Guid? actorId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return unitOfWork.Run<int>(async db =>
        {
            var found = await db.ForAccess(memberId, actorId, MemberAccess.ManagesMembers, now, stop);
            if (!found.IsDone)
                return found.Refusal;

            var ended = await db.SignOutEverywhere(found.Value, now, stop);
            db.Record(now, actorId, MemberActs.SessionsEnded, memberId, ended.ToString(CultureInfo.InvariantCulture));
            return ended;
        }, stop);
    }
}
