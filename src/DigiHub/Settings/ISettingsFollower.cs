using DigiHub.Time;

namespace DigiHub.Settings;

/// <summary>
/// Told which settings stand in the database each time the catalogue is loaded: at start, and within half a second after a change by
/// any process.
/// </summary>
public interface ISettingsFollower
{
    /// <param name="stored">By key, as <see cref="StoredSetting.Key"/>.</param>
    /// <returns>The quiet hours in force with them.</returns>
    QuietHours Follow(IReadOnlyDictionary<string, string> stored);
}

/// <summary>Where nothing is set in the browser.</summary>
public sealed class FixedSettings(QuietHours quiet) : ISettingsFollower
{
    public QuietHours Follow(IReadOnlyDictionary<string, string> stored) => quiet;
}
