using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>A member as the front desk finds them.</summary>
public sealed record FoundMember(Guid Id, string Name, string Email);

/// <summary>Finds members by part of their name or address, for those who act on behalf of others.</summary>
public sealed class MemberSearch(HubDbFactory databases)
{
    public const int LettersMin = 2;
    public const int CountMax = 10;

    /// <summary>By name, at most <see cref="CountMax"/>; empty below <see cref="LettersMin"/> letters, and for viewers who do not see others.</summary>
    public async Task<IReadOnlyList<FoundMember>> Run(string? text, Viewer viewer, CancellationToken stop)
    {
        if (!viewer.SeesAll || text?.Trim() is not { Length: >= LettersMin } wanted)
            return [];

        var upper = Member.Normalize(wanted);
        await using var db = databases.Open();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // not run here but told to the database, which has one upper()
        return await db.Members.AsNoTracking()
            // The address is kept in upper case; a name is compared as typed as well, since SQLite raises only ASCII letters.
            .Where(member => member.DisabledAt == null
                && (member.NormalizedEmail.Contains(upper) || member.Name.ToUpper().Contains(upper) || member.Name.Contains(wanted)))
            .OrderBy(member => member.Name).Take(CountMax)
            .Select(member => new FoundMember(member.Id, member.Name, member.Email))
            .ToListAsync(stop);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}
