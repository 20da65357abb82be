using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>
/// Who joins and leaves and joins again is told of the first step and of where they ended. Letters about one registration keep a
/// distance; each step withdraws what the one before has not sent yet, so of fifteen steps within ten minutes two letters remain.
/// After so many in a day the last word waits for the next day, or for the last hour in which it still helps; also of an event that its
/// organiser moves again and again.
/// </summary>
internal sealed class FlapGuard(Catalogue catalogue) : ILetterWait
{
    /// <summary>Automatic letters to one address about one event in one day.</summary>
    public const int PerDayMax = 5;

    public static readonly Duration Distance = Duration.FromMinutes(10);

    private static readonly Duration lastWord = Duration.FromHours(1);

    public bool Concerns(LetterKind kind) => kind == LetterKind.EventChanged || KeepsDistance(kind);

    /// <summary>Changes of an event are gathered for a while before they are told.</summary>
    private static bool KeepsDistance(LetterKind kind) =>
        kind is LetterKind.RegistrationConfirmed or LetterKind.RegistrationWaiting or LetterKind.RegistrationCancelled;

    public async Task<Instant?> Until(HubDb db, Letter letter, Instant now, CancellationToken stop)
    {
        if (letter.SiteId is not { } siteId || (await catalogue.Map(stop)).Place(siteId) is not { } place)
            return null;
        var (registrationId, today) = (letter.RegistrationId, place.Time.DayOf(place.Time.DateOf(now)));
        var sent = await db.Letters.Where(other => other.RegistrationId == registrationId && other.SentAt != null && other.SentAt >= today.Start)
            .Select(other => new { other.Kind, other.SentAt }).ToListAsync(stop);

        Instant? until = null;
        if (sent.Count >= PerDayMax)
            until = letter.NotAfter is { } last ? Instant.Min(today.End, last - lastWord) : today.End;
        else if (KeepsDistance(letter.Kind) && sent.Where(other => KeepsDistance(other.Kind)).Max(other => other.SentAt) is { } latest)
            until = latest + Distance;
        return until > now && !(until >= letter.NotAfter) ? until : null;
    }
}
