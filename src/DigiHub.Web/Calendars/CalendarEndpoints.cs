using System.Security.Cryptography;
using System.Text;
using DigiHub.Access;
using DigiHub.Calendars;
using DigiHub.Calendars.Links;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DigiHub.Web.Calendars;

/// <summary>Calendars to subscribe to (a site's, a member's own, those of calendar links) and single events to download.</summary>
public static class CalendarEndpoints
{
    private const string ContentType = "text/calendar; charset=utf-8";

    public static void MapCalendars(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feeds/{name}.ics", Feed).AllowAnonymous();
        routes.MapGet("/events/{slug}.ics", Download).AllowAnonymous();
    }

    /// <summary>A site's slug, or the secret token of a member's own calendar or of a calendar link.</summary>
    private static async Task<IResult> Feed(
        string name, string? language, HttpContext http, Feeds feeds, LinkedFeeds linked,
        EmailLinks links, IOptions<HubSettings> settings, CancellationToken stop)
    {
        var text = CalendarTexts.Of(settings.Value);
        // Calendar programs send no language, so the address carries it.
        if (await feeds.OfSite(name, Languages.Parse(language) ?? Language.German, text, links.PublicUrl, stop) is { } ofSite)
            return Answer(http, ofSite, "public, max-age=300");
        return await (name.StartsWith(AccessTokens.LinkPrefix, StringComparison.Ordinal)
            ? linked.Of(name, text, links.PublicUrl, stop)
            : feeds.OfMember(name, text, links.PublicUrl, stop)) is { } secret
            ? Answer(http, secret, "no-store")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> Download(
        string slug, HttpContext http, Feeds feeds, EmailLinks links, IOptions<HubSettings> settings, CancellationToken stop)
    {
        if (await feeds.OfEvent(slug, Languages.Here, CalendarTexts.Of(settings.Value), links.PublicUrl, stop) is not { } text)
            return TypedResults.NotFound();
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = slug + ".ics" }.ToString();
        return Answer(http, text, "public, max-age=300");
    }

    private static FileContentHttpResult Answer(HttpContext http, string text, string cacheControl)
    {
        http.Response.Headers.CacheControl = cacheControl;
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16])}\"");
        // Results.Text ignores conditional requests; a file result answers If-None-Match with 304.
        return TypedResults.File(Encoding.UTF8.GetBytes(text), ContentType, fileDownloadName: null,
            enableRangeProcessing: false, lastModified: null, entityTag: etag);
    }
}
