using DigiHub.Data;

namespace DigiHub.Bookings.Series;

/// <summary>The series of a member of which something is ahead.</summary>
public sealed class MySeries(HubDbFactory databases)
{
    /// <summary>The newest first; no more than <see cref="SeriesRefusals.DatesAheadMax"/>, since each has a date ahead.</summary>
    public async Task<IReadOnlyList<BookingSeries>> Open(Guid memberId, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await db.BookingSeries.AsNoTracking().Where(one => one.MemberId == memberId && one.State == SeriesState.Open)
            .OrderByDescending(one => one.FromDate).ThenBy(one => one.Id).Take(SeriesRefusals.DatesAheadMax).ToListAsync(stop);
    }
}
