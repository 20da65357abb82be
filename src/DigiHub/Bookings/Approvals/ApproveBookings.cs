using System.Globalization;
using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Approvals;

/// <summary>
/// Approves what waits: it has its space for good, and its member is told; of a series all dates that wait, with one e-mail. Of an approval
/// and a cancellation, a lapse or another decision in the same moment, the first counts.
/// </summary>
public sealed class ApproveBookings(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>Refuses as <see cref="LockedApproval"/> does, and with busy.</summary>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<Approval>> Run(
        Guid approvalId, Guid actorId, CancellationToken stop, Alongside<Approval>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db =>
            {
                var taken = await LockedApproval.Take(db, map, approvalId, actorId, clock, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                var (approval, bookings, members) = taken.Value;
                var now = clock.GetCurrentInstant();
                approval.Decide(ApprovalState.Approved, actorId, reason: null, now);
                foreach (var theirs in bookings.GroupBy(one => (one.MemberId, one.SeriesId)))
                    await Approve(db, map, [.. theirs], members[theirs.Key.MemberId], theirs.Key.SeriesId, actorId, now, stop);
                return (Outcome<Approval>)approval;
            },
            stop, along);
    }

    private static async Task Approve(
        HubDb db, HubDirectory map, List<Booking> bookings, Member member, Guid? seriesId, Guid actorId, Instant now,
        CancellationToken stop)
    {
        foreach (var booking in bookings)
            booking.Approve(now);
        await SeriesDates.Changed(db, bookings, now, stop);
        if (seriesId is { } id && bookings.Count > 1)
        {
            var series = await db.BookingSeries.SingleAsync(one => one.Id == id, stop);
            foreach (var booking in bookings)
                BookingEmails.Remind(db, booking, map.Place(booking.SiteId)!, member, now);
            await SeriesEmails.Approve(db, series, bookings, member, now, stop);
            db.Record(now, actorId, SeriesActs.Approved, id, detail: bookings.Count.ToString(CultureInfo.InvariantCulture),
                onBehalfOf: member.Id);
            return;
        }

        foreach (var booking in bookings)
        {
            await BookingEmails.Approve(db, booking, map.Place(booking.SiteId)!, member, now, stop);
            await BookingEmails.TellDelegate(db, booking, now, stop);
            db.Record(now, actorId, BookingActs.Approved, booking.Id, onBehalfOf: member.Id);
        }
    }
}
