using Microsoft.Extensions.DependencyInjection;

namespace DigiHub;

/// <summary>Registers every use case and question of the house, a line each: the table of contents of what it can do.</summary>
public static class UseCases
{
    /// <summary>
    /// Needs beside it: AddHubDb, an IClock, an IKnock and logging.
    /// </summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        // Spaces
        services.AddSingleton<Spaces.Catalogue>();

        // Demo
        services.AddSingleton<Demo.SeedDemo>();

        return services;
    }
}
