namespace DigiHub.Web.Registrations;

public static class RegistrationsSetup
{
    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        routes.MapMyRegistrations();
        routes.MapAttendeeList();
    }
}
