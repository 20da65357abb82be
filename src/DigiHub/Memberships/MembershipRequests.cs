using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

public sealed record ListedMembershipRequest(MembershipRequest Request, PersonName Name, EmailAddress Email);

/// <summary>Members who ask to join an organisation, for who looks after it: to let in, or to decline.</summary>
public sealed class MembershipRequests(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>The oldest first, at most <see cref="Organisation.PeopleMax"/>; null: not theirs to look after.</summary>
    public async Task<IReadOnlyList<ListedMembershipRequest>?> Of(string slug, Guid viewerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        if (await db.OrganisationLookedAfter(slug, viewerId, clock.GetCurrentInstant(), stop) is not { } organisation)
            return null;
        var organisationId = organisation.Id;
        var rows = await db.MembershipRequests.AsNoTracking().Where(one => one.OrganisationId == organisationId)
            .Join(db.Members.Where(member => member.DisabledAt == null), one => one.MemberId, member => member.Id,
                (one, member) => new { Request = one, member.Name, member.Email })
            .OrderBy(row => row.Request.AskedAt).Take(Organisation.PeopleMax).ToListAsync(stop);
        return rows.ConvertAll(row => new ListedMembershipRequest(row.Request, row.Name, row.Email));
    }

    /// <summary>The membership; they get the e-mail about it. Refuses with not_found, organisation_retired and organisation_full.</summary>
    public Task<Outcome<Membership>> Accept(Guid id, Guid actorId, CancellationToken stop) => unitOfWork.Run<Membership>(async db =>
    {
        await db.AcquireLocks([LockKey.OfAccess], stop);
        var now = clock.GetCurrentInstant();
        if (await ToDecide(db, id, actorId, now, stop) is not var (request, member))
            return Refusal.NotFound;
        var joined = await db.JoinOrganisation(member.Id, request.OrganisationId, MembershipRole.Member, actorId, now, stop);
        if (!joined.IsDone)
            return joined.Refusal;
        if (db.Entry(joined.Value).State == EntityState.Added)
            db.TellMembershipChanged(member, joined.Value, new(MembershipChange.Added), actorId, now);
        db.Remove(request);
        db.Record(now, actorId, MembershipRequestActs.Accepted, id, onBehalfOf: member.Id);
        return joined;
    }, stop);

    /// <summary>They are told. Refuses with not_found.</summary>
    public Task<Outcome<MembershipRequest>> Decline(Guid id, Guid actorId, CancellationToken stop) =>
        unitOfWork.Run<MembershipRequest>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if (await ToDecide(db, id, actorId, now, stop) is not var (request, member))
                return Refusal.NotFound;
            Close(db, request, member, wasDeclined: true, now);
            db.Record(now, actorId, MembershipRequestActs.Declined, id, onBehalfOf: member.Id);
            return request;
        }, stop);

    /// <summary>Ends those that nobody has answered in time, and tells who asked. Says how many there were.</summary>
    public async Task<int> Lapse(CancellationToken stop)
    {
        var lapsed = await unitOfWork.Run<int>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            var before = now - MembershipRequest.Life;
            var old = await db.MembershipRequests.Where(one => one.AskedAt <= before).OrderBy(one => one.AskedAt)
                .Take(Organisation.PeopleMax).ToListAsync(stop);
            Guid[] ids = [.. old.Select(one => one.MemberId)];
            var members = await db.Members.Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop);
            var held = await db.Memberships.Standing().Where(one => ids.Contains(one.MemberId))
                .Select(one => new { one.MemberId, one.OrganisationId }).ToListAsync(stop);
            foreach (var request in old)
            {
                var belongs = held.Exists(one => one.MemberId == request.MemberId && one.OrganisationId == request.OrganisationId);
                Close(db, request, belongs ? null : members[request.MemberId], wasDeclined: false, now);
                db.Record(now, actorId: null, MembershipRequestActs.Lapsed, request.Id);
            }

            return old.Count;
        }, stop);
        return lapsed.IsDone ? lapsed.Value : 0;
    }

    /// <param name="member">Null: nobody is told.</param>
    private static void Close(HubDb db, MembershipRequest request, Member? member, bool wasDeclined, Instant now)
    {
        db.Remove(request);
        if (member is { DisabledAt: null })
            db.Write(Notification.To(Recipient.Of(member), DomainNotifications.Closed, Member.Subject.Of(member.Id), now,
                revision: $"{request.Id:N}", note: new ClosedRequestNote(wasDeclined, request.OrganisationId).Written));
    }

    private static async Task<(MembershipRequest Request, Member Member)?> ToDecide(
        HubDb db, Guid id, Guid actorId, Instant now, CancellationToken stop)
    {
        if (await db.MembershipRequests.SingleOrDefaultAsync(one => one.Id == id, stop) is not { } request
            || !await db.LooksAfter(request.OrganisationId, actorId, now, stop))
            return null;
        var memberId = request.MemberId;
        var member = await db.Members.SingleAsync(one => one.Id == memberId, stop);
        return member.DisabledAt is null ? (request, member) : null;
    }
}
