using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Memberships;

/// <param name="Bookings">
/// What becomes of the bookings ahead; of those that the colleague may not have, where they are handed over. Null: they are kept; where
/// they are handed over, the colleague must be able to have all.
/// </param>
/// <param name="ActorId">The member themselves, an administrator of the organisation, or who manages members.</param>
public sealed record EndMembershipRequest(string Slug, Guid MemberId, BookingsAheadWish? Bookings, Guid ActorId)
{
    /// <summary>A colleague in the same organisation whose the bookings ahead become; null: nobody.</summary>
    public Guid? HandOverTo { get; init; }
}

/// <param name="BookingsCancelled">Zero also where they were kept.</param>
public sealed record MembershipEnded(Membership Membership, int BookingsCancelled, int BookingsHandedOver);

/// <summary>
/// Ends somebody's membership of an organisation, in one commit with what becomes of their bookings ahead. They keep their account and
/// their past.
/// </summary>
public sealed class EndMembership(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found (also for who may not), last_administrator, hand_over_by_administrators, colleague_unknown and
    /// hand_over_not_possible.
    /// </summary>
    public async Task<Outcome<MembershipEnded>> Run(EndMembershipRequest request, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run<MembershipEnded>(async db =>
        {
            Guid[] concerned = request.HandOverTo is { } toId ? [request.MemberId, toId] : [request.MemberId];
            await db.AcquireLocks([.. concerned.Select(LockKey.OfSubject).Distinct(), LockKey.OfAccess], stop);
            var now = clock.GetCurrentInstant();
            // Members may leave by themselves.
            var isOwn = request.ActorId == request.MemberId && await db.Viewer(request.ActorId, now, stop) is not null;
            var found = await db.MembershipToChange(request.Slug, request.MemberId, isOwn ? null : request.ActorId, now, stop);
            if (!found.IsDone)
                return found.Refusal;
            var (membership, member) = found.Value;
            if (await db.IsLastAdministratorOf(membership, stop))
                return MembershipRules.LastAdministrator;

            var settled = await SettleBookings(db, map, membership, member, request, now, stop);
            if (!settled.IsDone)
                return settled.Refusal;
            var (cancelled, handedOver) = settled.Value;
            await db.EndMembership(membership, request.ActorId, now, stop);
            db.TellMembershipChanged(member, membership,
                new(MembershipChange.Ended, cancelled) { HandedOverTo = request.HandOverTo, HandedOver = handedOver },
                request.ActorId, now);
            return new MembershipEnded(membership, cancelled, handedOver.Count);
        }, stop);
    }

    private static async Task<Outcome<BookingsSettled>> SettleBookings(
        HubDb db, HubDirectory map, Membership membership, Member member, EndMembershipRequest request, Instant now, CancellationToken stop)
    {
        if (request.HandOverTo is { } toId)
        {
            // A colleague is not asked, so who leaves cannot put their bookings on anybody.
            if (!await db.LooksAfter(membership.OrganisationId, request.ActorId, now, stop))
                return MembershipRules.OnlyAdministratorsHandOver;
            var belongs = await db.Memberships.Standing().AnyAsync(
                one => one.OrganisationId == membership.OrganisationId && one.MemberId == toId && toId != member.Id, stop);
            var to = belongs ? await db.Members.SingleAsync(one => one.Id == toId, stop) : null;
            if (to is not { DisabledAt: null })
                return MembershipRules.ColleagueUnknown;
            if (membership.IsHome)
            {
                var settled = await db.HandOverBookingsAhead(map, [member], to, request.Bookings, request.ActorId, now, stop);
                return settled.IsDone ? settled.Value[member.Id] : settled.Refusal;
            }
        }

        return membership.IsHome && request.Bookings == BookingsAheadWish.Cancel
            ? new BookingsSettled(await db.CancelBookingsAhead(member, request.ActorId, now, stop), [])
            : BookingsSettled.None;
    }
}
