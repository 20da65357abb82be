using DigiHub.Data;
using DigiHub.Letters;
using DigiHub.Spaces;

namespace DigiHub.Reminders;

/// <summary>
/// Reminders were planned outside the quiet hours; but the settings may be others by now, or a relay that was away until the
/// evening would have them leave at night.
/// </summary>
internal sealed class QuietHoursWait(Catalogue catalogue) : ILetterWait
{
    public bool Concerns(LetterKind kind) => kind.Class == LetterClass.Reminder;

    public async Task<Instant?> Until(HubDb db, Letter letter, Instant now, CancellationToken stop) =>
        letter.NextAttemptAt >= letter.DueAt // else somebody had it sent ahead, to read it now
        && letter.SiteId is { } siteId && (await catalogue.Map(stop)).Place(siteId) is { } place
            ? place.Quiet.Wait(now, letter.NotAfter, place.Time)
            : null;
}
