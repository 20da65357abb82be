using DigiHub.Calendars;

namespace DigiHub.Web.Security;

/// <summary>
/// Answers unknown addresses with 404, and known ones with a wrong method or content type as routing says (405, 415),
/// before anybody is sent to the sign-in page: "members only by default" applies to pages that exist.
/// </summary>
internal static class NotFoundGuard
{
    public static void UseNotFoundGuard(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        switch (context.GetEndpoint())
        {
            case null:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            case not RouteEndpoint and { RequestDelegate: { } wrongWay }: // made by routing itself
                return wrongWay(context);
            default:
                return next(context);
        }
    });
}
