using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Reader;

/// <summary>
/// Which language a request is answered in: ?lang= for this once, else what was chosen for this browser, else the member's
/// own, else what the browser asks for. German if nothing is known, English for those who read neither. How its German addresses them
/// is the hub's choice, of which neither the cookie nor Content-Language tells.
/// </summary>
internal sealed class RequestLanguage : IRequestCultureProvider
{
    public static void Configure(RequestLocalizationOptions localization)
    {
        localization.DefaultRequestCulture = new RequestCulture(Languages.German);
        localization.SupportedCultures = localization.SupportedUICultures = [Languages.German, Languages.English];
        localization.RequestCultureProviders = [new RequestLanguage()];
        localization.ApplyCurrentCultureToResponseHeaders = true;
    }

    public static void Use(IApplicationBuilder app)
    {
        app.UseRequestLocalization();
        app.Use((http, next) =>
        {
            if (http.RequestServices.GetRequiredService<IOptions<HubSettings>>().Value.FormOfAddress == FormOfAddress.Familiar)
                BeFamiliar(http);
            return next(http);
        });
    }

    /// <summary>Localization compares cultures by name, so it cannot choose between two of the same.</summary>
    private static void BeFamiliar(HttpContext http)
    {
        CultureInfo.CurrentUICulture = Languages.Here.Culture(FormOfAddress.Familiar);
        http.Features.Set<IRequestCultureFeature>(new RequestCultureFeature(
            new RequestCulture(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture),
            http.Features.Get<IRequestCultureFeature>()?.Provider));
    }

    public Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var language = Languages.Parse(httpContext.Request.Query["lang"])
            ?? Chosen(httpContext.Request)
            ?? httpContext.User.Language()
            ?? Asked(httpContext.Request);
        return Task.FromResult(language is { } known ? new ProviderCultureResult(known.Culture().Name) : null);
    }

    private static Language? Chosen(HttpRequest request) =>
        request.Cookies[CookieRequestCultureProvider.DefaultCookieName] is { } cookie
            ? Languages.Parse(CookieRequestCultureProvider.ParseCookieValue(cookie)?.UICultures[0].Value)
            : null;

    private static Language? Asked(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var asked) || asked.Count == 0)
            return null;
        return asked.OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Languages.Parse(wish.Value.Value))
            .FirstOrDefault(language => language is not null) ?? Language.English;
    }
}
