using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Keys;

/// <summary>Use cases of keys.</summary>
internal static class KeysUseCases
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<HubTokenSigner>();
        services.AddSingleton<HubIdentity>();
    }
}
