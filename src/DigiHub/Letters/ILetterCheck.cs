using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>Looks at the world again just before a letter leaves: is it still true?</summary>
public interface ILetterCheck
{
    bool Concerns(LetterKind kind);

    /// <summary>Null if the letter is still true; else a short reason for the row, such as "cancelled" or "moved".</summary>
    Task<string?> WhyNot(HubDb db, Letter letter, Instant now, CancellationToken stop);
}
