using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Operations;

/// <summary>Use cases of operations.</summary>
internal static class OperationsUseCases
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<HubFigures>();
        services.AddSingleton<SitesToday>();
        services.AddSingleton<WorkAtSitesNow>();
        services.AddSingleton<WatchNotifications>();
        services.AddSingleton<ExplainAddress>();
        services.AddSingleton<SuspendAddress>();
        services.AddSingleton<SuspendedAddresses>();
        services.AddSingleton<InboundNow>();
        services.AddSingleton<AllActivity>();
        services.AddSingleton<MakeBackup>();
        services.AddSingleton<OpenBackup>();
        services.AddSingleton<VerifyBackup>();
        services.AddSingleton<RestoreBackup>();
        services.AddSingleton<BackupsNow>();
        services.AddSingleton<RestingSending>();
        services.AddSingleton<ReleaseSending>();
        services.AddScoped<PurgeExpired>();
        services.TryAddSingleton<Func<AlarmOptions>>(static () => new());
    }
}
