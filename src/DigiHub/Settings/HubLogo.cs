namespace DigiHub.Settings;

/// <summary>On a light ground, or on a dark one.</summary>
public enum LogoLook { Light, Dark }

/// <summary>The names of the pictures that stand in place of the hub's sign; null where there is none.</summary>
/// <param name="Light">Also on a dark ground while there is no other.</param>
public sealed record HubLogo(string? Light, string? Dark)
{
    /// <summary>Under which the names are stored among the settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [LogoLook.Light.Key, LogoLook.Dark.Key];

    /// <param name="stored">The settings entered in the browser.</param>
    public static HubLogo Of(IReadOnlyDictionary<string, string> stored) =>
        new(stored.GetValueOrDefault(LogoLook.Light.Key), stored.GetValueOrDefault(LogoLook.Dark.Key));
}

internal static class LogoKeys
{
    extension(LogoLook look)
    {
        public string Key => look == LogoLook.Light ? "Logo" : "LogoDark";
    }
}
