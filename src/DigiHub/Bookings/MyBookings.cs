using DigiHub.Access;
using DigiHub.Bookings.Meetings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>A booking with what its page says beside it.</summary>
/// <param name="Pool">Any of this was asked for; null: the very space.</param>
public sealed record BookingView(Booking Booking, Space Space, SiteContext Place, PersonName MemberName, Pool? Pool = null)
{
    /// <summary>The other part of its meeting at two sites; null: it is of none.</summary>
    public MeetingPart? Other { get; init; }

    /// <summary>The first part of its meeting stands beside it in a list of what stands and is not over, and says both.</summary>
    public bool IsShownByOther(Instant now) =>
        Booking.IsSecondPart && Other is { } first && first.Booking.IsStanding && first.Booking.End > now;
}

/// <summary>A part of a meeting, seen from the other.</summary>
public sealed record MeetingPart(Booking Booking, Space Space, SiteContext Place);

/// <param name="Next">Where the next page begins; null: this was the last.</param>
public sealed record BookingList(IReadOnlyList<BookingView> Items, Cursor? Next);

/// <summary>What a member has booked, page by page.</summary>
public sealed class MyBookings(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int PageMax = 100;

    /// <summary>Of the days of one month.</summary>
    public const int SpanMax = 300;

    /// <summary>What stands and is not over, soonest first.</summary>
    /// <param name="take">1 to <see cref="PageMax"/>; what lies outside is brought inside.</param>
    public async Task<BookingList> Upcoming(Guid memberId, Cursor? after, int take, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var ahead = db.Bookings.Where(own => own.MemberId == memberId && own.Status == BookingStatus.Confirmed && own.End > now);
        if (after is var (start, id))
            ahead = ahead.Where(own => own.Start > start || (own.Start == start && own.Id > id));
        return await Page(db, ahead.OrderBy(own => own.Start).ThenBy(own => own.Id), take, stop);
    }

    /// <summary>What a delegate of the member sees of it: as Upcoming. Null for who is not theirs.</summary>
    /// <inheritdoc cref="Upcoming"/>
    public async Task<BookingList?> UpcomingFor(Guid memberId, Viewer viewer, Cursor? after, int take, CancellationToken stop)
    {
        if (!viewer.IsOrActsFor(memberId))
            return null;
        var list = await Upcoming(memberId, after, take, stop);
        return list with { Items = [.. list.Items.Select(view => BookingViews.As(viewer, view))] };
    }

    /// <summary>What is over, was cancelled or released, latest start first.</summary>
    /// <inheritdoc cref="Upcoming"/>
    public async Task<BookingList> Past(Guid memberId, Cursor? after, int take, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        var past = db.Bookings.Where(own => own.MemberId == memberId && (own.Status != BookingStatus.Confirmed || own.End <= now));
        if (after is var (start, id))
            past = past.Where(own => own.Start < start || (own.Start == start && own.Id < id));
        return await Page(db, past.OrderByDescending(own => own.Start).ThenByDescending(own => own.Id), take, stop);
    }

    /// <summary>
    /// What stands on these days, both included, and what only reaches into them, soonest first; at most <see cref="SpanMax"/>. Over or
    /// not. Null for who is neither the member nor their delegate.
    /// </summary>
    public async Task<IReadOnlyList<BookingView>?> Between(
        Guid memberId, Viewer viewer, LocalDate first, LocalDate last, CancellationToken stop)
    {
        if (!viewer.IsOrActsFor(memberId))
            return null;
        var (start, end) = (first.AtMidnight(), last.PlusDays(1).AtMidnight());
        await using var db = databases.Open();
        var these = db.Bookings.Where(own => own.MemberId == memberId && own.Status == BookingStatus.Confirmed
            && own.StartLocal < end && own.EndLocal > start);
        var views = await BookingViews.Of(
            db, await catalogue.Map(stop), these.OrderBy(own => own.Start).ThenBy(own => own.Id).Take(SpanMax), stop);
        return [.. views.Select(view => BookingViews.As(viewer, view))];
    }

    private async Task<BookingList> Page(HubDb db, IQueryable<Booking> ordered, int take, CancellationToken stop)
    {
        var size = Math.Clamp(take, 1, PageMax);
        var views = await BookingViews.Of(db, await catalogue.Map(stop), ordered.Take(size + 1), stop);
        var items = views.Take(size).ToList();
        return new BookingList(items, views.Count > size ? new Cursor(items[^1].Booking.Start, items[^1].Booking.Id) : null);
    }
}

/// <summary>One booking, for those who may see it.</summary>
public sealed class OneBooking(HubDbFactory databases, Catalogue catalogue)
{
    /// <returns>Null: not there, or not theirs to see.</returns>
    public async Task<BookingView?> Find(Guid bookingId, Viewer viewer, CancellationToken stop)
    {
        await using var db = databases.Open();
        var views = await BookingViews.Of(
            db, await catalogue.Map(stop), db.Bookings.VisibleTo(viewer).Where(booking => booking.Id == bookingId), stop);
        return views.SingleOrDefault() is { } view ? BookingViews.As(viewer, view) : null;
    }
}

internal static class BookingViews
{
    /// <summary>A delegate reads what a booking is for only where its member allows it; at the front desk of the site it is read.</summary>
    public static BookingView As(Viewer viewer, BookingView view)
    {
        if (viewer.SeesNoTitlesOf(view.Booking.MemberId) && !viewer.Sees(view.Booking.SiteId))
            view.Booking.Title = null; // not tracked
        return view;
    }

    /// <summary>In the order of the query.</summary>
    public static async Task<List<BookingView>> Of(HubDb db, HubDirectory map, IQueryable<Booking> bookings, CancellationToken stop)
    {
        var members = db.Members;
        var rows = await bookings.AsNoTracking()
            .Select(booking =>
                new { booking, name = members.Where(member => member.Id == booking.MemberId).Select(member => member.Name).First() })
            .ToListAsync(stop);
        var others = await Others(db, map, [.. rows.Select(row => row.booking)], stop);
        return [.. from row in rows
                   let space = map.Space(row.booking.SpaceId)
                   where space is not null // created within the seconds in which the cached directory is outdated
                   select new BookingView(row.booking, space, map.PlaceOf(space), row.name, map.Pool(row.booking.PoolId))
                   {
                       Other = others[row.booking.MeetingId].FirstOrDefault(one => one.Booking.Id != row.booking.Id),
                   }];
    }

    /// <summary>All parts of the meetings among these, by meeting. Costs nothing where there is none.</summary>
    private static async Task<ILookup<Guid?, MeetingPart>> Others(
        HubDb db, HubDirectory map, List<Booking> bookings, CancellationToken stop)
    {
        var parts = await MeetingParts.Among(db, bookings, stop);
        return (from part in parts
                let space = map.Space(part.SpaceId)
                where space is not null
                select new MeetingPart(part, space, map.PlaceOf(space))).ToLookup(one => one.Booking.MeetingId);
    }
}
