using DigiHub.Activity;
using DigiHub.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Registrations;

/// <summary>Use cases of registrations.</summary>
internal static class RegistrationsUseCases
{
    public static void AddRegistrations(this IServiceCollection services)
    {
        services.AddSingleton<EventBySlug>();
        services.AddSingleton<Register>();
        services.AddSingleton<CancelRegistration>();
        services.AddSingleton<ConfirmRegistration>();
        services.AddSingleton<LapseRegistrations>();
        services.AddSingleton<ReinstateRegistration>();
        services.AddSingleton<PromoteFromWaitingList>();
        services.AddSingleton<CheckIn>();
        services.AddSingleton<UndoCheckIn>();
        services.AddSingleton<AttendeeList>();
        services.AddSingleton<EventOutbox>();
        services.AddSingleton<MyRegistrations>();
        services.AddSingleton<RegistrationByLink>();
        services.AddSingleton<CorrectAddress>();
        services.AddSingleton<ConfirmAddress>();
        services.AddSingleton<ConfirmAddressChange>();
        services.AddSingleton<INotificationCheck, AddressNotificationCheck>();
        services.AddSingleton<INotificationCalendar, RegistrationCalendar>();
        services.AddSingleton<IWebhookSubject, RegistrationWebhooks>();
    }
}
