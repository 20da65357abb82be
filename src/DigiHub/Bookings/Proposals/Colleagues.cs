using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Bookings.Proposals;

/// <summary>Somebody of the same organisation.</summary>
public sealed record Colleague(Guid Id, PersonName PersonName);

/// <summary>To whom a member can hand over: people who belong to an organisation that they belong to.</summary>
public sealed class Colleagues(HubDbFactory databases)
{
    private const int Max = 500;

    /// <summary>By name; without the member.</summary>
    public async Task<IReadOnlyList<Colleague>> Of(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var found = await Query(db, memberId).Select(one => new { one.Id, one.Name }).Take(Max).ToListAsync(stop);
        return [.. found.OrderBy(one => one.Name.SearchKey, StringComparer.Ordinal).Select(one => new Colleague(one.Id, one.Name))];
    }

    internal static Task<bool> Are(HubDb db, Guid memberId, Guid otherId, CancellationToken stop) =>
        Query(db, memberId).AnyAsync(one => one.Id == otherId, stop);

    private static IQueryable<Member> Query(HubDb db, Guid memberId)
    {
        var memberships = db.Memberships;
        var theirs = memberships.Where(one => one.MemberId == memberId && one.LeftAt == null);
        return db.Members.Where(other => other.Id != memberId && other.DisabledAt == null && memberships.Any(one =>
            one.MemberId == other.Id && one.LeftAt == null && theirs.Any(mine => mine.OrganisationId == one.OrganisationId)));
    }
}
