using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Opening;

/// <summary>Use cases from an empty database to an open hub.</summary>
internal static class OpeningUseCases
{
    public static void AddOpening(this IServiceCollection services)
    {
        services.AddSingleton<MakeSetupCode>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<SetupState>();
        services.AddSingleton<ChangeSettings>();
        services.AddSingleton<SetLogo>();
        services.AddSingleton<OpenHub>();
    }
}
