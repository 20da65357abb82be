using DigiHub.Time;
using System.Text;
using System.Xml.Linq;
using DigiHub.Events;
using DigiHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NodaTime.Text;

namespace DigiHub.Web.Events;

/// <summary>sitemap.xml and robots.txt.</summary>
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
        var set = new XElement(Sitemaps + "urlset", Place("/events"));
        Cursor? after = null;
        for (var count = 0; count < EventsMax;)
        {
            var page = await upcoming.Run(new UpcomingEventsQuery(After: after, Size: UpcomingEvents.SizeMax), http.RequestAborted);
            foreach (var card in page.Events)
                set.Add(Place($"/events/{card.Event.Slug}", card.Event.PublishedAt));
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
        Disallow: /account
        Disallow: /admin
        Disallow: /api/
        Disallow: /bookings/
        Disallow: /feeds/
        Disallow: /front-desk
        Disallow: /mail
        Disallow: /my-bookings
        Disallow: /organise
        Disallow: /registrations/
        Disallow: /sign-in
        Disallow: /tickets/
        Disallow: /unsubscribe/
        Sitemap: {new Uri(settings.Value.PublicUrl, "/sitemap.xml").AbsoluteUri}

        """, "text/plain", Encoding.UTF8);
}
