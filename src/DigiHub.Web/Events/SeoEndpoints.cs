using System.Text;
using System.Xml.Linq;
using DigiHub.Events;
using DigiHub.Time;
using DigiHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NodaTime.Text;

namespace DigiHub.Web.Events;

/// <summary>For search engines: which pages there are to read, and which to leave alone.</summary>
public static class SeoEndpoints
{
    // More than a year of both hubs; the protocol itself would allow 50,000.
    private const int EventsMax = 1_000;

    private static readonly XNamespace Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapSignposts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sitemap.xml", Sitemap).AllowAnonymous().WithMetadata(SameForEverybody.Mark);
        routes.MapGet("/robots.txt", Robots).AllowAnonymous().WithMetadata(SameForEverybody.Mark);
    }

    private static async Task<ContentHttpResult> Sitemap(UpcomingEvents upcoming, IOptions<HubSettings> settings, HttpContext http)
    {
        var set = new XElement(Sitemaps + "urlset", Place(Paths.Events));
        Cursor? after = null;
        for (var count = 0; count < EventsMax;)
        {
            var page = await upcoming.Run(new UpcomingEventsQuery(After: after, Size: UpcomingEvents.SizeMax), http.RequestAborted);
            foreach (var card in page.Events)
                set.Add(Place(Paths.Event(card.Event.Slug), card.Event.PublishedAt));
            count += page.Events.Count;
            if ((after = page.Next) is null)
                break;
        }

        var text = new XDocument(set).ToString(SaveOptions.DisableFormatting);
        return TypedResults.Text($"""<?xml version="1.0" encoding="utf-8"?>{text}""", "application/xml", Encoding.UTF8);

        XElement Place(string path, Instant? changed = null) => new(Sitemaps + "url",
            new XElement(Sitemaps + "loc", new Uri(settings.Value.PublicUrl, path).AbsoluteUri),
            changed is { } at ? new XElement(Sitemaps + "lastmod", InstantPattern.General.Format(at)) : null);
    }

    private static ContentHttpResult Robots(IOptions<HubSettings> settings) => TypedResults.Text($"""
        User-agent: *
        Disallow: {Paths.Account}
        Disallow: {Paths.Admin}
        Disallow: {Paths.Folders.Api}/
        Disallow: {Paths.Folders.Bookings}/
        Disallow: {Paths.Folders.Feeds}/
        Disallow: {Paths.FrontDesk}
        Disallow: {Paths.Mailbox}
        Disallow: {Paths.MyBookings}
        Disallow: {Paths.Organise}
        Disallow: {Paths.Folders.Registrations}/
        Disallow: {Paths.SignIn}
        Disallow: {Paths.Folders.Tickets}/
        Disallow: {Paths.Folders.Unsubscribe}/
        Sitemap: {new Uri(settings.Value.PublicUrl, Paths.Sitemap).AbsoluteUri}

        """, "text/plain", Encoding.UTF8);
}
