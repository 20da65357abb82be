using DigiHub.Events;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime.Text;

namespace DigiHub.Web.Events;

/// <summary>
/// Addresses that add an event to a web calendar. Plain links: nothing is loaded before one is opened, and
/// they contain nothing private.
/// </summary>
public static class CalendarLinks
{
    private static readonly LocalDateTimePattern Basic = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    public static string Google(Event evt, string zoneId, string place, Uri address) => QueryHelpers.AddQueryString(
        "https://calendar.google.com/calendar/render",
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["action"] = "TEMPLATE",
            ["text"] = evt.Title.Here,
            ["dates"] = $"{Basic.Format(evt.StartLocal)}/{Basic.Format(evt.EndLocal)}",
            ["ctz"] = zoneId,
            ["location"] = place,
            ["details"] = address.ToString(),
        });

    /// <summary>Outlook on the web, for accounts of companies and institutes.</summary>
    public static string Outlook(Event evt, string place, Uri address) => QueryHelpers.AddQueryString(
        "https://outlook.office.com/calendar/deeplink/compose",
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["path"] = "/calendar/action/compose",
            ["rru"] = "addevent",
            ["subject"] = evt.Title.Here,
            // Instants: the page has no other way to say the zone.
            ["startdt"] = InstantPattern.General.Format(evt.Start),
            ["enddt"] = InstantPattern.General.Format(evt.End),
            ["location"] = place,
            ["body"] = address.ToString(),
        });
}
