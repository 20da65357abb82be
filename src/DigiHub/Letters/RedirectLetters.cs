using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>Sends letters that are not yet on their way to an address that was proven good, in the caller's transaction.</summary>
internal static class RedirectLetters
{
    public static async Task Run(HubDb db, IQueryable<Letter> which, EmailAddress email, CancellationToken stop)
    {
        var normalized = email.Key;
        var waiting = which.NotYetLeaving();
        var purposes = waiting.Select(letter => letter.Purpose);
        // Who corrects an address to and fro has withdrawn letters of these purposes at it; they never left, and would stand in the way.
        await db.Letters.Where(letter => letter.NormalizedEmail == normalized && letter.SentAt == null
                && (letter.State == LetterState.Cancelled || letter.State == LetterState.Skipped || letter.State == LetterState.Failed)
                && purposes.Contains(letter.Purpose))
            .ExecuteDeleteAsync(stop);
        await waiting.ExecuteUpdateAsync(row => row.SetProperty(letter => letter.RecipientEmail, email).SetProperty(letter => letter.NormalizedEmail, normalized), stop);
    }
}
