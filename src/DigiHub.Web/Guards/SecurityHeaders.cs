using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Guards;

/// <summary>What every answer tells the browser to forbid.</summary>
public static class SecurityHeaders
{
    private const string Strict =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; " +
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    // The dashboard of the jobs and the reader of the API's document are made by others, with scripts and styles inline.
    private const string OthersPages =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    private const string Features =
        "accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    // The address of these is a secret: it must not travel on as a referrer.
    private static readonly string[] SealedPaths = ["/sign-in/link", "/tickets", "/registrations", "/unsubscribe", "/feeds"];

    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var https = app.ApplicationServices.GetRequiredService<IOptions<HubSettings>>().Value.PublicUrl.Scheme == Uri.UriSchemeHttps;
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = PolicyFor(http.Request.Path);
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = SealedPaths.Any(path => IsBelow(http.Request.Path, path)) ? "no-referrer" : "same-origin";
            headers["Permissions-Policy"] = Features;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (https)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains"; // a year; what speaks http to us is the proxy
            http.Response.OnStarting(KeepPrivate, http);
            return next(http);
        });
    }

    /// <summary>The content security policy for a path.</summary>
    public static string PolicyFor(PathString path) => IsBelow(path, "/admin/jobs") || IsBelow(path, "/api/docs") ? OthersPages : Strict;

    // A page says who is signed in, and its forms carry tokens: no cache on the way may keep it and hand it to somebody else.
    private static Task KeepPrivate(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        var isPage = http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ?? false;
        if (isPage || (http.User.Identity?.IsAuthenticated ?? false) && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (!SameForEverybody.Is(http.GetEndpoint()))
            headers.Append(HeaderNames.Vary, "Cookie, Accept-Language");
        return Task.CompletedTask;
    }

    private static bool IsBelow(PathString path, string folder) => path.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase);
}
