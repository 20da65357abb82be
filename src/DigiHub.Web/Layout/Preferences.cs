using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace DigiHub.Web.Layout;

/// <summary>
/// What somebody chose for this browser: the language and the theme, each in a cookie of its own that holds nothing else.
/// Strictly what the choice needs, so no consent banner (§ 25 TDDDG).
/// </summary>
public static class Preferences
{
    public const string ThemeCookie = "theme";

    /// <summary>"light", "dark", or null where the system decides; any other content of the cookie counts as none.</summary>
    public static string? ThemeOf(HttpRequest request) => request.Cookies[ThemeCookie] is ("light" or "dark") and var theme ? theme : null;

    /// <summary>
    /// POST /language (language, returnUrl) and POST /theme (theme, returnUrl); both lead back to the page they came from.
    /// </summary>
    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/language", ChooseLanguage).AllowAnonymous();
        routes.MapPost("/theme", ChooseTheme).AllowAnonymous();
    }

    private static Results<RedirectHttpResult, BadRequest> ChooseLanguage(
        HttpContext http, [FromForm] string? language, [FromForm] string? returnUrl)
    {
        if (Languages.Parse(language) is not { } chosen) return TypedResults.BadRequest();

        Speak(http, chosen);
        return Back(returnUrl);
    }

    /// <summary>From the next request on this browser gets its pages in that language.</summary>
    public static void Speak(HttpContext http, Language language) => http.Response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language.Culture())),
        Lasting(http.Request));

    private static Results<RedirectHttpResult, BadRequest> ChooseTheme(
        HttpContext http, [FromForm] string? theme, [FromForm] string? returnUrl)
    {
        switch (theme)
        {
            case "light" or "dark": http.Response.Cookies.Append(ThemeCookie, theme, Lasting(http.Request)); break;
            case "system": http.Response.Cookies.Delete(ThemeCookie); break;
            default: return TypedResults.BadRequest();
        }
        return Back(returnUrl);
    }

    private static CookieOptions Lasting(HttpRequest request) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    /// <summary>Only to a page of this hub: a foreign address, however it is spelled, leads to the home page.</summary>
    private static RedirectHttpResult Back(string? returnUrl) => TypedResults.LocalRedirect(LocalUrl.OrHome(returnUrl));
}
