using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Claims;
using DigiHub.Closures;
using DigiHub.Demo;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.FloorPlans;
using DigiHub.Imports;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Opening;
using DigiHub.Operations;
using DigiHub.Privacy;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Reports;
using DigiHub.Setup;
using DigiHub.Spaces;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub;

/// <summary>Registers the use cases of all capabilities; each folder lists its own in a file named after it.</summary>
public static class UseCases
{
    /// <summary>
    /// Needs beside it: AddHubDb, an IClock, an IJobSignal and logging.
    /// </summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        // From the lowest layer up: of several checks of one notification those of the lower layer run first.
        services.AddKeys();
        services.AddSpaces();
        services.AddNotifications();
        services.AddMail();
        services.AddMembers();
        services.AddAccess();
        services.AddClaims();
        services.AddBookings();
        services.AddEvents();
        services.AddRegistrations();
        services.AddReminders();
        services.AddOpening();
        services.AddSetup();
        services.AddFloorPlans();
        services.AddMemberships();
        services.AddImports();
        services.AddClosures();
        services.AddReports();
        services.AddDisplays();
        services.AddCalendars();
        services.AddOperations();
        services.AddWebhooks();
        services.AddPrivacy();
        services.AddDemo();
        return services;
    }
}
