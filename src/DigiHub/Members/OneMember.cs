using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>One member, read-only. The caller decides what to show.</summary>
public sealed class OneMember(HubDbFactory databases)
{
    /// <summary>Not tracked. Null: no such member, or nobody was asked for.</summary>
    public async Task<Member?> Find(Guid? memberId, CancellationToken stop)
    {
        if (memberId is not { } id)
            return null;
        await using var db = databases.Open();
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.Id == id, stop);
    }
}
