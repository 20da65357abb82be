using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;

namespace DigiHub.Memberships;

/// <param name="ActorId">The member themselves, an administrator of the organisation, or who manages members.</param>
public sealed record EndMembershipRequest(string Slug, Guid MemberId, BookingsAheadWish Bookings, Guid ActorId);

/// <param name="BookingsCancelled">Zero also where they were kept.</param>
public sealed record MembershipEnded(Membership Membership, int BookingsCancelled);

/// <summary>
/// Ends somebody's membership of an organisation, in one commit with what becomes of their bookings ahead. They keep their account and
/// their past.
/// </summary>
public sealed class EndMembership(UnitOfWork unitOfWork, IClock clock)
{
    /// <summary>Refuses with not_found (also for who may not) and last_administrator.</summary>
    public Task<Outcome<MembershipEnded>> Run(EndMembershipRequest request, CancellationToken stop) =>
        unitOfWork.Run<MembershipEnded>(async db =>
        {
            await db.AcquireLocks([LockKey.OfSubject(request.MemberId), LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            // Members may leave by themselves.
            var isOwn = request.ActorId == request.MemberId && await db.Viewer(request.ActorId, now, stop) is not null;
            var found = await db.MembershipToChange(request.Slug, request.MemberId, isOwn ? null : request.ActorId, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var (membership, member) = found.Value;
            if (await db.IsLastAdministratorOf(membership, stop))
                return MembershipRules.LastAdministrator;

            var cancelled = membership.IsHome && request.Bookings == BookingsAheadWish.Cancel
                ? await db.CancelBookingsAhead(member, request.ActorId, now, stop)
                : 0;
            await db.EndMembership(membership, request.ActorId, now, stop);
            db.TellMembershipChanged(member, membership, new(MembershipChange.Ended, cancelled), request.ActorId, now);
            return new MembershipEnded(membership, cancelled);
        }, stop);
}
