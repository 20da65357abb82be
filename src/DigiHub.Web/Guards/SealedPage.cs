namespace DigiHub.Web.Guards;

/// <summary>A page whose address is a key.</summary>
internal static class SealedPage
{
    /// <summary>Kept by no cache, told to no other site, found by no search engine.</summary>
    public static void KeepPrivate(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
    }
}
