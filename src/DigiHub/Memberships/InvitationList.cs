using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <param name="Organisation">Null: to the hub alone.</param>
/// <param name="InvitedBy">Null: the operator, or somebody who is gone.</param>
public sealed record ListedInvitation(Invitation Invitation, string? Organisation, string? Slug, PersonName? InvitedBy, bool IsExpired);

/// <summary>Invitations that have not ended, the latest first; expired ones as long as they are kept.</summary>
public sealed class InvitationList(HubDbFactory databases, IClock clock)
{
    public const int CountMax = 500;

    /// <summary>Of the whole hub, for who manages members; empty for others.</summary>
    public async Task<IReadOnlyList<ListedInvitation>> All(Guid viewerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.MayInviteTo(organisationId: null, viewerId, clock.GetCurrentInstant(), stop)
            ? await Rows(db, db.Invitations.NotEnded(), stop)
            : [];
    }

    /// <summary>Of one organisation, for who looks after it; null for others and for none.</summary>
    public async Task<IReadOnlyList<ListedInvitation>?> Of(string slug, Guid viewerId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var id = await db.Organisations.Where(one => one.Slug == slug).Select(one => (int?)one.Id).SingleOrDefaultAsync(stop);
        if (id is not { } organisationId || !await db.LooksAfter(organisationId, viewerId, clock.GetCurrentInstant(), stop))
            return null;
        return await Rows(db, db.Invitations.NotEnded().Where(one => one.OrganisationId == organisationId), stop);
    }

    private async Task<IReadOnlyList<ListedInvitation>> Rows(HubDb db, IQueryable<Invitation> invitations, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var rows = await invitations.AsNoTracking().OrderByDescending(one => one.Id).Take(CountMax)
            .LeftJoin(db.Organisations, one => one.OrganisationId, of => of.Id, (one, of) => new { one, of!.Name, of.Slug })
            .LeftJoin(db.Members, row => row.one.InvitedById, member => member.Id,
                (row, member) => new { row.one, row.Name, row.Slug, InvitedBy = member!.Name })
            .ToListAsync(stop);
        return [.. rows.OrderByDescending(row => row.one.Id)
            .Select(row => new ListedInvitation(row.one, row.Name, row.Slug, row.InvitedBy, row.one.ExpiresAt <= now))];
    }
}
