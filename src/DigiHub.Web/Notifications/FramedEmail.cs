using Microsoft.AspNetCore.Http.HttpResults;

namespace DigiHub.Web.Notifications;

/// <summary>An e-mail's HTML as an answer for a frame without rights.</summary>
internal static class FramedEmail
{
    // The e-mail brings its own styles and pictures, and nothing else: no script, no form, nothing from elsewhere.
    private const string EmailPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public static ContentHttpResult Of(HttpContext http, MailView email)
    {
        http.Response.Headers.ContentSecurityPolicy = EmailPolicy;
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        // Links must leave the frame, or the hub's pages would open inside it and be refused.
        return TypedResults.Text(email.Html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal),
            "text/html; charset=utf-8");
    }
}
