using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Security;

/// <summary>Security headers of every response.</summary>
public sealed class SecurityHeaders(IOptions<HubSettings> settings) : IStartupFilter
{
    private const string Strict =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; frame-src 'self'; " +
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    // The dashboard of the jobs and the reader of the API's document are made by others, with scripts and styles inline.
    private const string OthersPages =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    private const string Features =
        "accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(), "
            + "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    // The address of these is a secret: it must not leak as a referrer.
    private static readonly string[] TokenPaths =
        [Paths.Folders.SignInLinks, Paths.Folders.Tickets, Paths.Folders.Registrations, Paths.Folders.Unsubscribe, Paths.Folders.Feeds];

    /// <summary>Outermost, so that responses of the framework itself (a foreign Host) have them as well.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        Use(app, settings.Value.PublicUrl.Scheme == Uri.UriSchemeHttps);
        next(app);
    };

    private static void Use(IApplicationBuilder app, bool https) =>
        app.Use((http, next) =>
        {
            var path = http.Request.Path; // a refused request is re-executed at another path, but keeps its own policy
            http.Response.OnStarting(() =>
            {
                Set(http.Response.Headers, path, https);
                KeepPrivate(http);
                return Task.CompletedTask;
            });
            return next(http);
        });

    // Set when the response starts: an error on the way clears all headers, and its response needs these, too.
    private static void Set(IHeaderDictionary headers, PathString path, bool https)
    {
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, PolicyFor(path)); // a page may have said more
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", TokenPaths.Any(folder => IsBelow(path, folder)) ? "no-referrer" : "same-origin");
        headers["Permissions-Policy"] = Features;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (https)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains"; // a year; what speaks http to us is the proxy
    }

    /// <summary>The content security policy for a path.</summary>
    public static string PolicyFor(PathString path) => IsBelow(path, Paths.Jobs) || IsBelow(path, Paths.ApiDocs) ? OthersPages : Strict;

    // A page says who is signed in, and its forms carry tokens: no cache on the way may keep it and hand it to somebody else.
    private static void KeepPrivate(HttpContext http)
    {
        var headers = http.Response.Headers;
        var isPage = http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ?? false;
        if (isPage || (http.User.Identity?.IsAuthenticated ?? false) && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (!SameForEverybody.Is(http.GetEndpoint()))
            headers.Append(HeaderNames.Vary, "Cookie, Accept-Language");
    }

    private static bool IsBelow(PathString path, string folder) => path.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase);
}
