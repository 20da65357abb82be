using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Closures;
using DigiHub.Demo;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Operations;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub;

/// <summary>Registers all that the house can do, capability by capability: each folder lists its own use cases in a file of that name.</summary>
public static class UseCases
{
    /// <summary>
    /// Needs beside it: AddHubDb, an IClock, an IJobSignal and logging.
    /// </summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        // From the lowest floor up: of several checks of one notification those of the lower floor are asked first.
        services.AddKeys();
        services.AddSpaces();
        services.AddNotifications();
        services.AddMail();
        services.AddMembers();
        services.AddAccess();
        services.AddBookings();
        services.AddEvents();
        services.AddRegistrations();
        services.AddReminders();
        services.AddClosures();
        services.AddCalendars();
        services.AddOperations();
        services.AddWebhooks();
        services.AddDemo();
        return services;
    }
}
