using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Claims;

/// <summary>Use cases of claims.</summary>
internal static class ClaimsUseCases
{
    public static void AddClaims(this IServiceCollection services) => services.AddSingleton<RecomputeInstants>();
}
