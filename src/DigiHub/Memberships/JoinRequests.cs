using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Memberships;

/// <summary>The requests of visitors that wait for a decision, for who manages members: to invite, or to decline.</summary>
public sealed class JoinRequests(HubDbFactory databases, UnitOfWork unitOfWork, InvitePeople invitePeople, IClock clock)
{
    /// <summary>The oldest first; empty for viewers who do not manage members.</summary>
    public async Task<IReadOnlyList<JoinRequest>> All(Viewer viewer, CancellationToken stop)
    {
        if (!viewer.May(Permission.ManageMembers))
            return [];
        await using var db = databases.Open();
        return await db.JoinRequests.AsNoTracking().OrderBy(one => one.AskedAt).Take(JoinRequest.WaitingMax).ToListAsync(stop);
    }

    /// <summary>
    /// Answers with an invitation, in the visitor's language. Refuses with not_found and as <see cref="InvitePeople"/> does; then the
    /// request still waits.
    /// </summary>
    /// <param name="slug">Into this organisation; null: to the hub alone.</param>
    public async Task<Outcome<JoinRequest>> Invite(Guid id, string? slug, Guid actorId, CancellationToken stop)
    {
        var asked = await Find(id, stop);
        if (asked is null)
            return Refusal.NotFound;
        var invited = await invitePeople.Run(
            new InvitePeopleRequest(actorId, slug, asked.Email.Shown, Language: asked.Language), stop,
            async (db, _, token) =>
            {
                if (await db.JoinRequests.SingleOrDefaultAsync(one => one.Id == id, token) is not { } row)
                    return;
                db.Record(clock.GetCurrentInstant(), actorId, JoinRequestActs.Accepted, id);
                db.Remove(row);
            });
        return invited.IsDone ? asked : invited.Refusal;
    }

    /// <summary>Nobody is told: the address is not proven. Refuses with not_found.</summary>
    public Task<Outcome<JoinRequest>> Decline(Guid id, Guid actorId, CancellationToken stop) => unitOfWork.Run<JoinRequest>(async db =>
    {
        var now = clock.GetCurrentInstant();
        if ((await db.Viewer(actorId, now, stop))?.May(Permission.ManageMembers) != true
            || await db.JoinRequests.SingleOrDefaultAsync(one => one.Id == id, stop) is not { } asked)
            return Refusal.NotFound;
        db.Record(now, actorId, JoinRequestActs.Declined, id);
        db.Remove(asked);
        return asked;
    }, stop);

    private async Task<JoinRequest?> Find(Guid id, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.JoinRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
    }
}
