using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Demo;

/// <summary>What the demo does.</summary>
internal static class DemoUseCases
{
    public static void AddDemo(this IServiceCollection services) => services.AddSingleton<SeedDemo>().AddSingleton<RemoveDemo>();
}
