namespace DigiHub.Web.Security;

/// <summary>A page whose address is a key.</summary>
internal static class TokenPage
{
    /// <summary>Told to no other site, found by no search engine; no cache keeps any page (SecurityHeaders).</summary>
    public static void KeepPrivate(HttpResponse response)
    {
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
    }
}
