using DigiHub.Web.Notifications;

namespace DigiHub.Web.Registrations;

public static class RegistrationsSetup
{
    public static void AddRegistrations(this IServiceCollection services)
    {
        services.AddSingleton<IEmailAuthor, RegistrationEmails>();
        services.AddSingleton<IEmailAuthor, AddressEmails>();
    }

    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        routes.MapMyRegistrations();
        routes.MapAttendeeList();
    }
}
