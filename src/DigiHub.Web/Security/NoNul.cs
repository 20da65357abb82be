using Microsoft.Extensions.Primitives;

namespace DigiHub.Web.Security;

/// <summary>
/// Refuses a form in which a NUL stands: no keyboard types one and PostgreSQL keeps no text with it, so that every search and every
/// comparison with what was typed would break there. The server itself refuses one in a path, QueryValues in an address.
/// </summary>
internal static class NoNul
{
    /// <summary>After what checks where a form comes from: that has read it, within its limits.</summary>
    public static void UseNoNul(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && Holds(await http.Request.ReadFormAsync(http.RequestAborted)))
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
