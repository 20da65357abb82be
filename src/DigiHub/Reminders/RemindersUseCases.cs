using DigiHub.Mail;
using DigiHub.Notifications;
using DigiHub.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DigiHub.Reminders;

/// <summary>Use cases of reminders.</summary>
internal static class RemindersUseCases
{
    public static void AddReminders(this IServiceCollection services)
    {
        services.TryAddSingleton(QuietHours.Usual);
        services.AddSingleton<StopReminders>();
        services.AddSingleton<NotificationPreferences>();
        services.AddSingleton<ChooseReminders>();
        services.AddSingleton<ReminderTemplates>();
        services.AddSingleton<EventSchedule>();
        services.AddSingleton<RemindersToCome>();
        services.AddSingleton<MyWays>();
        services.AddScoped<WriteDigests>();
        services.AddSingleton<INotificationCheck, DigestCheck>();
        services.AddSingleton<INotificationCheck, EventNotificationCheck>();
        services.AddSingleton<INotificationWait, QuietHoursWait>();
        services.AddSingleton<INotificationWait, ThrottleRepeats>();
        services.AddSingleton<IInboundHandler, UnsubscribeByMail>();
    }
}
