using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Settings;
using DigiHub.Text;

namespace DigiHub.Memberships;

/// <param name="ActorId">An administrator of the organisation, or who manages members; null: the operator, by a command.</param>
/// <param name="Slug">The organisation's; null: to the hub alone, which only who manages members may.</param>
/// <param name="Addresses">One a line, or separated by commas; "Name &lt;address&gt;" is read as well.</param>
/// <param name="Role">In the organisation.</param>
public sealed record InvitePeopleRequest(
    Guid? ActorId, string? Slug, string? Addresses, MembershipRole Role = MembershipRole.Member, Language Language = Language.German);

public enum InvitedAs
{
    New,

    /// <summary>There was an invitation already: it is good for 14 days from now, and so is its old link.</summary>
    Renewed,

    /// <summary>They belong there already, so no e-mail is sent.</summary>
    Member,
}

public sealed record InvitedAddress(EmailAddress Email, InvitedAs As);

/// <param name="Addresses">In the order in which they were typed.</param>
public sealed record PeopleInvited(IReadOnlyList<InvitedAddress> Addresses)
{
    public int Emails => Addresses.Count(one => one.As != InvitedAs.Member);
}

/// <summary>
/// Invites one address or many, by an e-mail with a link. Whether an address belongs to a member of another organisation is not revealed:
/// the answer and the e-mail are the same.
/// </summary>
public sealed class InvitePeople(UnitOfWork unitOfWork, RelayReach reach, IClock clock)
{
    public const int TextMax = 10_000;

    private const int ShownMax = 5;
    private const int ShownLengthMax = 60;

    private static readonly char[] separators = ['\n', '\r', ',', ';'];

    /// <summary>
    /// Refuses with not_found (also for who may not), addresses_missing, addresses_too_many, addresses_invalid, as RelayReach does,
    /// and with organisation_retired, hub_not_open, invitations_standing and invitations_hour; then nobody is invited.
    /// </summary>
    public Task<Outcome<PeopleInvited>> Run(
        InvitePeopleRequest request, CancellationToken stop, Alongside<PeopleInvited>? along = null) =>
        unitOfWork.Run(db => Invite(db, request, stop), stop, along);

