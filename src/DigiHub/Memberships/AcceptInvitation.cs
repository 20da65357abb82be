using System.Security.Cryptography;
using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>An invitation as the reader of its link sees it.</summary>
/// <param name="Organisation">Null: to the hub alone.</param>
/// <param name="InvitedBy">Null: the operator, or somebody who is gone.</param>
/// <param name="HasAccount">The address has an account already: no name is asked for, and its owner signs in as ever.</param>
public sealed record InvitationView(
    Invitation Invitation, InvitationState State, string? Organisation, PersonName? InvitedBy, bool HasAccount);

/// <param name="IsNew">The account was made just now, so that its owner is signed in at once.</param>
public sealed record InvitationAccepted(Member Member, bool IsNew);

/// <summary>
/// Joining by the link of an invitation, which proves the address it came to: makes the account if there is none, and the membership. An
/// account that exists is not signed in by it: the link lives for days, a sign-in link for minutes.
/// </summary>
public sealed class AcceptInvitation(UnitOfWork unitOfWork, HubDbFactory databases, HubTokenSigner tokenSigner, IClock clock)
{
    public static Refusal AccountDisabled { get; } = new("account_disabled", new(
        "The account with this address is disabled. Contact the front desk.",
        "Das Konto mit dieser Adresse ist gesperrt. Wenden Sie sich an den Empfang.",
        "Das Konto mit dieser Adresse ist gesperrt. Wende dich an den Empfang."));

    /// <summary>Null for a wrong token, and for an invitation that ended long ago. Looking changes nothing.</summary>
    public async Task<InvitationView?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.Invitation, token) is not { } id)
            return null;
        await using var db = databases.Open();
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) is not { } invitation)
            return null;
        var (organisationId, inviterId, key) = (invitation.OrganisationId, invitation.InvitedById, invitation.NormalizedEmail);
        return new InvitationView(
            invitation, invitation.StateAt(clock.GetCurrentInstant()),
            await db.Organisations.Where(of => of.Id == organisationId).Select(of => of.Name).SingleOrDefaultAsync(stop),
            await db.Members.Where(one => one.Id == inviterId).Select(one => one.Name).SingleOrDefaultAsync(stop),
            await db.Members.AnyAsync(one => one.NormalizedEmail == key, stop));
    }

    /// <summary>
    /// Refuses with not_found for a wrong token, invitation_used, invitation_expired, invitation_withdrawn, account_disabled,
    /// organisation_retired, organisation_full, and as PersonName.Parse does where an account is to be made.
    /// </summary>
    /// <param name="typedName">Only looked at where the address has no account.</param>
    public async Task<Outcome<InvitationAccepted>> Run(string token, string? typedName, Language language, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.Invitation, token) is not { } id)
            return Refusal.NotFound;
        try
        {
            return await Accept(id, typedName, language, stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            return await Accept(id, typedName, language, stop); // somebody made the account meanwhile: it is there now
        }
    }

    private Task<Outcome<InvitationAccepted>> Accept(Guid id, string? typedName, Language language, CancellationToken stop) =>
        unitOfWork.Run<InvitationAccepted>(async db =>
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            if (await db.Invitations.SingleOrDefaultAsync(one => one.Id == id, stop) is not { } invitation)
                return Refusal.NotFound;
            if (WhyNot(invitation.StateAt(now)) is { } over)
                return over;

            var key = invitation.NormalizedEmail;
            var member = await db.Members.SingleOrDefaultAsync(one => one.NormalizedEmail == key, stop);
            if (member?.DisabledAt is not null)
                return AccountDisabled;
            var isNew = member is null;
            if (member is null)
            {
                var name = PersonName.Parse(typedName);
                if (!name.IsDone)
                    return name.Refusal;
                member = New(invitation.Email, name.Value, language, now);
                db.Members.Add(member);
                db.Record(now, member.Id, MemberActs.Added, member.Id);
            }

            if (invitation.OrganisationId is { } organisationId)
            {
                var joined = await db.JoinOrganisation(member.Id, organisationId, invitation.Role, member.Id, now, stop);
                if (!joined.IsDone)
                    return joined.Refusal;
            }

            invitation.AcceptedAt = now;
            await db.LiftBounces(invitation.Email, stop); // the link arrived by e-mail, so e-mails arrive
            db.Record(now, member.Id, InvitationActs.Accepted, invitation.Id);
            return new InvitationAccepted(member, isNew);
        }, stop);

    /// <summary>Null while one can join.</summary>
    internal static Refusal? WhyNot(InvitationState state) => state switch
    {
        InvitationState.Open => null,
        InvitationState.Expired => InvitationRules.Expired,
        InvitationState.Withdrawn => InvitationRules.Withdrawn,
        _ => InvitationRules.Used,
    };

    private static Member New(EmailAddress email, PersonName name, Language language, Instant now) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Name = name,
        Email = email,
        Language = language,
        SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
        CreatedAt = now,
    };
}
