using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Notifications;

/// <summary>Use cases of notifications.</summary>
internal static class NotificationsUseCases
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<UpcomingNotifications>();
        services.AddSingleton<SendNow>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<CancelNotification>();
        services.AddSingleton<FailedNotifications>();
        services.AddSingleton<AnonymiseNotifications>();
        services.TryAddSingleton<Func<NotificationKeeping>>(static () => new());
    }
}
