using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Meetings;

/// <summary>A meeting at two sites, for those who may see all of it.</summary>
public sealed class OneMeeting(HubDbFactory databases, Catalogue catalogue)
{
    /// <returns>Both parts, the first before the second; null: not there, or a part is not theirs to see.</returns>
    public async Task<IReadOnlyList<BookingView>?> Find(Guid meetingId, Viewer viewer, CancellationToken stop)
    {
        await using var db = databases.Open();
        var views = await BookingViews.Of(
            db, await catalogue.Map(stop), db.Bookings.VisibleTo(viewer).Where(one => one.MeetingId == meetingId), stop);
        return views.Count == 2
            ? [.. views.Select(view => BookingViews.As(viewer, view)).OrderBy(view => view.Booking.IsSecondPart)]
            : null;
    }

    /// <summary>Both parts for a calendar; empty: it is no meeting.</summary>
    public async Task<IReadOnlyList<Booking>> PartsOf(Booking booking, CancellationToken stop)
    {
        if (booking.MeetingId is not { } meetingId)
            return [];
        await using var db = databases.Open();
        return await db.Bookings.AsNoTracking().Where(one => one.MeetingId == meetingId).ToListAsync(stop);
    }
}
