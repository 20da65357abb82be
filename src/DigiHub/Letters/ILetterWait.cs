using DigiHub.Data;

namespace DigiHub.Letters;

/// <summary>Says just before a true letter leaves whether it had better leave later: at night, say.</summary>
public interface ILetterWait
{
    bool Concerns(LetterKind kind);

    /// <summary>
    /// Until when it waits; null: it may leave now. Never as late as the letter's NotAfter: what cannot wait leaves at an unwelcome hour
    /// rather than not at all.
    /// </summary>
    Task<Instant?> Until(HubDb db, Letter letter, Instant now, CancellationToken stop);
}
