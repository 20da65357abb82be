using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Components;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Registrations;

/// <summary>What the e-mails about a registration and its event tell one attendee.</summary>
/// <param name="Manage">Change or cancel, without signing in.</param>
/// <param name="WaitingPlace">1 for the first on the waiting list; null for who does not wait.</param>
/// <param name="Note">As the row carries it: the meaning depends on the kind.</param>
/// <param name="Stop">For reminders: where those of this event are stopped.</param>
public sealed record RegistrationEmailFacts(
    Registration Registration, Event Event, HubDirectory Map, Uri Page, Uri Manage, Uri Ticket, int? WaitingPlace, string? Note, Uri? Stop)
{
    public SiteContext Place => Map.Place(Event.SiteId)!;

    public string Title => Event.Title.Here;

    public string When => TimeWords.Span(Event.LocalSpan).Here;

    /// <summary>"Spree, DigiHub East, Warschauer Straße 1, 10243 Berlin"; "Online".</summary>
    public string Where => Address(Event.Format, Event.SpaceId, Event.SiteId);

    /// <summary>Only to who has a seat.</summary>
    public Uri? Join => Registration.Status == RegistrationStatus.Confirmed && Event.Format != EventFormat.InPerson
        && Uri.TryCreate(Event.JoinLink, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps ? link : null;

    /// <summary>Local time at the site; null for a place that is theirs already.</summary>
    public Words? HeldUntil => Registration.ConfirmBy is { } until ? TimeWords.Moment(Place.Time.Local(until)) : null;

    public bool HasTicket => Registration.Status == RegistrationStatus.Confirmed && Event.Format != EventFormat.Online;

    public IReadOnlyList<EmailFact> Lines =>
    [
        new(Speak.T("Event", "Veranstaltung"), Title),
        new(Speak.T("When", "Wann"), When),
        new(Speak.T("Where", "Wo"), Where),
        new(Speak.T("For", "Für"), Registration.Name.Isolated),
    ];

    public string Why => Speak.T(
        $"You’re getting this e-mail because you registered (or someone registered you) for “{Title}”.",
        $"Sie erhalten diese E-Mail, weil Sie sich zu „{Title}“ angemeldet haben oder jemand Sie angemeldet hat.",
        $"Du erhältst diese E-Mail, weil du dich zu „{Title}“ angemeldet hast oder jemand dich angemeldet hat.");

    public string Address(EventFormat format, int? spaceId, int siteId)
    {
        if (format == EventFormat.Online)
            return "Online";
        var site = Map.Place(siteId)!.Site;
        var address = $"{site.Name}, {site.Street}, {site.PostCode} {site.City}";
        var room = spaceId is { } id && Map.Space(id) is { } space ? $"{space.Name}, {address}" : address;
        return format == EventFormat.Hybrid ? Speak.T($"{room}, and online", $"{room}, und online") : room;
    }
}
