using DigiHub.Spaces;

namespace DigiHub.Web;

/// <summary>Who runs the hub, as it is in force.</summary>
public sealed class Imprint(Catalogue catalogue, SettingsNow settings)
{
    /// <summary>At most half a second old.</summary>
    public async ValueTask<ImprintSettings> Get(CancellationToken stop = default)
    {
        await catalogue.Map(stop); // which tells the settings what has changed
        return settings.Value.Imprint;
    }
}
