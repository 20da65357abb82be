using DigiHub.Web.Account;
using Microsoft.AspNetCore.Antiforgery;

namespace DigiHub.Web.Security;

/// <summary>
/// Lets a request that changes something pass only if it comes from a page of this house: by the browser's own word
/// (Sec-Fetch-Site) and by the form's token, for those who have signed in and for those about to. Programs with a token in
/// a header need neither: no browser sends that by itself. An endpoint that mailbox providers call says DisableAntiforgery.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOrigin(this IApplicationBuilder app)
    {
        var antiforgery = app.ApplicationServices.GetRequiredService<IAntiforgery>();
        app.Use(async (http, next) =>
        {
            if (!Changes(http) || IsMeantForOthers(http) || ComesByToken(http) || await ComesFromOurPage(http, antiforgery))
                await next(http);
        });
    }

    private static bool Changes(HttpContext http)
    {
        var method = http.Request.Method;
        return !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));
    }

    private static bool IsMeantForOthers(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false };

    // By token, or to the API by nobody: in both cases nothing of the browser's is used.
    private static bool ComesByToken(HttpContext http) =>
        http.User.Identity is { AuthenticationType: TokenHandler.SchemeName }
        || (http.User.MemberId() is null && http.Request.Path.StartsWithSegments(Paths.Folders.Api, StringComparison.OrdinalIgnoreCase));

    private static async Task<bool> ComesFromOurPage(HttpContext http, IAntiforgery antiforgery)
    {
        if (http.Request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site.ToString() is not ("same-origin" or "none"))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        try
        {
            await antiforgery.ValidateRequestAsync(http);
            return true;
        }
        catch (AntiforgeryValidationException refused)
        {
            // A form too large to be read has no token either; then the size is what to say.
            http.Response.StatusCode = (refused.InnerException as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            return false;
        }
    }
}
