namespace DigiHub.Web.Security;

/// <summary>
/// Counts links and codes that lead nowhere, by the answer: only after looking is known which are wrong, and those that are right must
/// open for everybody behind the same address. After too many, "not there" becomes "too many": from then on guessing tells nothing.
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

            // Counted as the answer starts: a page that is not there may be on its way before anybody behind it is asked again.
            var isCounted = false;
            http.Response.OnStarting(() =>
            {
                Count();
                return Task.CompletedTask;
            });
            await next(http);
            if (!http.Response.HasStarted)
                Count(); // the words of "too many" can still take the place of "not there"

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