    /// <summary>The same for an invitation that there is. Refuses as <see cref="Run"/> does.</summary>
    public Task<Outcome<Invitation>> Again(Guid invitationId, Guid actorId, CancellationToken stop) =>
        unitOfWork.Run<Invitation>(async db =>
        {
            var now = clock.GetCurrentInstant();
            var found = await db.InvitationToChange(invitationId, actorId, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            if (await db.WhyNoEmails(actorId, 1, now, stop) is { } refusal)
                return refusal;
            await Write(db, found.Value, actorId, now, stop);
            return found.Value;
        }, stop);

    private async Task<Outcome<PeopleInvited>> Invite(HubDb db, InvitePeopleRequest request, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfAccess], stop);
        var now = clock.GetCurrentInstant();
        var organisation = request.Slug is { } slug
            ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Slug == slug, stop)
            : null;
        if (organisation is null != request.Slug is null || !await db.MayInviteTo(organisation?.Id, request.ActorId, now, stop))
            return Refusal.NotFound;
        if (organisation?.RetiredAt is not null)
            return OrganisationRules.Retired;
        if ((await db.HubStateNow(stop)).OpenedAt is null)
            return InvitationRules.HubNotOpen;
        var read = Read(request.Addresses);
        if (!read.IsDone)
            return read.Refusal;

        var addresses = read.Value;
        string[] keys = [.. addresses.Select(address => address.Key)];
        var organisationId = organisation?.Id;
        var known = await db.Invitations.NotEnded()
            .Where(one => one.OrganisationId == organisationId && keys.Contains(one.NormalizedEmail))
            .ToDictionaryAsync(one => one.NormalizedEmail, stop);
        var there = await Belonging(db, organisationId, keys, stop);
        var invited = addresses.Select(address => new InvitedAddress(address,
            there.Contains(address.Key) ? InvitedAs.Member : known.ContainsKey(address.Key) ? InvitedAs.Renewed : InvitedAs.New)).ToList();

        var outcome = new PeopleInvited(invited);
        var standing = await db.Invitations.NotEnded().CountAsync(one => one.OrganisationId == organisationId && one.ExpiresAt > now, stop);
        if (standing + invited.Count(one => one.As == InvitedAs.New
            || (one.As == InvitedAs.Renewed && known[one.Email.Key].ExpiresAt <= now)) > Invitation.StandingMax)
            return TooManyStanding;
        if (await db.WhyNoEmails(request.ActorId, outcome.Emails, now, stop) is { } refusal)
            return refusal;

        foreach (var one in invited.Where(one => one.As != InvitedAs.Member))
        {
            var invitation = known.GetValueOrDefault(one.Email.Key) ?? db.Invitations.Add(new Invitation
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                OrganisationId = organisationId,
                Email = one.Email,
                InvitedAt = now,
                ExpiresAt = now,
            }).Entity;
            (invitation.Role, invitation.Language) = (request.Role, request.Language);
            await Write(db, invitation, request.ActorId, now, stop);
        }

        return outcome;
    }

    private static async Task Write(HubDb db, Invitation invitation, Guid? actorId, Instant now, CancellationToken stop)
    {
        var isNew = invitation.Emails == 0;
        // One e-mail that still waits is enough: it is written from the row as it leaves.
        await db.Notifications.About(Invitation.Subject.Of(invitation.Id)).Where(one => one.Type == InvitationNotifications.Invited)
            .Withdraw(NotificationReason.Superseded, stop);
        invitation.Emails++;
        (invitation.InvitedById, invitation.ExpiresAt, invitation.AskedAt) = (actorId, now + Invitation.Life, null);
        db.Record(now, actorId, isNew ? InvitationActs.Sent : InvitationActs.Renewed, invitation.Id);
        db.Write(Notification.To(
            new Recipient(InvitationNotifications.NameFor(invitation.Email), invitation.Email, invitation.Language, MemberId: null),
            InvitationNotifications.Invited, Invitation.Subject.Of(invitation.Id), now, revision: $"{invitation.Emails}",
            notAfter: invitation.ExpiresAt));
    }

    /// <summary>The keys of those who are in the organisation, or have an account of the hub where it is about that alone.</summary>
    private static async Task<HashSet<string>> Belonging(HubDb db, int? organisationId, string[] keys, CancellationToken stop)
    {
        var standing = db.Memberships.Standing().Where(one => one.OrganisationId == organisationId);
        var members = db.Members.Where(member => keys.Contains(member.NormalizedEmail));
        if (organisationId is not null)
            members = members.Where(member => standing.Any(one => one.MemberId == member.Id));
        return (await members.Select(member => member.NormalizedEmail).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
    }

    private Outcome<IReadOnlyList<EmailAddress>> Read(string? text)
    {
        if (text?.Length > TextMax)
            return TooMany;
        List<EmailAddress> addresses = [];
        List<string> wrong = [];
        foreach (var part in (text ?? "").Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var typed = part.LastIndexOf('<') is >= 0 and var at && part.EndsWith('>') ? part[(at + 1)..^1] : part;
            if (!EmailAddress.TryParse(typed, out var address))
                wrong.Add(TypedText.Line(part, ShownLengthMax) ?? "?");
            else if (reach.WhyNot(address) is { } unreachable)
                return unreachable with { Field = "addresses" };
            else
                addresses.Add(address);
        }

        if (wrong.Count > 0)
            return Invalid(wrong);
        List<EmailAddress> distinct = [.. addresses.DistinctBy(address => address.Key)];
        return distinct.Count switch
        {
            0 => Missing,
            > Invitation.EmailsPerHourMax => TooMany,
            _ => distinct,
        };
    }

    private static Refusal Missing { get; } = new("addresses_missing", new(
        "Enter at least one e-mail address.", "Geben Sie mindestens eine E-Mail-Adresse ein.", "Gib mindestens eine E-Mail-Adresse ein."))
    { Field = "addresses" };

    private static Refusal TooMany { get; } = new("addresses_too_many", new(
        $"Invite at most {Invitation.EmailsPerHourMax} people at once.",
        $"Laden Sie höchstens {Invitation.EmailsPerHourMax} Personen auf einmal ein.",
        $"Lade höchstens {Invitation.EmailsPerHourMax} Personen auf einmal ein."))
    { Field = "addresses" };

    private static Refusal TooManyStanding { get; } = new("invitations_standing", new(
        $"At most {Invitation.StandingMax} invitations can be open at once. Withdraw some that are no longer needed.",
        $"Höchstens {Invitation.StandingMax} Einladungen können zugleich offen sein. Ziehen Sie zurück, was nicht mehr nötig ist.",
        $"Höchstens {Invitation.StandingMax} Einladungen können zugleich offen sein. Zieh zurück, was nicht mehr nötig ist."))
    { Field = "addresses" };

    private static Refusal Invalid(List<string> lines)
    {
        var shown = string.Join(", ", lines.Take(ShownMax)) + (lines.Count > ShownMax ? " …" : "");
        return new("addresses_invalid", new(
            $"Not an e-mail address: {shown}. Write one address a line.",
            $"Keine E-Mail-Adresse: {shown}. Schreiben Sie je Zeile eine Adresse.",
            $"Keine E-Mail-Adresse: {shown}. Schreib je Zeile eine Adresse."))
        { Field = "addresses" };
    }
}
