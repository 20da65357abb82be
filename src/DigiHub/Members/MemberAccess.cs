using DigiHub.Data;

namespace DigiHub.Members;

/// <summary>The rules that all changes of who may come in, and as what, have in common.</summary>
internal static class MemberAccess
{
    extension(HubDb db)
    {
        /// <summary>
        /// The member, for a change of their access, with nobody else changing anybody's until this transaction ends: two
        /// administrators who shut each other out at the same time would leave a hub without one.
        /// </summary>
        /// <param name="actorId">Null: the operator, by a command.</param>
        /// <returns>Refuses with not_found also where the actor is not, or no longer, an administrator.</returns>
        public async Task<Outcome<Member>> ForAccess(Guid memberId, Guid? actorId, CancellationToken stop)
        {
            await db.AcquireLocks([LockKey.OfAccess], stop);
            if (actorId is { } actor && !await db.Members.AnyAsync(
                one => one.Id == actor && one.DisabledAt == null && (one.Roles & Roles.Administrator) != Roles.Member, stop))
                return Refusal.NotFound;
            return await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop) is { } member ? member : Refusal.NotFound;
        }

        /// <summary>True if nobody would be left to administrate the hub once this member cannot.</summary>
        public async Task<bool> IsLastAdministrator(Member member, CancellationToken stop) =>
            member.DisabledAt is null && member.IsOneOf(Roles.Administrator) && !await db.Members.AnyAsync(
                one => one.Id != member.Id && one.DisabledAt == null && (one.Roles & Roles.Administrator) != Roles.Member, stop);

        /// <summary>
        /// Ends what anybody has in hand who came in as the member: sessions, links not used yet, addresses asked for.
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

    public static Refusal LastAdministrator { get; } = new("last_administrator", new(
        "This is the last administrator who can sign in. Give someone else the role first.",
        "Das ist die letzte Person mit Verwaltungsrechten, die sich anmelden kann. Geben Sie die Rolle zuerst jemand anderem."));

    public static Refusal OwnAccess { get; } = new("own_access", new(
        "You can’t change your own rights. Ask another administrator.",
        "Die eigenen Rechte können Sie nicht ändern. Wenden Sie sich an eine andere Person aus der Verwaltung."));

    public static Refusal NoRole { get; } = new("role", new(
        "Choose a role: administrator, frontdesk or organiser. Every member can book without one.",
        "Wählen Sie eine Rolle: administrator, frontdesk oder organiser. Buchen kann jedes Mitglied auch ohne Rolle."))
    { Field = "role" };
}
