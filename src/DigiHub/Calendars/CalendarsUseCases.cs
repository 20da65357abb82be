using DigiHub.Calendars.Links;
using DigiHub.Mail;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Calendars;

/// <summary>Use cases of calendars.</summary>
internal static class CalendarsUseCases
{
    public static void AddCalendars(this IServiceCollection services)
    {
        services.AddSingleton<Feeds>();
        services.AddSingleton<FeedLinks>();
        services.AddSingleton<LinkedFeeds>();
        services.AddSingleton<IInboundHandler, CalendarReplies>();
        services.AddSingleton<ConfirmDecline>();
        services.AddSingleton<INotificationCheck, DeclineCheck>();
    }
}
