using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Opening;

/// <param name="Administrators">Who can sign in and administrate the whole hub just now.</param>
/// <param name="Spaces">On offer, at all sites.</param>
/// <param name="OpenedAt">Null: not open yet.</param>
public sealed record HubProgress(int Administrators, int Sites, int Spaces, Instant? OpenedAt);

/// <summary>
/// How far the hub is set up, counted each time: nothing remembers a step, so set-up can be left, resumed, and done by command. The pages
/// and doctor say the same.
/// </summary>
public sealed class SetupState(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    private volatile string? administratedAsOf; // the stamp of the catalogue; null: not known to have had an administrator

    public async Task<HubProgress> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var grants = db.RoleGrants.InForce(clock.GetCurrentInstant()).Giving(Permission.ManageMembers);
        var administrators = await db.Members.CountAsync(
            member => member.DisabledAt == null && grants.Any(grant => grant.MemberId == member.Id), stop);
        return new(administrators, map.Places.Count, map.Spaces.Count(space => space.IsOffered), map.OpenedAt);
    }

    /// <summary>
    /// Whether the hub ever had an administrator. Asks the database until it has, and then only when the catalogue has changed, which may
    /// mean another database: a restored one.
    /// </summary>
    public async ValueTask<bool> HasHadAdministrator(CancellationToken stop)
    {
        var stamp = (await catalogue.Map(stop)).Stamp ?? "";
        if (administratedAsOf == stamp)
            return true;
        await using var db = databases.Open();
        if (!await db.HasHadAdministrator(stop))
            return false;
        administratedAsOf = stamp;
        return true;
    }
}
