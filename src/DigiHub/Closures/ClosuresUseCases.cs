using DigiHub.Claims;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Closures;

/// <summary>Use cases of closures.</summary>
internal static class ClosuresUseCases
{
    public static void AddClosures(this IServiceCollection services)
    {
        services.AddSingleton<CloseSite>();
        services.AddSingleton<ChangeClosure>();
        services.AddSingleton<StandingOnClosedDays>();
        services.AddSingleton<BookedOnClosedDays>();
        services.AddSingleton<CloseSpace>();
        services.AddSingleton<SpaceClosures>();
        services.AddSingleton<OverlappedClosures>();
        services.AddSingleton<IZoneFollower, ClosureInstants>();
        services.AddSingleton<INotificationCheck, ClosureNotificationCheck>();
    }
}
