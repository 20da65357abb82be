namespace DigiHub.Web.Security;

/// <summary>A page whose address contains a secret token.</summary>
internal static class TokenPage
{
    /// <summary>No referrer, no indexing; pages are never cached (SecurityHeaders).</summary>
    public static void KeepPrivate(HttpResponse response)
    {
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
    }
}
