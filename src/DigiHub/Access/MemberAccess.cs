using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Access;

/// <summary>Rules common to all changes of access.</summary>
internal static class MemberAccess
{
    extension(HubDb db)
    {
        /// <summary>
        /// The member, for a change of their access. Such changes are serialised until this transaction ends: two
        /// administrators who disable each other at the same time would leave a hub without one.
        /// </summary>
        /// <param name="actorId">Null: the operator, by a command.</param>
        /// <param name="mayAct">Whether the actor may; otherwise not_found.</param>
        /// <returns>Refuses with not_found also where the actor may not, or no longer.</returns>
        public async Task<Outcome<Member>> ForAccess(
            Guid memberId, Guid? actorId, Func<Viewer, bool> mayAct, Instant now, CancellationToken stop)
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            if (actorId is not null && (await db.Viewer(actorId, now, stop) is not { } actor || !mayAct(actor)))
                return Refusal.NotFound;
            return await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is { } member ? member : Refusal.NotFound;
        }

        /// <summary>
        /// True if nobody would be left to administrate the hub for good once this member cannot. Who does
        /// so through a day only does not count.
        /// </summary>
        public async Task<bool> IsLastAdministrator(Member member, CancellationToken stop)
        {
            var members = db.Members;
            var lasting = await db.RoleGrants
                .Where(grant => grant.Role == Role.Administrator && grant.SiteId == null && grant.EndsAt == null)
                .Where(grant => members.Any(one => one.Id == grant.MemberId && one.DisabledAt == null))
                .Select(grant => grant.MemberId).Take(2).ToListAsync(stop);
            return lasting is [var only] && only == member.Id;
        }

        /// <summary>
        /// Ends everything an intruder could hold: sessions, links not used yet, pending address changes.
        /// Says how many sessions there were.
        /// </summary>
        public async Task<int> SignOutEverywhere(Member member, Instant now, CancellationToken stop)
        {
            member.RenewStamp();
            await db.SignInLinks.Where(link => link.MemberId == member.Id && link.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), stop);
            return await db.Sessions.Where(session => session.MemberId == member.Id).ExecuteDeleteAsync(stop);
        }
    }

    public static bool ManagesMembers(Viewer actor) => actor.May(Permission.ManageMembers);

    public static Refusal LastAdministrator { get; } = new("last_administrator", new(
        "This is the last administrator who can sign in. Give someone else the role first.",
        "Das ist die letzte Person mit Verwaltungsrechten, die sich anmelden kann. Geben Sie die Rolle zuerst jemand anderem.",
        "Das ist die letzte Person mit Verwaltungsrechten, die sich anmelden kann. Gib die Rolle zuerst jemand anderem."));

    public static Refusal LastAdministratorOfAnOrganisation { get; } = new("last_administrator", new(
        "Their organisation has no other administrator who can sign in. Make somebody else administrator of it first.",
        "Ihre Organisation hat sonst niemanden mit Verwaltungsrechten, der sich anmelden kann. "
            + "Geben Sie diese Rolle zuerst jemand anderem.",
        "Deine Organisation hat sonst niemanden mit Verwaltungsrechten, der sich anmelden kann. Gib diese Rolle zuerst jemand anderem."));

    public static Refusal OwnAccess { get; } = new("own_access", new(
        "You can’t change your own rights. Ask another administrator.",
        "Die eigenen Rechte können Sie nicht ändern. Wenden Sie sich an eine andere Person aus der Verwaltung.",
        "Die eigenen Rechte kannst du nicht ändern. Wende dich an eine andere Person aus der Verwaltung."));

    public static Refusal NoRole { get; } = new("role", new(
        "Choose a role: administrator, frontdesk, organiser, approver or auditor. Every member can book without one.",
        "Wählen Sie eine Rolle: administrator, frontdesk, organiser, approver oder auditor. Buchen kann jedes Mitglied auch ohne Rolle.",
        "Wähle eine Rolle: administrator, frontdesk, organiser, approver oder auditor. Buchen kann jedes Mitglied auch ohne Rolle."))
    { Field = "role" };

    public static Refusal IsOver { get; } = new("through_past", new(
        "The last day is in the past. Choose today or later.", "Der letzte Tag liegt in der Vergangenheit. Wählen Sie heute oder später.",
        "Der letzte Tag liegt in der Vergangenheit. Wähle heute oder später."))
    { Field = "through" };
}
