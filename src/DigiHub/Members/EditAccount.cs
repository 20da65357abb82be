using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;

namespace DigiHub.Members;

/// <summary>
/// What members may change about themselves; their address by a notification to it (<see cref="AskAddressChange"/>);
/// organisation and roles are others' to change.
/// </summary>
/// <param name="HomeSiteId">The site the pages open with; null leaves it as it is.</param>
public sealed record EditAccountRequest(Guid MemberId, PersonName Name, Language Language, int? HomeSiteId = null);

public sealed class EditAccount(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with site_unknown; null for a member who is not there.</summary>
    public Task<Outcome<Member?>> Run(EditAccountRequest request, CancellationToken stop)
    {
        return unitOfWork.Run<Member?>(async db =>
        {
            var member = await db.Members.SingleOrDefaultAsync(candidate => candidate.Id == request.MemberId, stop);
            if (member is null)
                return (Member?)null;
            member.Name = request.Name;
            member.Language = request.Language;
            if (request.HomeSiteId is { } siteId)
            {
                if (!await db.Sites.AnyAsync(site => site.Id == siteId, stop))
                    return SiteUnknown;
                member.HomeSiteId = siteId;
            }

            db.Record(clock.GetCurrentInstant(), member.Id, MemberActs.Edited, member.Id,
                changes: FieldChanges.Of(db, member, except: [nameof(Member.NameKey)]));
            return member;
        }, stop);
    }

    private static Refusal SiteUnknown { get; } =
        new("site_unknown", new("Choose a site.", "Wählen Sie einen Standort.", "Wähle einen Standort.")) { Field = "site" };
}
