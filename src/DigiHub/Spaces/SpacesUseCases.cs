using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Spaces;

/// <summary>All that can be done with spaces and asked about them, a line each.</summary>
internal static class SpacesUseCases
{
    public static void AddSpaces(this IServiceCollection services) => services.AddSingleton<Catalogue>();
}
