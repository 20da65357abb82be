using DigiHub.Time;

namespace DigiHub.Web.Home;

/// <summary>A booking or a registration that lies ahead, as the home page lists both.</summary>
/// <param name="Icon">Of the kind of space, or of an event.</param>
/// <param name="Where">"Hub East, 2nd floor"; where an event is online, that.</param>
/// <param name="State">"On the waiting list"; null where nothing needs saying.</param>
public sealed record NextThing(
    Instant Start, LocalSpan When, string Title, string Href, string SiteSlug, string Icon, string Where, string? State = null);
