using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Spaces;

/// <summary>Use cases of spaces.</summary>
internal static class SpacesUseCases
{
    public static void AddSpaces(this IServiceCollection services) => services.AddSingleton<Catalogue>();
}
