using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Keys;

/// <summary>All that can be done with secrets and asked about them, a line each.</summary>
internal static class KeysUseCases
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<HubTokenSigner>();
        services.AddSingleton<HubIdentity>();
    }
}
