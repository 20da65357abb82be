using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Layout;

/// <summary>The web fonts are fetched at build if npm is available; otherwise system fonts are used.</summary>
public static class Fonts
{
    public static bool AreIn(ResourceAssetCollection assets)
    {
        foreach (var asset in assets)
            if (asset.Url.StartsWith("fonts/", StringComparison.Ordinal)) return true;
        return false;
    }
}
