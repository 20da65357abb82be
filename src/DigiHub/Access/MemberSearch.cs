using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>A member as the front desk finds them.</summary>
public sealed record FoundMember(Guid Id, PersonName Name, EmailAddress Email);

/// <summary>Finds members by part of their name or address, for those who act on behalf of others.</summary>
public sealed class MemberSearch(HubDbFactory databases)
{
    public const int CharactersMin = 2;
    public const int CountMax = 10;

    /// <summary>
    /// By name, at most <see cref="CountMax"/>; empty below <see cref="CharactersMin"/> letters, and for viewers who book for nobody else.
    /// </summary>
    public async Task<IReadOnlyList<FoundMember>> Run(string? text, Viewer viewer, CancellationToken stop)
    {
        if (!viewer.MayAnywhere(Permission.BookForOthers) || SearchText.Typed(text) is not { Length: >= CharactersMin } folded)
            return [];

        var key = EmailAddress.KeyOfPart(text!);
        await using var db = databases.Open();
        return await db.Members.AsNoTracking()
            .Where(member => member.DisabledAt == null && (member.NormalizedEmail.Contains(key) || member.NameKey.Contains(folded)))
            .OrderBy(member => member.NameKey).ThenBy(member => member.Id).Take(CountMax)
            .Select(member => new FoundMember(member.Id, member.Name, member.Email))
            .ToListAsync(stop);
    }
}
