using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>To whom a member shows on which days they have a desk.</summary>
public enum PresenceAudience
{
    Nobody,

    /// <summary>Those who belong to an organisation of theirs.</summary>
    Organisation,

    /// <summary>All members of the hub.</summary>
    Hub,
}

/// <summary>Changes to whom a member shows when they are there. It counts at the next look, also for days ahead.</summary>
public sealed class ShowPresence(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>The same again changes nothing. Refuses with not_found.</summary>
    public Task<Outcome<Member>> Run(Guid memberId, PresenceAudience to, CancellationToken stop) => unitOfWork.Run<Member>(async db =>
    {
        if (await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is not { } member)
            return Refusal.NotFound;
        if (member.ShownTo == to)
            return member;
        member.ShownTo = to;
        db.Record(clock.GetCurrentInstant(), member.Id, MemberActs.Edited, member.Id, changes: FieldChanges.Of(db, member, except: []));
        return member;
    }, stop);
}
