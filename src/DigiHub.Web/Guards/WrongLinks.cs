namespace DigiHub.Web.Guards;

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
            await next(http);
            if (http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && Limits.IsSealed(http))
                _ = limits.WrongLink(http); // makes the answer 429 when it refuses
        });
    }
}
