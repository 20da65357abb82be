using DigiHub.Audit;
using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>What members may change about themselves; their address by a letter to it (<see cref="AskAddressChange"/>); organisation and roles are others' to change.</summary>
public sealed record EditAccountRequest(Guid MemberId, string Name, Language Language);

public sealed class EditAccount(WriteDoor door, IClock clock)
{
    /// <summary>Refuses with "name" for a missing or too long one and "name_address" for one with a web address in it; null for a member who is not there.</summary>
    public Task<Outcome<Member?>> Run(EditAccountRequest request, CancellationToken stop)
    {
        var name = request.Name.Trim();
        return door.Run<Member?>(async db =>
        {
            if (name.Length is 0 or > Member.NameMax || name.Any(char.IsControl))
                return BadName;
            if (NameAddresses.AreIn(name))
                return NameAddresses.Refused;

            var member = await db.Members.SingleOrDefaultAsync(candidate => candidate.Id == request.MemberId, stop);
            if (member is null)
                return (Member?)null;
            member.Name = name;
            member.Language = request.Language;
            db.Record(clock.GetCurrentInstant(), member.Id, "member.edited", member.Id);
            return member;
        }, stop);
    }

    private static Refusal BadName { get; } = new("name", new(
        $"Enter a name of at most {Member.NameMax} characters.", $"Geben Sie einen Namen aus höchstens {Member.NameMax} Zeichen ein."))
    { Field = "name" };
}
