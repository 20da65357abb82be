using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <param name="LapsesAt">Of a request that waits; null: not asked yet.</param>
public sealed record AskableOrganisation(Organisation Organisation, Instant? LapsesAt);

/// <summary>
/// A member whose address is of a proven domain asks the organisation to let them in; its administrators decide, or the hub's
/// where it has none. Only who is signed in
/// learns that a domain is known, and only of their own.
/// </summary>
public sealed class AskOrganisation(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock)
{
    private const int DecidingMax = 20;

    /// <summary>Null: their address is of no proven domain, or they belong there already.</summary>
    public async Task<AskableOrganisation?> For(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == memberId && one.DisabledAt == null, stop);
        if (member is null || await Askable(db, member, stop) is not { } organisation)
            return null;
        var organisationId = organisation.Id;
        var asked = await db.MembershipRequests.AsNoTracking()
            .SingleOrDefaultAsync(one => one.MemberId == memberId && one.OrganisationId == organisationId, stop);
        return new AskableOrganisation(organisation, asked?.LapsesAt);
    }

    /// <summary>
    /// The request, also where it waits already. Refuses with not_found where there is nobody to ask, member_disabled and asked_too_often.
    /// </summary>
    /// <param name="slug">Of the organisation that is meant; null: the one that there is to ask.</param>
    public Task<Outcome<MembershipRequest>> Run(Guid memberId, CancellationToken stop, string? slug = null) =>
        unitOfWork.Run<MembershipRequest>(db => Ask(db, memberId, slug, stop), stop);

    private async Task<Outcome<MembershipRequest>> Ask(HubDb db, Guid memberId, string? slug, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfAccess], stop);
        var now = clock.GetCurrentInstant();
        if (await db.Viewer(memberId, now, stop) is null)
            return BookingRules.MemberDisabled;
        var member = await db.Members.AsNoTracking().SingleAsync(one => one.Id == memberId, stop);
        if (await Askable(db, member, stop) is not { } organisation
            || (slug is not null && organisation.Slug != slug))
            return Refusal.NotFound;
        var organisationId = organisation.Id;
        if (await db.MembershipRequests.SingleOrDefaultAsync(
            one => one.MemberId == memberId && one.OrganisationId == organisationId, stop) is { } known)
            return known;
        var (since, name) = (now - Duration.FromDays(1), MembershipRequestActs.Created.Name);
        if (await db.Activity.CountAsync(one => one.At > since && one.ActorId == memberId && one.Act == name, stop)
            >= MembershipRequest.PerDayMax)
            return TooOften;

        var asked = db.MembershipRequests.Add(new MembershipRequest
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            MemberId = memberId,
            OrganisationId = organisationId,
            AskedAt = now,
        }).Entity;
        db.Record(now, memberId, MembershipRequestActs.Created, asked.Id);
        foreach (var administrator in await WhoDecides(db, organisationId, now, stop))
            db.Write(Notification.To(
                Recipient.Of(administrator), DomainNotifications.Asked, MembershipRequest.Subject.Of(asked.Id), now));
        return asked;
    }

    /// <summary>The organisation's administrators who can sign in; where there are none, who manages members of the hub.</summary>
    private static async Task<IReadOnlyList<Member>> WhoDecides(HubDb db, int organisationId, Instant now, CancellationToken stop)
    {
        if (await db.AdministratorsOf(organisationId, stop) is { Count: > 0 } administrators)
            return administrators;
        var deciding = db.RoleGrants.InForce(now).Giving(Permission.ManageMembers);
        return await db.Members.AsNoTracking()
            .Where(member => member.DisabledAt == null && deciding.Any(grant => grant.MemberId == member.Id))
            .OrderBy(member => member.Id).Take(DecidingMax).ToListAsync(stop);
    }

    private static async Task<Organisation?> Askable(HubDb db, Member member, CancellationToken stop)
    {
        var (domain, memberId) = (member.Email.Domain, member.Id);
        var (domains, held) = (db.OrganisationDomains, db.Memberships.Standing().Where(one => one.MemberId == memberId));
        return await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.RetiredAt == null
            && domains.Any(of => of.OrganisationId == one.Id && of.Domain == domain && of.VerifiedAt != null)
            && !held.Any(of => of.OrganisationId == one.Id), stop);
    }

    private static Refusal TooOften { get; } = new("asked_too_often", new(
        "You have asked several times today. Try again tomorrow, or write to the organisation.",
        "Sie haben heute schon mehrmals gefragt. Versuchen Sie es morgen noch einmal oder schreiben Sie der Organisation.",
        "Du hast heute schon mehrmals gefragt. Versuch es morgen noch einmal oder schreib der Organisation."));
}
