using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Security;

/// <summary>
/// Refuses a form that contains a NUL: no keyboard types one and PostgreSQL cannot store it, so every search and every
/// comparison with it would throw. The server itself refuses one in a path, QueryValues in a query.
/// </summary>
internal static class NoNul
{
    /// <summary>Runs after SameOrigin, which has read the form within its limits.</summary>
    public static void UseNoNul(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            && Holds(await http.Request.ReadFormAsync(http.RequestAborted)))
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        else
            await next(http);
    });

    private static bool Holds(IFormCollection form)
    {
        foreach (var (name, values) in form)
            if (HasNul(name) || HasNul(values)) return true;
        return false;
    }

    private static bool HasNul(StringValues values)
    {
        foreach (var value in values)
            if (value?.Contains('\0', StringComparison.Ordinal) == true) return true;
        return false;
    }
}
