using DigiHub.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Spaces;

/// <summary>Use cases of spaces.</summary>
internal static class SpacesUseCases
{
    public static void AddSpaces(this IServiceCollection services)
    {
        services.TryAddSingleton<ISettingsFollower, FixedSettings>();
        services.AddSingleton<Catalogue>();
    }
}
