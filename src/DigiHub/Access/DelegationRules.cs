using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>Who can be made a delegate, and how it ends with what both had in common.</summary>
internal static class DelegationRules
{
    public static Refusal MemberDisabled { get; } = new("member_disabled", new(
        "This account is disabled. Ask the front desk.",
        "Dieses Konto ist gesperrt. Wenden Sie sich an den Empfang.",
        "Dieses Konto ist gesperrt. Wende dich an den Empfang."));

    public static Refusal Unknown { get; } = new("delegate_unknown", new(
        "Choose a colleague of your organisation whose account can be used.",
        "Wählen Sie jemanden aus Ihrer Organisation, dessen Konto nutzbar ist.",
        "Wähle jemanden aus deiner Organisation, dessen Konto nutzbar ist."))
    { Field = "delegate" };

    public static Refusal TooMany { get; } = new("too_many_delegates", new(
        $"The limit is {Delegation.PerMemberMax} people. End one first.",
        $"Höchstens {Delegation.PerMemberMax} Personen sind möglich. Beenden Sie zuerst eine Vertretung.",
        $"Höchstens {Delegation.PerMemberMax} Personen sind möglich. Beende zuerst eine Vertretung."));

    extension(HubDb db)
    {
        /// <summary>Those of the same organisations whose accounts can be used, without the member.</summary>
        public IQueryable<Member> ColleaguesOf(Guid memberId)
        {
            var standing = db.Memberships.Standing();
            return db.Members.Where(one => one.Id != memberId && one.DisabledAt == null && standing.Any(theirs => theirs.MemberId == one.Id
                && standing.Any(own => own.MemberId == memberId && own.OrganisationId == theirs.OrganisationId)));
        }

        /// <summary>
        /// A membership is ending: so do the delegations with those to whom nothing else binds the member.
        /// </summary>
        public async Task EndDelegationsWith(Membership ending, CancellationToken stop)
        {
            var (memberId, endingId) = (ending.MemberId, ending.Id);
            var standing = db.Memberships.Standing().Where(one => one.Id != endingId);
            await db.Delegations.Where(one => (one.MemberId == memberId || one.DelegateId == memberId)
                && !standing.Any(own => own.MemberId == one.MemberId
                    && standing.Any(theirs => theirs.MemberId == one.DelegateId && theirs.OrganisationId == own.OrganisationId)))
                .ExecuteDeleteAsync(stop);
        }
    }
}
