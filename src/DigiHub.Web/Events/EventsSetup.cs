namespace DigiHub.Web.Events;

public static class EventsSetup
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapOrganise();
        routes.MapSignposts();
    }
}
