using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Memberships;

/// <summary>Writes about domains of organisations, and about requests to join by an address there.</summary>
public sealed class DomainEmails(EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType type) =>
        type.IsOneOf(DomainNotifications.Lapsed, DomainNotifications.Asked, DomainNotifications.Closed);

    public IEnumerable<EmailSample> Samples(SampleWorld world)
    {
        var organisation = SampleOrganisation.Row;
        var domain = new OrganisationDomain
        {
            Id = new("0198b1a0-0000-7000-8000-000000000b03"),
            OrganisationId = organisation.Id,
            Domain = "musterwerk.example",
            Token = "00000000000000000000000000000000",
            AddedAt = world.Now,
        };
        var asker = new Member
        {
            Id = new("0198b1a0-0000-7000-8000-000000000b05"),
            Name = PersonName.Of("Lise"),
            Email = EmailAddress.Of("lise@musterwerk.example"),
            SecurityStamp = "-",
            CreatedAt = world.Now,
        };
        var request = new MembershipRequest
        {
            Id = new("0198b1a0-0000-7000-8000-000000000b04"),
            MemberId = asker.Id,
            OrganisationId = organisation.Id,
            AskedAt = world.Now,
        };
        var closed = new EmailSample(DomainNotifications.Closed, Member.Subject.Of(world.MemberId))
        {
            Note = new ClosedRequestNote(WasDeclined: false, organisation.Id).Written,
            Rows = [organisation],
        };
        return
        [
            new EmailSample(DomainNotifications.Lapsed, OrganisationDomain.Subject.Of(domain.Id)) { Rows = [organisation, domain] },
            new EmailSample(DomainNotifications.Asked, MembershipRequest.Subject.Of(request.Id)) { Rows = [organisation, asker, request] },
            closed,
            closed with
            {
                Reading = "Declined",
                Occasion = new("When it is declined", "Wenn abgelehnt wird"),
                Note = new ClosedRequestNote(WasDeclined: true, organisation.Id).Written,
            },
        ];
    }

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var facts = notification.Type == DomainNotifications.Lapsed ? await Lapsed(db, notification.SubjectId, stop)
            : notification.Type == DomainNotifications.Asked ? await Asked(db, notification, stop)
            : await Closed(db, ClosedRequestNote.Parse(notification.Note), stop);
        return facts is null ? null : new EmailDraft(facts.Title.In(notification.Language), typeof(DomainEmail), facts);
    }

    private async Task<DomainEmailFacts?> Lapsed(HubDb db, Guid id, CancellationToken stop)
    {
        if (await db.OrganisationDomains.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) is not { } domain
            || await Organisation(db, domain.OrganisationId, stop) is not { } of)
            return null;
        var shown = DomainWords.Shown(domain.Domain);
        return new(
            links.HubName, new($"{shown} is no longer verified", $"{shown} ist nicht mehr nachgewiesen"),
            new($"The record that proves that {shown} belongs to {of.Name} has been missing for 7 days. Who has an address there can no "
                    + "longer ask to join. Your people and their bookings stay as they are.",
                $"Der Eintrag, der nachweist, dass {shown} zu {of.Name} gehört, fehlt seit 7 Tagen. Wer dort eine Adresse hat, kann nicht "
                    + "mehr um Aufnahme bitten. An Ihren Mitgliedern und deren Buchungen ändert sich nichts.",
                $"Der Eintrag, der nachweist, dass {shown} zu {of.Name} gehört, fehlt seit 7 Tagen. Wer dort eine Adresse hat, kann nicht "
                    + "mehr um Aufnahme bitten. An deinen Mitgliedern und deren Buchungen ändert sich nichts."),
            new($"To verify it again, set this TXT record and press Check now: {domain.Record}",
                $"Um sie wieder nachzuweisen, setzen Sie diesen TXT-Eintrag und drücken „Jetzt prüfen“: {domain.Record}",
                $"Um sie wieder nachzuweisen, setz diesen TXT-Eintrag und drück „Jetzt prüfen“: {domain.Record}"),
            links.To(Paths.OwnOrganisationOf(of.Slug)), new("Open domains", "Domains öffnen"));
    }

    private async Task<DomainEmailFacts?> Asked(HubDb db, Notification notification, CancellationToken stop)
    {
        var (id, readerId) = (notification.SubjectId, notification.MemberId);
        if (await db.MembershipRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) is not { } request
            || await Organisation(db, request.OrganisationId, stop) is not { } of
            || await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == request.MemberId, stop) is not { } member)
            return null;
        var isOwn = await db.Memberships.Standing().AnyAsync(one => one.MemberId == readerId && one.OrganisationId == of.Id, stop);
        return new(
            links.HubName, new($"{member.Name.Text} asks to join {of.Name}", $"{member.Name.Text} möchte zu {of.Name} gehören"),
            new($"{member.Name.Isolated} has the address {member.Email.Shown} and asks to join {of.Name}.",
                $"{member.Name.Isolated} hat die Adresse {member.Email.Shown} und bittet um Aufnahme in {of.Name}."),
            new("Let them in or decline. Without an answer the request lapses after 14 days.",
                "Nehmen Sie die Person auf oder lehnen Sie ab. Ohne Antwort verfällt die Anfrage nach 14 Tagen.",
                "Nimm die Person auf oder lehn ab. Ohne Antwort verfällt die Anfrage nach 14 Tagen."),
            links.To(isOwn ? Paths.OwnOrganisationOf(of.Slug) : Paths.AdminOrganisation(of.Slug)), new("Answer", "Antworten"));
    }

    private async Task<DomainEmailFacts?> Closed(HubDb db, ClosedRequestNote? note, CancellationToken stop)
    {
        if (note is null || await Organisation(db, note.OrganisationId, stop) is not { } of)
            return null;
        return note.WasDeclined
            ? new(links.HubName, new($"Not accepted by {of.Name}", $"Keine Aufnahme in {of.Name}"),
                new($"You asked to join {of.Name}. Its administrators have declined.",
                    $"Sie haben um Aufnahme in {of.Name} gebeten. Die Anfrage wurde abgelehnt.",
                    $"Du hast um Aufnahme in {of.Name} gebeten. Die Anfrage wurde abgelehnt."),
                new("Your account and your bookings stay as they are.", "An Ihrem Konto und Ihren Buchungen ändert sich nichts.",
                    "An deinem Konto und deinen Buchungen ändert sich nichts."),
                null, default)
            : new(links.HubName, new($"No answer from {of.Name}", $"Keine Antwort von {of.Name}"),
                new($"You asked to join {of.Name}. Nobody answered within 14 days, so the request has lapsed.",
                    $"Sie haben um Aufnahme in {of.Name} gebeten. Innerhalb von 14 Tagen hat niemand geantwortet, "
                        + "daher ist die Anfrage verfallen.",
                    $"Du hast um Aufnahme in {of.Name} gebeten. Innerhalb von 14 Tagen hat niemand geantwortet, daher ist die Anfrage "
                        + "verfallen."),
                new("You can ask again on your account page, or speak to the organisation first.",
                    "Sie können auf der Seite Ihres Kontos noch einmal fragen oder vorher mit der Organisation sprechen.",
                    "Du kannst auf der Seite deines Kontos noch einmal fragen oder vorher mit der Organisation sprechen."),
                links.To(Paths.Account), new("My account", "Mein Konto"));
    }

    private static Task<Organisation?> Organisation(HubDb db, int id, CancellationToken stop) =>
        db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
}

/// <param name="Link">Null: there is nothing to do.</param>
public sealed record DomainEmailFacts(string HubName, Words Title, Words What, Words Then, Uri? Link, Words Button);
