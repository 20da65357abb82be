using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Layout;

/// <summary>The web fonts are fetched at build where npm is at hand; elsewhere the system's own fonts serve.</summary>
public static class Fonts
{
    public static bool AreIn(ResourceAssetCollection assets)
    {
        foreach (var asset in assets)
            if (asset.Url.StartsWith("fonts/", StringComparison.Ordinal)) return true;
        return false;
    }
}
