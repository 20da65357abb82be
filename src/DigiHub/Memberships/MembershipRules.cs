using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <summary>Rules common to all changes of memberships. All of them hold LockKey.OfAccess, so that they are serialised.</summary>
internal static class MembershipRules
{
    public static Refusal LastAdministrator { get; } = new("last_administrator", new(
        "This is the organisation’s last administrator. Make somebody else administrator first.",
        "Das ist die letzte Person, die diese Organisation verwaltet. Geben Sie diese Rolle zuerst jemand anderem.",
        "Das ist die letzte Person, die diese Organisation verwaltet. Gib diese Rolle zuerst jemand anderem."));

    public static Refusal OnlyAdministratorsHandOver { get; } = new("hand_over_by_administrators", new(
        "Only the organisation’s administrators hand bookings to a colleague. Ask one of them, or cancel or keep your bookings.",
        "Nur wer die Organisation verwaltet, übergibt Buchungen an andere. "
            + "Bitten Sie darum, oder stornieren oder behalten Sie Ihre Buchungen.",
        "Nur wer die Organisation verwaltet, übergibt Buchungen an andere. Bitte darum, oder storniere oder behalte deine Buchungen."))
    { Field = "handOverTo" };

    public static Refusal ColleagueUnknown { get; } = new("colleague_unknown", new(
        "Choose somebody of this organisation whose account can be used.",
        "Wählen Sie jemanden aus dieser Organisation, dessen Konto nutzbar ist.",
        "Wähle jemanden aus dieser Organisation, dessen Konto nutzbar ist."))
    { Field = "handOverTo" };

    extension(HubDb db)
    {
        /// <summary>A membership that stands, for who looks after the organisation; not_found for others.</summary>
        public async Task<Outcome<(Membership Membership, Member Member)>> MembershipToChange(
            string slug, Guid memberId, Guid? actorId, Instant now, CancellationToken stop)
        {
            var organisations = db.Organisations;
            var membership = await db.Memberships.Standing().SingleOrDefaultAsync(one => one.MemberId == memberId
                && organisations.Any(of => of.Id == one.OrganisationId && of.Slug == slug), stop);
            if (membership is null || !await db.LooksAfter(membership.OrganisationId, actorId, now, stop))
                return Refusal.NotFound;
            return (membership, await db.Members.SingleAsync(one => one.Id == memberId, stop));
        }

        /// <summary>True if nobody would be left who administrates the organisation and can sign in.</summary>
        public async Task<bool> IsLastAdministratorOf(Membership membership, CancellationToken stop)
        {
            if (membership.Role != MembershipRole.Administrator)
                return false;
            var members = db.Members;
            var (organisationId, memberId) = (membership.OrganisationId, membership.MemberId);
            return !await db.Memberships.Standing().AnyAsync(other => other.OrganisationId == organisationId && other.MemberId != memberId
                && other.Role == MembershipRole.Administrator
                && members.Any(one => one.Id == other.MemberId && one.DisabledAt == null), stop);
        }
    }
}
