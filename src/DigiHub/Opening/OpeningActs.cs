using DigiHub.Activity;

namespace DigiHub.Opening;

/// <summary>What is done to the hub as a whole on the way to its opening and after.</summary>
public static class OpeningActs
{
    public static readonly HubAct SettingsChanged = new("hub.settings_changed");

    public static readonly HubAct LogoChanged = new("hub.logo_changed");

    public static readonly HubAct Opened = new("hub.opened");
}
