namespace DigiHub.Web.Security;

/// <summary>
/// Counts invalid links and codes by the response: only after the lookup is known which are wrong, and valid ones must
/// open for everybody behind the same address. After too many, 404 becomes 429: from then on guessing reveals nothing.
/// </summary>
internal static class WrongLinks
{
    public static void UseWrongLinks(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<Limits>();
        app.Use(async (http, next) =>
        {
            if (!Limits.HasToken(http))
            {
                await next(http);
                return;
            }

            // Counted when the response starts: a 404 page may be sent before any later middleware runs.
            var isCounted = false;
            http.Response.OnStarting(() =>
            {
                Count();
                return Task.CompletedTask;
            });
            await next(http);
            if (!http.Response.HasStarted)
                Count(); // the 429 page can still replace the 404 page

            void Count()
            {
                if (isCounted || http.Response.StatusCode != StatusCodes.Status404NotFound)
                    return;
                isCounted = true;
                _ = limits.WrongLink(http); // makes the answer 429 when it refuses
            }
        });
    }
}
