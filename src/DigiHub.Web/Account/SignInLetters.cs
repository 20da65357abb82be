using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Members;
using DigiHub.Web.Letters;

namespace DigiHub.Web.Account;

/// <summary>Writes the letter that signs somebody in.</summary>
public sealed class SignInLetters(LetterLinks links, IClock clock) : ILetterAuthor
{
    public bool Writes(LetterKind kind) => kind == LetterKind.SignInLink;

    public async Task<LetterDraft?> Draft(HubDb db, Letter letter, CancellationToken stop)
    {
        var link = await db.SignInLinks.AsNoTracking().FirstOrDefaultAsync(known => known.Id == letter.SignInLinkId, stop);
        if (link is null || link.UsedAt is not null || link.ExpiresAt <= clock.GetCurrentInstant())
            return null;
        return new LetterDraft(
            new Words($"Your sign-in link for {links.HubName}", $"Ihr Anmeldelink für {links.HubName}").In(letter.Language),
            typeof(SignInLetter), new SignInLetterFacts(await links.SignIn(link.Id, stop), links.HubName));
    }
}

public sealed record SignInLetterFacts(Uri Link, string HubName)
{
    public int Minutes => (int)SignInLink.Life.TotalMinutes;
}
