using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Time;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Access;

/// <summary>Tells a member that somebody else changed their roles or account, so that an unexpected change can be questioned.</summary>
public sealed class AccessEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == MemberNotifications.AccessChanged;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var granted = new EmailSample(MemberNotifications.AccessChanged, Member.Subject.Of(world.MemberId))
        {
            Note = new AccessChangeNote(AccessChange.Granted, [Role.Organiser, Role.FrontDesk],
                SiteId: null, Through: null, ActorId: null).Written,
        };
        return
        [
            granted,
            OfNote(new(AccessChange.Granted, [Role.FrontDesk], world.Booking.SiteId,
                world.Booking.StartLocal.Date.PlusMonths(1), ActorId: null),
                new("Of one site, with a last day", "Für einen Standort, mit einem letzten Tag")),
            Of(AccessChange.Revoked, [Role.FrontDesk], new("When rights are taken away", "Wenn Rechte entzogen werden")),
            Of(AccessChange.Disabled, [], new("When the account is disabled", "Wenn das Konto gesperrt wird")),
            Of(AccessChange.Enabled, [], new("When the account is enabled again", "Wenn das Konto entsperrt wird")),
        ];

        EmailSample Of(AccessChange change, IReadOnlyList<Role> roles, Words occasion) =>
            OfNote(new(change, roles, SiteId: null, Through: null, ActorId: null), occasion);

        EmailSample OfNote(AccessChangeNote note, Words occasion) => granted with
        {
            Reading = note.SiteId is null ? note.Change.ToString() : $"{note.Change}AtSite",
            Occasion = occasion,
            Note = note.Written,
        };
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (AccessChangeNote.Parse(notification.Note) is not { } note)
            return null;
        var actor = note.ActorId is { } id
            ? await db.Members.AsNoTracking().Where(member => member.Id == id).Select(member => member.Name).SingleOrDefaultAsync(stop)
            : null;
        return new EmailDraft(
            new Words($"Your rights at {links.HubName} changed", $"Ihre Rechte bei {links.HubName} wurden geändert",
                $"Deine Rechte bei {links.HubName} wurden geändert")
                .In(notification.Language),
            typeof(AccessChangedEmail), new AccessFacts(links.HubName, note, actor, await SiteName(note, stop)));
    }

    private async Task<Words?> SiteName(AccessChangeNote note, CancellationToken stop) =>
        note.SiteId is { } siteId && (await catalogue.Map(stop)).Place(siteId) is { } place
            ? new Words(place.Site.Name, place.Site.Name)
            : null;
}

/// <param name="Actor">Null: the operator.</param>
/// <param name="Site">Null: the whole hub.</param>
public sealed record AccessFacts(string HubName, AccessChangeNote Note, PersonName? Actor, Words? Site)
{
    public Words What => Note.Change switch
    {
        AccessChange.Granted when Note.Through is { } last => new(
            $"You now have more rights{At.English} through {TimeWords.Date(last).English}: {Roles.English}.",
            $"Sie haben jetzt{At.German} bis einschließlich {TimeWords.Date(last).German} mehr Rechte: {Roles.German}.",
            $"Du hast jetzt{At.Familiar} bis einschließlich {TimeWords.Date(last).Familiar} mehr Rechte: {Roles.Familiar}."),
        AccessChange.Granted =>
            new($"You now have more rights{At.English}: {Roles.English}.", $"Sie haben jetzt{At.German} mehr Rechte: {Roles.German}.",
                $"Du hast jetzt{At.Familiar} mehr Rechte: {Roles.Familiar}."),
        AccessChange.Revoked => new($"You no longer have these rights{At.English}: {Roles.English}.",
            $"Diese Rechte haben Sie{At.German} nicht mehr: {Roles.German}.",
            $"Diese Rechte hast du{At.Familiar} nicht mehr: {Roles.Familiar}."),
        AccessChange.Disabled => new(
            "Your account was disabled. You’ve been signed out everywhere and can’t sign in any more. "
                + "Your bookings and registrations remain.",
            "Ihr Konto wurde gesperrt. Sie wurden überall abgemeldet und können sich nicht mehr anmelden. "
                + "Ihre Buchungen und Anmeldungen bleiben bestehen.",
            "Dein Konto wurde gesperrt. Du wurdest überall abgemeldet und kannst dich nicht mehr anmelden. Deine Buchungen und Anmeldungen "
                + "bleiben bestehen."),
        AccessChange.Enabled => new(
            "Your account was enabled again. You can sign in. Create new access tokens and a new calendar link.",
            "Ihr Konto wurde wieder freigegeben. Sie können sich anmelden. Erstellen Sie neue Zugriffstokens und ein neues Kalender-Abo.",
            "Dein Konto wurde wieder freigegeben. Du kannst dich anmelden. Erstelle neue Zugriffstokens und ein neues Kalender-Abo."),
        _ => throw new ArgumentOutOfRangeException(nameof(Note), Note.Change, "A change without words."),
    };

    public Words By => Actor is { } name
        ? new($"This was decided by {name.Isolated}.", $"Entschieden hat das {name.Isolated}.")
        : new($"This was decided by the operator of {HubName}.", $"Entschieden hat das der Betreiber von {HubName}.");

    private Words At => Site is { } site ? new($" at {site.English}", $" am Standort {site.German}") : default;

    private Words Roles
    {
        get
        {
            var roles = Note.Roles.Select(role => WordsOf(role, Site is not null)).ToList();
            return new(string.Join(", ", roles.Select(role => role.English)), string.Join(", ", roles.Select(role => role.German)));
        }
    }

    private static Words WordsOf(Role role, bool ofSite) => role switch
    {
        Role.Organiser => new("organise events", "Veranstaltungen organisieren"),
        Role.FrontDesk => new("work at the front desk", "am Empfang arbeiten"),
        Role.Administrator when ofSite => new("administrate the site", "den Standort verwalten"),
        Role.Administrator => new("administrate the hub", "den Hub verwalten"),
        Role.Auditor => new("read everything, change nothing", "alles lesen, nichts ändern"),
        Role.Approver => new("decide on bookings that need approval", "über Buchungen entscheiden, die eine Genehmigung brauchen"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A role without words."),
    };
}
