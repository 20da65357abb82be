using DigiHub.Activity;
using DigiHub.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Events;

/// <summary>Use cases of events.</summary>
internal static class EventsUseCases
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<WriteEvent>();
        services.AddSingleton<PublishEvent>();
        services.AddSingleton<CheckDraft>();
        services.AddSingleton<EditEvent>();
        services.AddSingleton<CancelEvent>();
        services.AddSingleton<ReinstateEvent>();
        services.AddSingleton<DeleteDraft>();
        services.AddSingleton<DuplicateEvent>();
        services.AddSingleton<UpcomingEvents>();
        services.AddSingleton<HostedEvents>();
        services.AddSingleton<IZoneFollower, EventInstants>();
        services.AddSingleton<WithoutSpace>();
        services.AddSingleton<RoomsForEvent>();
        services.AddSingleton<IWebhookSubject, EventWebhooks>();
    }
}
