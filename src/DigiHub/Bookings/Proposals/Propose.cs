using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Proposals;

/// <param name="SpaceId">Of what the actor would like to have instead.</param>
/// <param name="Start">When that begins, on the clock of its site.</param>
public sealed record ProposeSwapRequest(Guid ActorId, Guid BookingId, int SpaceId, LocalDateTime Start);

/// <summary>
/// Asks the member who has a time of a space to swap it for a booking. Who asks learns nothing of whom they ask; who is asked learns who
/// asks, and for what.
/// </summary>
public sealed class ProposeSwap(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, member_disabled, nobody_has_that, both_yours, already_proposed, too_many_proposals, busy; and as
    /// <see cref="BookingRules.CheckSameStart"/> does, already_booked and what says that one of them has begun or does not stand.
    /// </summary>
    public Task<Outcome<BookingProposal>> Run(
        ProposeSwapRequest request, CancellationToken stop, Alongside<BookingProposal>? along = null) =>
        unitOfWork.Run(async db =>
        {
            var map = await catalogue.Map(stop);
            if (map.Space(request.SpaceId) is null)
                return Refusal.NotFound;
            var taken = await LockedBooking.Take(
                db, map, request.BookingId, request.ActorId, next: null, ifRevision: null, clock.GetCurrentInstant(), stop);
            if (!taken.IsDone)
                return taken.Refusal;
            var (booking, member, _) = taken.Value;
            var now = clock.GetCurrentInstant();
            if (await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.SpaceId == request.SpaceId
                && one.StartLocal == request.Start && one.Status == BookingStatus.Confirmed && one.Start > now, stop) is not { } other)
                return ProposalRefusals.NobodyHasThat;
            if (other.MemberId == booking.MemberId)
                return ProposalRefusals.BothYours;
            var refusal = await Swapping.WhyNot(db, map, booking, other, now, stop);
            if (refusal is not null && refusal.Code != ProposalRefusals.NotPossibleForThem.Code) // that is theirs to learn
                return refusal;
            if (await Proposing.WhyNot(db, booking, now, stop) is { } whyNot)
                return whyNot;

            var asked = await db.Members.SingleAsync(one => one.Id == other.MemberId, stop);
            var proposal = new BookingProposal
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Kind = ProposalKind.Swap,
                BookingId = booking.Id,
                OtherBookingId = other.Id,
                FromMemberId = member.Id,
                ToMemberId = asked.Id,
                AskedById = request.ActorId,
                Sequence = booking.CalendarSequence,
                OtherSequence = other.CalendarSequence,
                AskedAt = now,
                AnswerBy = Instant.Min(now + BookingProposal.Life, Instant.Min(booking.Start, other.Start)),
            };
            Proposing.Write(db, proposal, asked, ProposalNotifications.SwapProposed, ProposalActs.SwapProposed, now);
            return (Outcome<BookingProposal>)proposal;
        }, stop, along);
}

/// <param name="MemberId">Who is to have it: somebody of the same organisation.</param>
/// <param name="WholeSeries">All that is ahead of the booking's series.</param>
public sealed record ProposeHandOverRequest(Guid ActorId, Guid BookingId, Guid MemberId, bool WholeSeries = false);

/// <summary>Asks a colleague to take over a booking, or all that is ahead of its series.</summary>
public sealed class ProposeHandOver(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, member_disabled, not_a_colleague, already_proposed, too_many_proposals, nothing_ahead, busy, and what says
    /// that the booking has begun or does not stand.
    /// </summary>
    public Task<Outcome<BookingProposal>> Run(
        ProposeHandOverRequest request, CancellationToken stop, Alongside<BookingProposal>? along = null) =>
        unitOfWork.Run(async db =>
        {
            var map = await catalogue.Map(stop);
            var taken = await LockedBooking.Take(
                db, map, request.BookingId, request.ActorId, next: null, ifRevision: null, clock.GetCurrentInstant(), stop);
            if (!taken.IsDone)
                return taken.Refusal;
            var (booking, member, _) = taken.Value;
            var now = clock.GetCurrentInstant();
            if (Proposing.Closed(booking.StageAt(now)) is { } closed)
                return closed;
            if (await Proposing.WhyNot(db, booking, now, stop) is { } whyNot)
                return whyNot;
            if (!await Colleagues.Are(db, member.Id, request.MemberId, stop))
                return ProposalRefusals.NotAColleague;
            if (request.WholeSeries && booking.SeriesId is null)
                return ProposalRefusals.NothingAhead;

            var asked = await db.Members.SingleAsync(one => one.Id == request.MemberId, stop);
            var proposal = new BookingProposal
            {
                Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
                Kind = ProposalKind.HandOver,
                BookingId = booking.Id,
                SeriesId = request.WholeSeries ? booking.SeriesId : null,
                FromMemberId = member.Id,
                ToMemberId = asked.Id,
                AskedById = request.ActorId,
                Sequence = booking.CalendarSequence,
                AskedAt = now,
                AnswerBy = Instant.Min(now + BookingProposal.Life, booking.Start),
            };
            Proposing.Write(db, proposal, asked, ProposalNotifications.HandOverProposed, ProposalActs.HandOverProposed, now);
            return (Outcome<BookingProposal>)proposal;
        }, stop, along);
}

/// <summary>What both proposals have in common.</summary>
internal static class Proposing
{
    public static Refusal? Closed(BookingStage stage) => stage switch
    {
        BookingStage.Upcoming => null,
        BookingStage.Running => BookingRules.AlreadyStarted,
        BookingStage.Cancelled => BookingRules.AlreadyCancelled,
        BookingStage.Released => BookingRules.AlreadyReleased,
        _ => BookingRules.AlreadyOver,
    };

    /// <summary>Under the lock of the booking's member. One that is over by time makes way for the next before any job has run.</summary>
    public static async Task<Refusal?> WhyNot(HubDb db, Booking booking, Instant now, CancellationToken stop)
    {
        var open = await db.BookingProposals
            .Where(one => one.FromMemberId == booking.MemberId && one.Status == ProposalStatus.Open).ToListAsync(stop);
        foreach (var over in open.Where(one => !one.IsOpenAt(now)))
        {
            over.Answer(ProposalStatus.Lapsed, now);
            await LapseProposals.Tell(db, over, now, stop);
            db.Record(now, actorId: null, ProposalActs.Lapsed, over.Id);
        }

        var standing = open.FindAll(one => one.IsOpenAt(now));
        if (standing.Exists(one => one.BookingId == booking.Id || (one.SeriesId is { } seriesId && seriesId == booking.SeriesId)))
            return ProposalRefusals.AlreadyProposed;
        if (standing.Count >= BookingProposal.PerMemberMax)
            return ProposalRefusals.TooMany;
        await db.SaveChangesAsync(stop); // the unique index has no room for both at once
        return null;
    }

    public static void Write(
        HubDb db, BookingProposal proposal, Member asked, NotificationType type, Act<Guid> act, Instant now)
    {
        db.BookingProposals.Add(proposal);
        db.Write(Notification.To(
            Recipient.Of(asked), type, BookingProposal.Subject.Of(proposal.Id), now, notAfter: proposal.AnswerBy));
        db.Record(now, proposal.AskedById, act, proposal.Id, onBehalfOf: proposal.FromMemberId);
    }
}
