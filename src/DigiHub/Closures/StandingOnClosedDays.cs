using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Closures;

/// <summary>Whole days, both included.</summary>
internal sealed record ClosedDates(LocalDate From, LocalDate Through);

/// <param name="BookingsMore">There are more bookings than are listed.</param>
public sealed record ClosureConflicts(
    Closure Closure, SiteContext Place, IReadOnlyList<StandingBooking> Bookings, bool BookingsMore, IReadOnlyList<Event> Events);

public sealed record StandingBooking(Booking Booking, Space Space, PersonName MemberName);

/// <summary>
/// What is still booked, and which events take place, on the remaining days of a closure, for administrators to deal with, booking by
/// booking. An event may lie on a closed day, since its organiser opens the site; it is listed as a reminder.
/// </summary>
public sealed class StandingOnClosedDays(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int BookingsMax = 200;
    public const int EventsMax = 50;

    /// <summary>By start, at most <see cref="BookingsMax"/> bookings and <see cref="EventsMax"/> events. Null: no such closure.</summary>
    public async Task<ClosureConflicts?> Run(int closureId, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        if (await db.Set<Closure>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == closureId, stop) is not { } closure
            || map.Place(closure.SiteId) is not { } place)
            return null;

        var members = db.Members;
        var found = await Bookings(db, place, closure, clock.GetCurrentInstant())
            .Join(members, booking => booking.MemberId, member => member.Id, (booking, member) => new { booking, member.Name })
            .OrderBy(one => one.booking.Start).ThenBy(one => one.booking.Id).Take(BookingsMax + 1).AsNoTracking().ToListAsync(stop);
        var (begins, ends) = (place.Time.DayOf(closure.From).Start, place.Time.DayOf(closure.Through).End);
        var (siteId, now) = (closure.SiteId, clock.GetCurrentInstant());
        var events = await db.Events.AsNoTracking()
            .Where(evt => evt.SiteId == siteId && evt.SpaceId != null && evt.Status == EventStatus.Published
                && evt.Start < ends && evt.End > begins && evt.End > now)
            .OrderBy(evt => evt.Start).Take(EventsMax).ToListAsync(stop);
        return new ClosureConflicts(
            closure, place,
            [.. found.Take(BookingsMax).Where(one => map.Space(one.booking.SpaceId) is not null)
                .Select(one => new StandingBooking(one.booking, map.Space(one.booking.SpaceId)!, one.Name))],
            found.Count > BookingsMax, events);
    }

    /// <summary>Bookings that stand on these days of the site and are not over.</summary>
    internal static IQueryable<Booking> Bookings(HubDb db, SiteContext place, Closure closure, Instant now) =>
        Bookings(db, place, new ClosedDates(closure.From, closure.Through), now);

    internal static IQueryable<Booking> Bookings(HubDb db, SiteContext place, ClosedDates days, Instant now)
    {
        var (siteId, begins, ends) = (place.Site.Id, place.Time.DayOf(days.From).Start, place.Time.DayOf(days.Through).End);
        return db.Bookings.Where(booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed
            && booking.Start < ends && booking.End > begins && booking.End > now);
    }
}
