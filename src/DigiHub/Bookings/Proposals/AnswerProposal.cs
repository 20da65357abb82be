using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Proposals;

/// <summary>
/// The answers to a proposal: accepting swaps or hands over, by the rules of any booking; declining and withdrawing change nothing. On a
/// page, by a program, or by the signed link of the e-mail, which needs no signing in.
/// </summary>
public sealed class AnswerProposal(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, member_disabled, proposal_over, proposal_changed, busy; a swap as <see cref="BookingRules.CheckSameStart"/>
    /// does and with already_booked, not_possible_for_them and slot_taken; a hand-over with hand_over_not_possible.
    /// </summary>
    public Task<Outcome<BookingProposal>> Accept(
        Guid proposalId, Guid actorId, CancellationToken stop, Alongside<BookingProposal>? along = null) =>
        unitOfWork.Run(
            async db =>
            {
                if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is null)
                    return BookingRules.MemberDisabled;
                var map = await catalogue.InForce(db, stop);
                if (await db.BookingProposals.AsNoTracking().SingleOrDefaultAsync(one => one.Id == proposalId, stop) is not { } seen
                    || seen.ToMemberId != actorId)
                    return Refusal.NotFound;
                return seen.Kind == ProposalKind.Swap
                    ? await Swap(db, map, seen, actorId, stop)
                    : await HandOver(db, map, seen, actorId, stop);
            },
            stop, along);

    /// <summary>Refuses with not_found, member_disabled, proposal_over and busy.</summary>
    public Task<Outcome<BookingProposal>> Decline(
        Guid proposalId, Guid actorId, CancellationToken stop, Alongside<BookingProposal>? along = null) =>
        unitOfWork.Run(
            async db =>
            {
                var taken = await Take(db, proposalId, actorId, one => one.ToMemberId == actorId, stop);
                if (!taken.IsDone)
                    return taken;
                var (proposal, now) = (taken.Value, clock.GetCurrentInstant());
                proposal.Answer(ProposalStatus.Declined, now);
                await LapseProposals.Tell(db, proposal, now, stop);
                db.Record(now, actorId, ProposalActs.Declined, proposal.Id);
                return proposal;
            },
            stop, along);

    /// <summary>By whose booking it is, or who made it for them. Refuses with not_found, member_disabled, proposal_over and busy.</summary>
    public Task<Outcome<BookingProposal>> Withdraw(
        Guid proposalId, Guid actorId, CancellationToken stop, Alongside<BookingProposal>? along = null) =>
        unitOfWork.Run(
            async db =>
            {
                var taken = await Take(db, proposalId, actorId, one => one.FromMemberId == actorId || one.AskedById == actorId, stop);
                if (!taken.IsDone)
                    return taken;
                var (proposal, now) = (taken.Value, clock.GetCurrentInstant());
                proposal.Answer(ProposalStatus.Withdrawn, now);
                await db.Notifications.About(BookingProposal.Subject.Of(proposal.Id)).Withdraw(NotificationReason.Changed, stop);
                db.Record(now, actorId, ProposalActs.Withdrawn, proposal.Id, onBehalfOf: proposal.FromMemberId);
                return proposal;
            },
            stop, along);

    /// <summary>By the link of the e-mail. Null for a wrong token. Looking changes nothing.</summary>
    public async Task<Guid?> Open(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.BookingProposal, token) is not { } notificationId)
            return null;
        await using var db = databases.Open();
        return (await db.Notifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notificationId, stop))
            ?.IdOf(BookingProposal.Subject);
    }

    private async Task<Outcome<BookingProposal>> Take(
        HubDb db, Guid proposalId, Guid actorId, Func<BookingProposal, bool> may, CancellationToken stop)
    {
        if (await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is null)
            return BookingRules.MemberDisabled;
        var fromId = await db.BookingProposals.Where(one => one.Id == proposalId)
            .Select(one => one.FromMemberId).SingleOrDefaultAsync(stop);
        await db.AcquireLocks([LockKey.OfSubject(fromId)], stop);
        if (await db.BookingProposals.SingleOrDefaultAsync(one => one.Id == proposalId, stop) is not { } proposal
            || !may(proposal))
            return Refusal.NotFound;
        return proposal.IsOpenAt(clock.GetCurrentInstant()) ? proposal : ProposalRefusals.Over;
    }

    private async Task<Outcome<BookingProposal>> Swap(
        HubDb db, HubDirectory map, BookingProposal seen, Guid actorId, CancellationToken stop)
    {
        Guid[] ids = [seen.BookingId, seen.OtherBookingId!.Value];
        var spaceIds = await db.Bookings.Where(one => ids.Contains(one.Id)).Select(one => one.SpaceId).ToListAsync(stop);
        await db.AcquireLocks([.. ClaimSpace.Locks(spaceIds.Select(map.Space).OfType<Space>()),
            LockKey.OfSubject(seen.FromMemberId), LockKey.OfSubject(seen.ToMemberId)], stop);
        var now = clock.GetCurrentInstant();
        var proposal = await db.BookingProposals.SingleAsync(one => one.Id == seen.Id, stop);
        if (!proposal.IsOpenAt(now))
            return ProposalRefusals.Over;
        // Read under the locks of what was seen before: a booking that has moved since has another sequence, so it is not locked in vain.
        var bookings = await db.Bookings.Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, stop);
        if (Proposed(bookings, proposal) is not var (one, other) || Changed(proposal, one, other))
            return ProposalRefusals.Changed;
        if (await Swapping.WhyNot(db, map, other, one, now, stop) is { } refusal)
            return refusal;
        var members = await Members(db, proposal, stop);
        if (await Swapping.Run(db, map, one, other, members, actorId, now, stop) is { } taken)
            return taken;
        proposal.Answer(ProposalStatus.Accepted, now);
        db.Record(now, actorId, ProposalActs.Accepted, proposal.Id);
        return proposal;
    }

    private static (Booking One, Booking Other)? Proposed(Dictionary<Guid, Booking> bookings, BookingProposal proposal) =>
        bookings.GetValueOrDefault(proposal.BookingId) is { } one && bookings.GetValueOrDefault(proposal.OtherBookingId!.Value) is { } other
            ? (one, other)
            : null;

    private static bool Changed(BookingProposal proposal, Booking one, Booking other) =>
        one.CalendarSequence != proposal.Sequence || other.CalendarSequence != proposal.OtherSequence
        || one.MemberId != proposal.FromMemberId || other.MemberId != proposal.ToMemberId;

    private async Task<Outcome<BookingProposal>> HandOver(
        HubDb db, HubDirectory map, BookingProposal seen, Guid actorId, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfSubject(seen.FromMemberId), LockKey.OfSubject(seen.ToMemberId)], stop);
        var now = clock.GetCurrentInstant();
        var proposal = await db.BookingProposals.SingleAsync(one => one.Id == seen.Id, stop);
        if (!proposal.IsOpenAt(now))
            return ProposalRefusals.Over;
        var meetingId = await db.Bookings.Where(one => one.Id == proposal.BookingId).Select(one => one.MeetingId).FirstOrDefaultAsync(stop);
        var bookings = await db.Bookings.Where(one => one.MemberId == proposal.FromMemberId && one.Status == BookingStatus.Confirmed
            && one.Start > now && (one.Id == proposal.BookingId || (proposal.SeriesId != null && one.SeriesId == proposal.SeriesId)
                || (meetingId != null && one.MeetingId == meetingId)))
            .OrderBy(one => one.Start).ToListAsync(stop);
        if (bookings.Find(one => one.Id == proposal.BookingId) is not { } booking || booking.CalendarSequence != proposal.Sequence)
            return ProposalRefusals.Changed;
        var members = await Members(db, proposal, stop);
        var to = members[proposal.ToMemberId];
        if (to.DisabledAt is not null)
            return BookingRules.MemberDisabled;
        if (!await Colleagues.Are(db, proposal.FromMemberId, proposal.ToMemberId, stop))
            return ProposalRefusals.NotAColleague;
        if (await HandOverBookings.WhyNot(db, map, bookings, to, now, stop) is { Count: > 0 } why)
            return HandOverBookings.Impossible(map, bookings, why, to, "memberId");
        await HandOverBookings.Run(db, map, bookings, members, to, actorId, now, stop);
        proposal.Answer(ProposalStatus.Accepted, now);
        db.Record(now, actorId, ProposalActs.Accepted, proposal.Id);
        return proposal;
    }

    private static async Task<Dictionary<Guid, Member>> Members(HubDb db, BookingProposal proposal, CancellationToken stop)
    {
        var (fromId, toId) = (proposal.FromMemberId, proposal.ToMemberId);
        return await db.Members.Where(one => one.Id == fromId || one.Id == toId).ToDictionaryAsync(one => one.Id, stop);
    }
}
