using System.Text.Json;
using System.Text.Json.Nodes;
using DigiHub.Events;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Web.Components;
using NodaTime.Text;

namespace DigiHub.Web.Events;

/// <summary>
/// The event as search engines read it (schema.org/Event). Whatever people wrote is escaped so that it cannot end its script element.
/// </summary>
public static class EventJsonLd
{
    /// <param name="address">Of the public page, absolute.</param>
    /// <param name="organisation">The organiser's; null where they belong to none.</param>
    public static string Of(Event evt, Site site, Space? room, string? organisation, bool hasSeats, Uri address)
    {
        var zone = DateTimeZoneProviders.Tzdb[site.ZoneId];
        var json = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["name"] = evt.Title.Here,
            ["description"] = Prose.Summary(evt.Text.Here, lengthMax: 500),
            ["url"] = address.ToString(),
            ["inLanguage"] = EventWords.TextLanguage(evt).Tag(),
            ["startDate"] = Iso(evt.Start),
            ["endDate"] = Iso(evt.End),
            ["eventStatus"] = evt.Status == EventStatus.Cancelled
                ? "https://schema.org/EventCancelled"
                : "https://schema.org/EventScheduled",
            ["eventAttendanceMode"] = evt.Format switch
            {
                EventFormat.Online => "https://schema.org/OnlineEventAttendanceMode",
                EventFormat.Hybrid => "https://schema.org/MixedEventAttendanceMode",
                _ => "https://schema.org/OfflineEventAttendanceMode",
            },
            ["location"] = Location(evt.Format, site, room, address),
            ["isAccessibleForFree"] = true,
            ["maximumAttendeeCapacity"] = evt.Capacity,
            ["offers"] = new JsonObject
            {
                ["@type"] = "Offer",
                ["price"] = 0,
                ["priceCurrency"] = "EUR",
                ["availability"] = hasSeats ? "https://schema.org/InStock" : "https://schema.org/SoldOut",
                ["url"] = address.ToString(),
            },
        };
        if (organisation is not null)
            json["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = organisation };

        // The default encoder writes <, >, & and ' as \u00xx, so no title can say </script>.
        return json.ToJsonString(JsonSerializerOptions.Default);

        string Iso(Instant instant) => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(zone).ToOffsetDateTime());
    }

    private static JsonNode Location(EventFormat format, Site site, Space? room, Uri address)
    {
        // The join link is for confirmed attendees only; everybody else gets the event's page.
        var online = new JsonObject { ["@type"] = "VirtualLocation", ["url"] = address.ToString() };
        if (format == EventFormat.Online)
            return online;

        var place = new JsonObject
        {
            ["@type"] = "Place",
            ["name"] = room is null ? site.Name : $"{site.Name}, {room.Name}",
            ["address"] = new JsonObject
            {
                ["@type"] = "PostalAddress",
                ["streetAddress"] = site.Street,
                ["postalCode"] = site.PostCode,
                ["addressLocality"] = site.City,
                ["addressCountry"] = "DE",
            },
        };
        return format == EventFormat.Hybrid ? new JsonArray(place, online) : place;
    }
}
