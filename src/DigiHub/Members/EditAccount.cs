using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>What members may change about themselves; their address by a letter to it (<see cref="AskAddressChange"/>); organisation and roles are others' to change.</summary>
public sealed record EditAccountRequest(Guid MemberId, PersonName Name, Language Language);

public sealed class EditAccount(WriteDoor door, IClock clock)
{
    /// <summary>Null for a member who is not there.</summary>
    public Task<Outcome<Member?>> Run(EditAccountRequest request, CancellationToken stop)
    {
        return door.Run<Member?>(async db =>
        {
            var member = await db.Members.SingleOrDefaultAsync(candidate => candidate.Id == request.MemberId, stop);
            if (member is null)
                return (Member?)null;
            member.Name = request.Name;
            member.Language = request.Language;
            db.Record(clock.GetCurrentInstant(), member.Id, "member.edited", member.Id);
            return member;
        }, stop);
    }
}
