using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;

namespace DigiHub.Memberships;

/// <param name="Bookings">
/// What becomes of the bookings ahead of its people; of those that the colleague may not have, where they are handed over. Null: they are
/// kept; where they are handed over, the colleague must be able to have all.
/// </param>
public sealed record RetireOrganisationRequest(string Slug, BookingsAheadWish? Bookings, Guid ActorId)
{
    /// <summary>One of its people whose the bookings ahead of all others become; null: nobody.</summary>
    public Guid? HandOverTo { get; init; }
}

/// <param name="People">How many memberships ended.</param>
/// <param name="BookingsCancelled">Zero also where they were kept.</param>
public sealed record OrganisationRetired(Organisation Organisation, int People, int BookingsCancelled, int BookingsHandedOver);

/// <summary>
/// Retires an organisation: the memberships of all its people end in one commit, with what becomes of their bookings ahead (they
/// may go to one of them, who keeps theirs), and its invitations are withdrawn; its domains and what waits for an answer go. The people
/// keep their accounts; its name stays taken, and what was done in it stays readable.
/// </summary>
public sealed class RetireOrganisation(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), organisation_retired, colleague_unknown, hand_over_not_possible and stale.
    /// </summary>
    public async Task<Outcome<OrganisationRetired>> Run(
        RetireOrganisationRequest request, CancellationToken stop, Alongside<OrganisationRetired>? along = null)
    {
        var (slug, actorId, map) = (request.Slug, request.ActorId, await catalogue.Map(stop));
        return await unitOfWork.Run<OrganisationRetired>(async db =>
        {
            var (organisations, people) = (db.Organisations, db.Memberships.Standing().OrderBy(one => one.Id));
            var theirs = people.Where(one => organisations.Any(of => of.Id == one.OrganisationId && of.Slug == slug));
            var seen = await theirs.Select(one => one.MemberId).ToListAsync(stop);
            await db.AcquireLocks([.. seen.Select(LockKey.OfSubject), LockKey.OfAccess], stop); // nobody joins from here on
            var now = clock.GetCurrentInstant();
            if ((await db.Viewer(actorId, now, stop))?.May(Permission.ManageOrganisations) != true
                || await db.Organisations.SingleOrDefaultAsync(one => one.Slug == slug, stop) is not { } organisation)
                return Refusal.NotFound;
            if (organisation.RetiredAt is not null)
                return OrganisationRules.Retired;

            var memberships = await theirs.ToListAsync(stop);
            Guid[] ids = [.. memberships.Select(one => one.MemberId)];
            if (ids.Except(seen).Any())
                return Refusal.Stale; // somebody joined meanwhile, whose bookings are not locked
            var members = await db.Members.Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop);
            Member[] theyBookInItsName = [.. memberships.Where(one => one.IsHome).Select(one => members[one.MemberId])];
            var settled = await SettleBookings(db, map, members, theyBookInItsName, request, now, stop);
            if (!settled.IsDone)
                return settled.Refusal;
            foreach (var membership in memberships)
            {
                var member = members[membership.MemberId];
                var (cancelled, handedOver) = settled.Value.GetValueOrDefault(member.Id) ?? BookingsSettled.None;
                await db.EndMembership(membership, actorId, now, stop);
                db.TellMembershipChanged(member, membership,
                    new(MembershipChange.OrganisationRetired, cancelled) { HandedOverTo = request.HandOverTo, HandedOver = handedOver },
                    actorId, now);
            }

            var organisationId = organisation.Id;
            foreach (var invitation in await db.Invitations.NotEnded().Where(one => one.OrganisationId == organisationId).ToListAsync(stop))
            {
                invitation.WithdrawnAt = now;
                db.Record(now, actorId, InvitationActs.Withdrawn, invitation.Id);
            }

            db.RemoveRange(await db.OrganisationDomains.Where(one => one.OrganisationId == organisationId).ToListAsync(stop));
            db.RemoveRange(await db.MembershipRequests.Where(one => one.OrganisationId == organisationId).ToListAsync(stop));
            organisation.RetiredAt = now;
            var (all, given) = (settled.Value.Values.Sum(one => one.Cancelled), settled.Value.Values.Sum(one => one.HandedOver.Count));
            db.Record(now, actorId, OrganisationActs.Retired, organisation.Id,
                $"{memberships.Count} people, {all} bookings cancelled, {given} handed over");
            return new OrganisationRetired(organisation, memberships.Count, all, given);
        }, stop, along);
    }

    /// <summary>By member; nothing for those of whom nothing changes.</summary>
    private static async Task<Outcome<Dictionary<Guid, BookingsSettled>>> SettleBookings(
        HubDb db, HubDirectory map, Dictionary<Guid, Member> people, IReadOnlyList<Member> theyBookInItsName,
        RetireOrganisationRequest request, Instant now, CancellationToken stop)
    {
        if (request.HandOverTo is { } toId)
        {
            if (people.GetValueOrDefault(toId) is not { DisabledAt: null } to)
                return MembershipRules.ColleagueUnknown;
            return await db.HandOverBookingsAhead(
                map, [.. theyBookInItsName.Where(one => one.Id != toId)], to, request.Bookings, request.ActorId, now, stop);
        }

        Dictionary<Guid, BookingsSettled> settled = [];
        if (request.Bookings == BookingsAheadWish.Cancel)
        {
            foreach (var member in theyBookInItsName)
                settled[member.Id] = new(await db.CancelBookingsAhead(member, request.ActorId, now, stop), []);
        }

        return settled;
    }
}
