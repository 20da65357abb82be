using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Approvals;

/// <summary>
/// Each minute: writes to those who decide, one e-mail each about all that waits for them. Those named for the rules of a space are asked,
/// or else all who approve at its site.
/// </summary>
public sealed class AskApprovers(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private const int ApprovalsMax = 500;

    /// <summary>So long what was asked waits for more, so that several are one e-mail.</summary>
    public static readonly Duration Gathers = Duration.FromMinutes(2);

    /// <summary>Says how many were written to.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        await using (var db = databases.Open())
        {
            if (!await Due(db, clock.GetCurrentInstant()).AnyAsync(stop))
                return 0;
        }

        var map = await catalogue.Map(stop);
        var told = await unitOfWork.Run(db => Ask(db, map, stop), stop);
        return told.IsDone ? told.Value : 0;
    }

    private static IQueryable<Approval> Due(HubDb db, Instant now)
    {
        var before = now - Gathers;
        return db.Approvals.Where(one => one.State == ApprovalState.Waiting && one.ToldAt == null && one.AskedAt <= before
            && one.LapsesAt > now);
    }

    private async Task<Outcome<int>> Ask(HubDb db, HubDirectory map, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfApprovals], stop);
        var now = clock.GetCurrentInstant();
        HashSet<Guid> people = [];
        foreach (var approval in await Due(db, now).OrderBy(one => one.AskedAt).Take(ApprovalsMax).ToListAsync(stop))
        {
            approval.ToldAt = now;
            foreach (var approverId in await ApproversOf(db, map, approval, now, stop))
            {
                people.Add(approverId);
                db.ApprovalRequests.Add(new ApprovalRequest
                {
                    Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                    ApprovalId = approval.Id,
                    ApproverId = approverId,
                    AskedAt = now,
                });
            }
        }

        foreach (var approver in await db.Members.Where(one => people.Contains(one.Id)).ToListAsync(stop))
            db.Write(Notification.To(Recipient.Of(approver), ApprovalNotifications.Waiting, Member.Subject.Of(approver.Id), now,
                revision: $"{now.ToUnixTimeTicks()}"));
        return people.Count;
    }

    private static async Task<List<Guid>> ApproversOf(
        HubDb db, HubDirectory map, Approval approval, Instant now, CancellationToken stop)
    {
        var (rulesId, siteId, members) = (map.Space(approval.SpaceId)?.RulesId, approval.SiteId, db.Members);
        var named = await db.SpaceApprovers.Where(one => one.RulesId == rulesId
            && members.Any(member => member.Id == one.MemberId && member.DisabledAt == null)).Select(one => one.MemberId).ToListAsync(stop);
        if (named.Count > 0)
            return named;
        Role[] roles = [.. Permission.ApproveBookings.Roles];
        return await db.RoleGrants.InForce(now)
            .Where(grant => roles.Contains(grant.Role) && (grant.SiteId == null || grant.SiteId == siteId)
                && members.Any(member => member.Id == grant.MemberId && member.DisabledAt == null))
            .Select(grant => grant.MemberId).Distinct().ToListAsync(stop);
    }
}
