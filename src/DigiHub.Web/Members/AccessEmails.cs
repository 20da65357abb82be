using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Members;

/// <summary>Tells a member that somebody else changed what they may do: whoever did not expect it can ask.</summary>
public sealed class AccessEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type == MemberNotifications.AccessChanged;

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var granted = new EmailSample(MemberNotifications.AccessChanged, Member.Subject.Of(world.MemberId))
        {
            Note = new AccessChangeNote(AccessChange.Granted, "Organiser, FrontDesk", ActorId: null).Written,
        };
        return
        [
            granted,
            Of(AccessChange.Revoked, "FrontDesk", new("When rights are taken away", "Wenn Rechte entzogen werden")),
            Of(AccessChange.Disabled, "", new("When the account is disabled", "Wenn das Konto gesperrt wird")),
            Of(AccessChange.Enabled, "", new("When the account is enabled again", "Wenn das Konto entsperrt wird")),
        ];

        EmailSample Of(AccessChange change, string roles, Words occasion) => granted with
        {
            Reading = change.ToString(),
            Occasion = occasion,
            Note = new AccessChangeNote(change, roles, ActorId: null).Written,
        };
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (AccessChangeNote.Parse(notification.Note) is not { } note)
            return null;
        var actor = note.ActorId is { } id ? await db.Members.AsNoTracking().Where(member => member.Id == id).Select(member => member.Name).SingleOrDefaultAsync(stop) : null;
        return new EmailDraft(
            new Words($"Your rights at {links.HubName} changed", $"Ihre Rechte bei {links.HubName} wurden geändert").In(notification.Language),
            typeof(AccessChangedEmail), new AccessFacts(links.HubName, note, actor));
    }
}

/// <param name="Actor">Null: the operator.</param>
public sealed record AccessFacts(string HubName, AccessChangeNote Note, PersonName? Actor)
{
    public Words What => Note.Change switch
    {
        AccessChange.Granted => new($"You now have more rights: {Roles.English}.", $"Sie haben jetzt mehr Rechte: {Roles.German}."),
        AccessChange.Revoked => new($"You no longer have these rights: {Roles.English}.", $"Diese Rechte haben Sie nicht mehr: {Roles.German}."),
        AccessChange.Disabled => new(
            "Your account was disabled. You’ve been signed out everywhere and can’t sign in any more. Your bookings and registrations remain.",
            "Ihr Konto wurde gesperrt. Sie wurden überall abgemeldet und können sich nicht mehr anmelden. Ihre Buchungen und Anmeldungen bleiben bestehen."),
        AccessChange.Enabled => new(
            "Your account was enabled again. You can sign in. Create your access tokens and your calendar link anew.",
            "Ihr Konto wurde wieder freigegeben. Sie können sich anmelden. Erstellen Sie Ihre Zugriffstokens und Ihr Kalender-Abo neu."),
        _ => throw new ArgumentOutOfRangeException(nameof(Note), Note.Change, "A change without words."),
    };

    public Words By => Actor is { } name
        ? new($"This was decided by {name.Isolated}.", $"Entschieden hat das {name.Isolated}.")
        : new($"This was decided by the operator of {HubName}.", $"Entschieden hat das der Betreiber von {HubName}.");

    private Words Roles
    {
        get
        {
            var roles = Note.Roles.Split(", ").Select(WordsOf).ToList();
            return new(string.Join(", ", roles.Select(role => role.English)), string.Join(", ", roles.Select(role => role.German)));
        }
    }

    private static Words WordsOf(string role) => role switch
    {
        nameof(DigiHub.Members.Roles.Organiser) => new("organise events", "Veranstaltungen organisieren"),
        nameof(DigiHub.Members.Roles.FrontDesk) => new("work at the front desk", "am Empfang arbeiten"),
        nameof(DigiHub.Members.Roles.Administrator) => new("administrate the hub", "den Hub verwalten"),
        _ => new(role, role),
    };
}
