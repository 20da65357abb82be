using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Webhooks;

namespace DigiHub.Web.Operations;

/// <summary>
/// Where the thing that an act was done to can be looked at, and what it is called; null where it has no page or no name.
/// </summary>
internal static class ActivityLinks
{
    public static string? PageOf(Subject subject, HubDirectory map) => subject.Kind switch
    {
        _ when subject.Kind == Booking.Subject.Name => Paths.Booking(subject.Id),
        _ when subject.Kind == Event.Subject.Name => Paths.EventEditor(subject.Id),
        _ when subject.Kind == Member.Subject.Name => Paths.Person(subject.Id),
        _ when subject.Kind == Notification.Subject.Name => Paths.OutboxEmail(subject.Id),
        _ when subject.Kind == WebhookEndpoint.Subject.Name => Paths.Webhook(subject.Id),
        _ when subject.Kind == Site.Subject.Name && map.Place(subject.Number) is { } place => Paths.AdminSite(place.Site.Slug),
        _ when subject.Kind == Space.Subject.Name && map.Space(subject.Number) is { } space => Paths.EditSpaces([space.Id]),
        _ when subject.Kind == Pool.Subject.Name && map.Pool(subject.Number) is { } pool => Paths.Pool(pool.Id),
        _ => null,
    };

    public static string? NameOf(Subject subject, HubDirectory map) => subject.Kind switch
    {
        _ when subject.Kind == Site.Subject.Name => map.Place(subject.Number)?.Site.Name,
        _ when subject.Kind == Space.Subject.Name => map.Space(subject.Number)?.Name,
        _ when subject.Kind == Pool.Subject.Name => map.Pool(subject.Number)?.Name.Here,
        _ => null,
    };
}
