using DigiHub.Calendars;

namespace DigiHub.Web.Security;

/// <summary>
/// Answers for addresses that are none of ours with 404, and for ours asked in a wrong way (405, 415) as routing says,
/// before anybody is asked to sign in: the rule "for members, unless it says otherwise" is about pages that exist.
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
