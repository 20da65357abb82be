using DigiHub.Calendars;

namespace DigiHub.Web.Security;

/// <summary>
/// Answers HEAD like GET, status and headers, without the body: link checkers, monitors and previews use it for every
/// address. GET changes nothing, so HEAD does not either.
/// </summary>
internal static class HeadAsGet
{
    /// <summary>Before routing, which would find no endpoint for HEAD, and around all that writes a body.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Response.Body = body;
        }
    });
}
