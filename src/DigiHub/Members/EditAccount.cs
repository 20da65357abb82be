using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Sites;

namespace DigiHub.Members;

/// <summary>What members may change about themselves; their address by a letter to it (<see cref="AskAddressChange"/>); organisation and roles are others' to change.</summary>
/// <param name="HomeSiteId">The site the pages open with; null leaves it as it is.</param>
public sealed record EditAccountRequest(Guid MemberId, string Name, Language Language, int? HomeSiteId = null);

public sealed class EditAccount(WriteDoor door, IClock clock)
{
    /// <summary>Refuses with site_unknown, and with "name" for a missing or too long one; null for a member who is not there.</summary>
    public Task<Outcome<Member?>> Run(EditAccountRequest request, CancellationToken stop)
    {
        var name = request.Name.Trim();
        return door.Run<Member?>(async db =>
        {
            if (name.Length is 0 or > Member.NameMax || name.Any(char.IsControl))
                return BadName;

            var member = await db.Members.SingleOrDefaultAsync(candidate => candidate.Id == request.MemberId, stop);
            if (member is null)
                return (Member?)null;
            member.Name = name;
            member.Language = request.Language;
            if (request.HomeSiteId is { } siteId)
            {
                if (!await db.Sites.AnyAsync(site => site.Id == siteId, stop))
                    return SiteUnknown;
                member.HomeSiteId = siteId;
            }

            db.Record(clock.GetCurrentInstant(), member.Id, Act.MemberEdited, member.Id, db.ChangedFields(member));
            return member;
        }, stop);
    }

    private static Refusal SiteUnknown { get; } = new("site_unknown", new("Please choose a site.", "Bitte wählen Sie einen Standort.")) { Field = "site" };

    private static Refusal BadName { get; } = new("name", new(
        $"Enter a name of at most {Member.NameMax} characters.", $"Geben Sie einen Namen aus höchstens {Member.NameMax} Zeichen ein."))
    { Field = "name" };
}
