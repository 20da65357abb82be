using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;

namespace DigiHub.Memberships;

/// <param name="People">How many memberships ended.</param>
/// <param name="BookingsCancelled">Zero also where they were kept.</param>
public sealed record OrganisationRetired(Organisation Organisation, int People, int BookingsCancelled);

/// <summary>
/// Retires an organisation: the memberships of all its people end in one commit, with what becomes of their bookings ahead, and its
/// invitations are withdrawn; its domains and what waits for an answer go. The people
/// keep their accounts; its name stays taken, and what was done in it stays readable.
/// </summary>
public sealed class RetireOrganisation(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found (also for who may not), organisation_retired and stale.</summary>
    public Task<Outcome<OrganisationRetired>> Run(
        string slug, BookingsAheadWish bookings, Guid actorId, CancellationToken stop, Alongside<OrganisationRetired>? along = null) =>
        unitOfWork.Run<OrganisationRetired>(async db =>
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
            var all = 0;
            foreach (var membership in memberships)
            {
                var member = members[membership.MemberId];
                var cancelled = membership.IsHome && bookings == BookingsAheadWish.Cancel
                    ? await db.CancelBookingsAhead(member, actorId, now, stop)
                    : 0;
                await db.EndMembership(membership, actorId, now, stop);
                db.TellMembershipChanged(member, membership, new(MembershipChange.OrganisationRetired, cancelled), actorId, now);
                all += cancelled;
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
            db.Record(now, actorId, OrganisationActs.Retired, organisation.Id, $"{memberships.Count} people, {all} bookings cancelled");
            return new OrganisationRetired(organisation, memberships.Count, all);
        }, stop, along);
}
