using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace DigiHub.Web.Layout;

/// <summary>Sends pages and data compressed; stylesheets and scripts were compressed when the program was built.</summary>
public static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            // Over https, too: what compression can betray is a secret that stands in one answer with words of a stranger's
            // choosing, requested repeatedly. Our cookies are not sent with cross-site requests (SameSite), and the
            // tokens in forms are masked differently each time.
            compression.EnableForHttps = true;
            compression.MimeTypes =
                [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "text/calendar", "text/csv", "image/svg+xml"];
        });
        // The fastest levels: a page is made for one reader and sent once.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }
}
