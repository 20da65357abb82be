using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Reports;

/// <summary>Use cases of reports.</summary>
internal static class ReportsUseCases
{
    public static void AddReports(this IServiceCollection services) => services.AddSingleton<MakeReport>();
}
