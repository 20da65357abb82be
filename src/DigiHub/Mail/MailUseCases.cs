using DigiHub.Activity;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Mail;

/// <summary>Use cases of mail: delivery and inbound mail.</summary>
internal static class MailUseCases
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddScoped<DeliverNotifications>();
        services.AddScoped<LeaseNotifications>();
        services.AddSingleton<InFlight>();
        services.AddScoped<RelayCircuitBreaker>();
        services.AddSingleton<ResumeRelay>();
        services.AddSingleton<RelayNow>();
        services.AddSingleton<RetryNotifications>();
        services.AddSingleton<NotificationsNow>();
        services.AddSingleton<MailMeter>();
        services.AddSingleton<IWebhookSubject, EmailWebhooks>();
        services.TryAddSingleton(new DeliveryPace());
        services.TryAddSingleton(new RelayReach());
        services.AddSingleton<INotificationCheck, SuppressedCheck>();
        services.AddSingleton<AddressStatus>();
        services.AddSingleton<ProcessInbound>();
        services.AddSingleton<NoteReading>();
    }
}
