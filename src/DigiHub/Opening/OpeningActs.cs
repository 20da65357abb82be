using DigiHub.Activity;
using DigiHub.Settings;

namespace DigiHub.Opening;

/// <summary>What is done to the hub as a whole.</summary>
public static class OpeningActs
{
    public static readonly Act<int> SettingsChanged = HubState.Subject.Act("settings_changed");
    public static readonly Act<int> Opened = HubState.Subject.Act("opened");
}
