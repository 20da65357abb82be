using DigiHub.Bookings.Series;
using DigiHub.Data;

namespace DigiHub.Bookings.Approvals;

/// <summary>
/// Ends what waits for approval by the same code that cancels, so that whatever waits for its space hears of it.
/// </summary>
internal static class EndPending
{
    /// <param name="status">Declined or lapsed.</param>
    /// <param name="actorId">Null: by the time.</param>
    public static async Task Run(
        HubDb db, LockedApproval locked, BookingStatus status, Guid? actorId, Instant now, CancellationToken stop)
    {
        foreach (var theirs in locked.Bookings.GroupBy(one => (one.MemberId, one.SeriesId)))
        {
            var member = locked.Members[theirs.Key.MemberId];
            if (theirs.Key.SeriesId is { } seriesId && theirs.Count() > 1)
            {
                var series = await db.BookingSeries.SingleAsync(one => one.Id == seriesId, stop);
                await CancelInSeries.Cancel(db, series, [.. theirs], member, actorId, now, stop, status: status);
                continue;
            }

            foreach (var booking in theirs)
                await CancelBooking.Cancel(db, booking, member, actorId, now, stop, status);
        }
    }
}
