using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Calendars;

/// <summary>What a calendar declined, as e-mail and page tell it in the reader's language.</summary>
/// <param name="Link">In the e-mail only: to the page with the button.</param>
public sealed record DeclinedFacts(string Title, LocalSpan When, SiteContext Place, bool IsEvent, Uri? Link = null)
{
    /// <summary>All that is ahead of a series; When is its next date.</summary>
    public bool IsSeries { get; init; }

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("What", "Was"), Title),
        new(IsSeries ? Speak.T("Next", "Nächster Termin") : Speak.T("When", "Wann"), TimeWords.Span(When).Here),
        new(Speak.T("Where", "Wo"), Place.Site.Name),
    ];

    public static DeclinedFacts Of(Declined declined, HubDirectory map) => declined.Event is { } evt
        ? new(evt.Title.Here, evt.LocalSpan, map.Place(evt.SiteId)!, IsEvent: true)
        : declined.Series is { } series
        ? new($"{map.Space(series.SpaceId)!.Name}, {series.Pattern.Written(series.FromDate).Here}", declined.Booking!.LocalSpan,
            map.Place(series.SiteId)!, IsEvent: false)
        { IsSeries = true }
        : new(map.Space(declined.Booking!.SpaceId)!.Name, declined.Booking.LocalSpan, map.Place(declined.Booking.SiteId)!, IsEvent: false);
}
