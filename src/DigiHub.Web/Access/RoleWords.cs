using DigiHub.Access;
using DigiHub.Spaces;

namespace DigiHub.Web.Access;

/// <summary>Roles by their names, as lists and forms show them.</summary>
internal static class RoleWords
{
    public static Words Of(Role role) => role switch
    {
        Role.Organiser => new("Organiser", "Veranstaltungen"),
        Role.FrontDesk => new("Front desk", "Empfang"),
        Role.Administrator => new("Administrator", "Verwaltung"),
        Role.Auditor => new("Auditor", "Revision"),
        Role.Approver => new("Approver", "Genehmigung"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A role without words."),
    };

    /// <summary>"Front desk, Hub East"; the role alone for one of the whole hub.</summary>
    public static Words Of(HeldRole held, HubDirectory map) => held.SiteId is { } site && map.Place(site) is { } place
        ? new($"{Of(held.Role).English}, {place.Site.Name}", $"{Of(held.Role).German}, {place.Site.Name}")
        : Of(held.Role);

    /// <summary>What one may do with it, after "may".</summary>
    public static Words Does(Role role) => role switch
    {
        Role.Organiser => new("organise events", "Veranstaltungen organisieren"),
        Role.FrontDesk => new("see who comes and book for others", "sehen, wer kommt, und für andere buchen"),
        Role.Administrator => new("change everything", "alles ändern"),
        Role.Auditor => new("read everything, change nothing", "alles lesen, nichts ändern"),
        Role.Approver => new("decide on bookings that need approval", "über Buchungen entscheiden, die eine Genehmigung brauchen"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A role without words."),
    };
}
