using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <param name="Other">The delegate; of what a member does for others, whose bookings they are.</param>
public sealed record DelegationView(Delegation Delegation, PersonName Other);

/// <param name="Delegates">Who books for the member.</param>
/// <param name="For">For whom the member books.</param>
/// <param name="Colleagues">Who could be made a delegate, by name.</param>
public sealed record DelegationLists(
    IReadOnlyList<DelegationView> Delegates, IReadOnlyList<DelegationView> For, IReadOnlyList<(Guid Id, PersonName Name)> Colleagues);

/// <summary>Who books for a member, for whom they book, and whom they could ask.</summary>
public sealed class DelegationsOf(HubDbFactory databases, IClock clock)
{
    public async Task<DelegationLists> Run(Guid memberId, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var (members, inForce) = (db.Members, db.Delegations.AsNoTracking().InForce(now));
        var delegates = await inForce.Where(one => one.MemberId == memberId)
            .Join(members, one => one.DelegateId, other => other.Id, (one, other) => new DelegationView(one, other.Name)).ToListAsync(stop);
        var forOthers = await inForce.Where(one => one.DelegateId == memberId)
            .Join(members, one => one.MemberId, other => other.Id, (one, other) => new DelegationView(one, other.Name)).ToListAsync(stop);
        var colleagues = await db.ColleaguesOf(memberId).OrderBy(one => one.NameKey).Select(one => new { one.Id, one.Name })
            .ToListAsync(stop);
        return new DelegationLists(
            [.. delegates.OrderBy(one => one.Other.Text, StringComparer.CurrentCulture)],
            [.. forOthers.OrderBy(one => one.Other.Text, StringComparer.CurrentCulture)],
            [.. colleagues.Where(one => !delegates.Exists(known => known.Delegation.DelegateId == one.Id))
                .Select(one => (one.Id, one.Name))]);
    }
}
