using DigiHub.Data;
using DigiHub.Demo;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Memberships;

/// <summary>Writes to the invited, and to who invited when somebody asks for another invitation.</summary>
public sealed class InvitationEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) => type.IsOneOf(InvitationNotifications.Invited, InvitationNotifications.Asked);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var organisation = SampleOrganisation.Row;
        var (into, hub) = (Sample(0x0b01, organisation.Id), Sample(0x0b02, organisationId: null));
        var invited = new EmailSample(InvitationNotifications.Invited, Invitation.Subject.Of(into.Id)) { Rows = [organisation, into] };
        var asked = new EmailSample(InvitationNotifications.Asked, Invitation.Subject.Of(into.Id)) { Rows = [organisation, into] };
        return
        [
            invited,
            invited with
            {
                Reading = "Hub",
                Occasion = new("Without an organisation", "Ohne Organisation"),
                Subject = Invitation.Subject.Of(hub.Id),
                Rows = [hub],
            },
            asked,
            asked with
            {
                Reading = "AsOther",
                Occasion = new("With an account of another address", "Mit einem Konto mit anderer Adresse"),
                Note = world.MemberId.ToString("N"),
            },
        ];

        Invitation Sample(int number, int? organisationId) => new()
        {
            Id = new Guid($"0198b1a0-0000-7000-8000-{number:x12}"),
            OrganisationId = organisationId,
            Email = EmailAddress.Of("lise@example.org"),
            InvitedById = world.MemberId,
            InvitedAt = world.Now,
            ExpiresAt = world.Now + Invitation.Life,
        };
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop) is not { } invitation)
            return null;
        var (organisationId, inviterId) = (invitation.OrganisationId, invitation.InvitedById);
        var organisation = await db.Organisations.Where(of => of.Id == organisationId).Select(of => of.Name).SingleOrDefaultAsync(stop);
        if (notification.Type == InvitationNotifications.Asked)
            return await Asked(db, notification, invitation, organisation, stop);

        var inviter = await db.Members.Where(one => one.Id == inviterId).Select(one => one.Name).SingleOrDefaultAsync(stop);
        var facts = new InvitationFacts(
            links.HubName, organisation, inviter, invitation.ExpiresAt, await links.Invitation(invitation.Id, stop));
        return new EmailDraft(facts.Title.In(notification.Language), typeof(InvitationEmail), facts);
    }

    private async Task<EmailDraft?> Asked(
        HubDb db, Notification notification, Invitation invitation, string? organisation, CancellationToken stop)
    {
        Guid? otherId = Guid.TryParseExact(notification.Note, "N", out var id) ? id : null;
        var other = otherId is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == otherId, stop);
        var way = invitation.OrganisationId is null ? Paths.InvitePeople : Paths.OwnOrganisation;
        var facts = new InvitationAskedFacts(links.HubName, organisation, invitation.Email, other?.Name, other?.Email, links.To(way));
        return new EmailDraft(facts.Title.In(notification.Language), typeof(InvitationAskedEmail), facts);
    }
}

/// <param name="Organisation">Null: to the hub alone.</param>
/// <param name="Inviter">Null: the operator.</param>
public sealed record InvitationFacts(string HubName, string? Organisation, PersonName? Inviter, Instant ExpiresAt, Uri Link)
{
    public Words Title => Organisation is { } of
        ? new($"You’re invited to join {of} at {HubName}", $"Einladung zu {of} bei {HubName}")
        : new($"You’re invited to {HubName}", $"Einladung zu {HubName}");

    public Words What => Inviter is { } name
        ? new($"{name.Isolated} invites you to book desks and rooms{For.English} at {HubName}.",
            $"{name.Isolated} lädt Sie ein, bei {HubName}{For.German} Arbeitsplätze und Räume zu buchen.",
            $"{name.Isolated} lädt dich ein, bei {HubName}{For.Familiar} Arbeitsplätze und Räume zu buchen.")
        : new($"{HubName} invites you to book desks and rooms{For.English}.",
            $"{HubName} lädt Sie ein,{For.German} Arbeitsplätze und Räume zu buchen.",
            $"{HubName} lädt dich ein,{For.Familiar} Arbeitsplätze und Räume zu buchen.");

    private Words For => Organisation is { } of ? new($" as a member of {of}", $" als Mitglied von {of}") : default;
}

/// <param name="OtherName">Who wants to join with their own account; null: the invited address itself, after 14 days.</param>
public sealed record InvitationAskedFacts(
    string HubName, string? Organisation, EmailAddress Invited, PersonName? OtherName, EmailAddress? OtherEmail, Uri Link)
{
    public Words Title => OtherName is null
        ? new($"New invitation wanted: {Invited.Shown}", $"Neue Einladung gewünscht: {Invited.Shown}")
        : new($"{OtherName.Text} wants to join", $"{OtherName.Text} möchte beitreten");

    public Words What => OtherName is { } name
        ? new($"You invited {Invited.Shown}{To.English}. {name.Isolated} opened the link and asks to join as {OtherEmail?.Shown}. "
                + "If that is right, invite this address.",
            $"Sie haben {Invited.Shown}{To.German} eingeladen. {name.Isolated} hat den Link geöffnet und möchte als {OtherEmail?.Shown} "
                + "beitreten. Wenn das richtig ist, laden Sie diese Adresse ein.",
            $"Du hast {Invited.Shown}{To.Familiar} eingeladen. {name.Isolated} hat den Link geöffnet und möchte als {OtherEmail?.Shown} "
                + "beitreten. Wenn das richtig ist, lade diese Adresse ein.")
        : new($"Your invitation of {Invited.Shown}{To.English} has expired, and its reader asks for a new one. "
                + "Invite again, and the old link works again, too.",
            $"Ihre Einladung an {Invited.Shown}{To.German} ist abgelaufen, und es wird um eine neue gebeten. "
                + "Laden Sie noch einmal ein, dann gilt auch der alte Link wieder.",
            $"Deine Einladung an {Invited.Shown}{To.Familiar} ist abgelaufen, und es wird um eine neue gebeten. Lade noch einmal ein, dann "
                + "gilt auch der alte Link wieder.");

    private Words To => Organisation is { } of ? new($" to {of}", $" zu {of}") : default;
}
