using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Memberships;

/// <summary>Rules common to all changes of invitations.</summary>
internal static class InvitationRules
{
    public static Refusal HubNotOpen { get; } = new("hub_not_open", new(
        "This hub isn’t open yet. Open it first, then invite people.",
        "Dieser Hub ist noch nicht eröffnet. Eröffnen Sie ihn zuerst, dann laden Sie Menschen ein.",
        "Dieser Hub ist noch nicht eröffnet. Eröffne ihn zuerst, dann lade Menschen ein."));

    public static Refusal Used { get; } = new("invitation_used", new(
        "This invitation has been used. Sign in with the address it came to.",
        "Diese Einladung wurde schon genutzt. Melden Sie sich mit der Adresse an, an die sie ging.",
        "Diese Einladung wurde schon genutzt. Melde dich mit der Adresse an, an die sie ging."));

    public static Refusal Expired { get; } = new("invitation_expired", new(
        "This invitation has expired. Ask for a new one.", "Diese Einladung ist abgelaufen. Bitten Sie um eine neue.",
        "Diese Einladung ist abgelaufen. Bitte um eine neue."));

    public static Refusal Withdrawn { get; } = new("invitation_withdrawn", new(
        "This invitation was withdrawn. Contact the person who invited you.",
        "Diese Einladung wurde zurückgezogen. Wenden Sie sich an die Person, die Sie eingeladen hat.",
        "Diese Einladung wurde zurückgezogen. Wende dich an die Person, die dich eingeladen hat."));

    private static readonly Refusal tooManyEmails = new("invitations_hour", new(
        $"You can send at most {Invitation.EmailsPerHourMax} invitations an hour. Try again later.",
        $"Sie können höchstens {Invitation.EmailsPerHourMax} Einladungen in der Stunde senden. Versuchen Sie es später noch einmal.",
        $"Du kannst höchstens {Invitation.EmailsPerHourMax} Einladungen in der Stunde senden. Versuch es später noch einmal."))
    { Field = "addresses" };

    private static readonly string[] sending = [InvitationActs.Sent.Name, InvitationActs.Renewed.Name];

    extension(HubDb db)
    {
        /// <param name="organisationId">Null: to the hub alone.</param>
        /// <param name="actorId">Null: the operator, by a command.</param>
        public async Task<bool> MayInviteTo(int? organisationId, Guid? actorId, Instant now, CancellationToken stop) =>
            organisationId is { } id
                ? await db.LooksAfter(id, actorId, now, stop)
                : actorId is null || (await db.Viewer(actorId, now, stop))?.May(Permission.ManageMembers) == true;

        /// <summary>One that has not ended, for who may invite there; not_found for others. Holds LockKey.OfAccess.</summary>
        public async Task<Outcome<Invitation>> InvitationToChange(Guid invitationId, Guid actorId, Instant now, CancellationToken stop)
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            var invitation = await db.Invitations.NotEnded().SingleOrDefaultAsync(one => one.Id == invitationId, stop);
            if (invitation is null || !await db.MayInviteTo(invitation.OrganisationId, actorId, now, stop))
                return Refusal.NotFound;
            return invitation;
        }

        /// <summary>Null if the inviter or the operator may have so many more e-mails sent this hour. Under LockKey.OfAccess.</summary>
        public async Task<Refusal?> WhyNoEmails(Guid? actorId, int more, Instant now, CancellationToken stop)
        {
            var since = now - Duration.FromHours(1);
            var sent = await db.Activity.CountAsync(
                one => one.At > since && one.ActorId == actorId && EF.Constant(sending).Contains(one.Act), stop);
            return sent + more > Invitation.EmailsPerHourMax ? tooManyEmails : null;
        }
    }
}
