using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bookings.Proposals;

/// <summary>
/// Each minute: proposals that nobody answered in time end, and those of which a booking is no longer as it was. Says how many.
/// </summary>
public sealed class LapseProposals(UnitOfWork unitOfWork, HubDbFactory databases, IClock clock, ILogger<LapseProposals> log)
{
    private const int RowsMax = 500;

    public async Task<int> Run(CancellationToken stop)
    {
        var lapsed = 0;
        foreach (var id in await Due(stop))
        {
            var outcome = await unitOfWork.Run(db => Lapse(db, id, stop), stop);
            if (outcome is { IsDone: true, Value: true })
                lapsed++;
            else if (!outcome.IsDone)
                log.LogWarning("The proposal {Proposal} could not lapse: {Code}", id, outcome.Refusal.Code);
        }

        return lapsed;
    }

    /// <summary>Its maker learns how it ended without success; what was accepted is told as the change of the bookings.</summary>
    internal static async Task Tell(HubDb db, BookingProposal proposal, Instant now, CancellationToken stop)
    {
        var from = await db.Members.SingleAsync(one => one.Id == proposal.FromMemberId, stop);
        if (from.DisabledAt is null)
            db.Write(Notification.To(Recipient.Of(from), ProposalNotifications.Ended, BookingProposal.Subject.Of(proposal.Id), now));
    }

    private async Task<List<Guid>> Due(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var bookings = db.Bookings;
        return await db.BookingProposals.Where(one => one.Status == ProposalStatus.Open && (one.AnswerBy <= now
                || !bookings.Any(booking => booking.Id == one.BookingId && booking.CalendarSequence == one.Sequence
                    && booking.MemberId == one.FromMemberId)
                || (one.OtherBookingId != null && !bookings.Any(booking => booking.Id == one.OtherBookingId
                    && booking.CalendarSequence == one.OtherSequence && booking.MemberId == one.ToMemberId))))
            .OrderBy(one => one.AskedAt).Select(one => one.Id).Take(RowsMax).ToListAsync(stop);
    }

    /// <summary>What makes it due stays so: a sequence only grows, and time passes.</summary>
    private async Task<Outcome<bool>> Lapse(HubDb db, Guid id, CancellationToken stop)
    {
        var fromId = await db.BookingProposals.Where(one => one.Id == id).Select(one => one.FromMemberId).SingleOrDefaultAsync(stop);
        await db.AcquireLocks([LockKey.OfSubject(fromId)], stop);
        var open = db.BookingProposals.Where(one => one.Id == id && one.Status == ProposalStatus.Open);
        if (await open.SingleOrDefaultAsync(stop) is not { } proposal)
            return false;
        var now = clock.GetCurrentInstant();
        proposal.Answer(ProposalStatus.Lapsed, now);
        // Where a booking has changed, its member knows; that nobody answered, only the hub does.
        if (proposal.AnswerBy <= now)
            await Tell(db, proposal, now, stop);
        db.Record(now, actorId: null, ProposalActs.Lapsed, id);
        return true;
    }
}
