using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Text;

namespace DigiHub.Memberships;

/// <param name="Text">Part of a name, however it is spelled; null for all.</param>
/// <param name="WithRetired">Retired ones are listed, too.</param>
/// <param name="Page">From 1, of <see cref="OrganisationList.PageSize"/>.</param>
public sealed record OrganisationListQuery(string? Text = null, bool WithRetired = false, int Page = 1);

/// <param name="People">Memberships that stand.</param>
public sealed record ListedOrganisation(Organisation Organisation, Words Kind, int People);

/// <param name="Count">Of all that were found.</param>
public sealed record ListedOrganisations(IReadOnlyList<ListedOrganisation> Organisations, int Count);

/// <summary>The organisations of the hub by name, for those who look after them.</summary>
public sealed class OrganisationList(HubDbFactory databases)
{
    public const int PageSize = 50;

    /// <summary>More pages than organisations fit on.</summary>
    public const int PageMax = 10_000;

    /// <summary>Empty for viewers who may not.</summary>
    public async Task<ListedOrganisations> Run(OrganisationListQuery query, Viewer viewer, CancellationToken stop)
    {
        if (!viewer.May(Permission.ManageOrganisations))
            return new ListedOrganisations([], 0);
        await using var db = databases.Open();
        var found = db.Organisations.AsNoTracking();
        if (!query.WithRetired)
            found = found.Where(one => one.RetiredAt == null);
        if (SearchText.Typed(query.Text) is { } folded)
            found = found.Where(one => one.NameKey.Contains(folded));

        var count = await found.CountAsync(stop);
        var page = await found.OrderBy(one => one.NameKey).ThenBy(one => one.Id)
            .Skip((Math.Clamp(query.Page, 1, PageMax) - 1) * PageSize).Take(PageSize).ToListAsync(stop);
        int[] ids = [.. page.Select(one => one.Id)];
        var people = await db.Memberships.Standing().Where(one => ids.Contains(one.OrganisationId))
            .GroupBy(one => one.OrganisationId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var kinds = await db.KindNames(stop);
        return new ListedOrganisations(
            [.. page.Select(one => new ListedOrganisation(one, kinds[one.Kind], people.GetValueOrDefault(one.Id)))], count);
    }

    /// <summary>By key and name, in their order; the same for everybody.</summary>
    public async Task<IReadOnlyList<OrganisationKind>> Kinds(CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.OrganisationKinds.AsNoTracking().OrderBy(kind => kind.Position).ToListAsync(stop);
    }

    /// <summary>Those that take people, by name, to choose from; at most <see cref="OrganisationRules.OrganisationsMax"/>.</summary>
    public async Task<IReadOnlyList<Organisation>> Standing(Viewer viewer, CancellationToken stop)
    {
        if (!viewer.May(Permission.ManageMembers))
            return [];
        await using var db = databases.Open();
        return await db.Organisations.AsNoTracking().Where(one => one.RetiredAt == null).OrderBy(one => one.NameKey).ToListAsync(stop);
    }
}

internal static class OrganisationKindNames
{
    extension(HubDb db)
    {
        public async Task<Dictionary<string, Words>> KindNames(CancellationToken stop) =>
            (await db.OrganisationKinds.AsNoTracking().ToListAsync(stop)).ToDictionary(kind => kind.Key, kind => kind.Name.Words);
    }
}
