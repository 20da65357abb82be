using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings.Guests;

/// <param name="Host">Null: not known any more.</param>
public sealed record ExpectedGuest(BookingGuest Guest, Booking Booking, Space Space, PersonName? Host);

/// <summary>
/// The guests by name who are expected at a site on a day, for its front desk; and those of one booking, for who may see it.
/// </summary>
public sealed class ArrivalList(HubDbFactory databases, Catalogue catalogue)
{
    public const int Max = 1_000;

    /// <summary>By start, then by name. Null for who does not run the front desk there.</summary>
    public async Task<IReadOnlyList<ExpectedGuest>?> Run(int siteId, LocalDate day, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (!viewer.May(Permission.RunFrontDesk, siteId) || map.Place(siteId) is not { } place)
            return null;
        if (day.Year is < SiteTime.YearMin or > SiteTime.YearMax)
            return [];
        var (begins, ends) = place.Time.DayOf(day);
        await using var db = databases.Open();
        var members = db.Members.Where(one => one.Id != Nobody.Id);
        var rows = await db.Bookings.AsNoTracking()
            .Where(booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed && booking.ApproveBy == null
                && booking.Start < ends && booking.End > begins)
            .Join(db.BookingGuests.Where(guest => guest.RemovedAt == null), booking => booking.Id, guest => guest.BookingId,
                (booking, guest) => new
                {
                    booking,
                    guest,
                    host = members.Where(one => one.Id == booking.MemberId).Select(one => one.Name).FirstOrDefault(),
                })
            .OrderBy(row => row.booking.Start).ThenBy(row => row.guest.Id).Take(Max).ToListAsync(stop);
        return [.. from row in rows
                   let space = map.Space(row.booking.SpaceId)
                   where space is not null
                   orderby row.booking.Start, row.guest.Name.SearchKey
                   select new ExpectedGuest(row.guest, row.booking, space, row.host)];
    }

    /// <summary>Those expected at a booking, by name; for who may see it (<see cref="OneBooking"/>).</summary>
    public async Task<IReadOnlyList<BookingGuest>> Of(Guid bookingId, CancellationToken stop)
    {
        await using var db = databases.Open();
        var guests = await db.BookingGuests.AsNoTracking().ExpectedAt(bookingId).ToListAsync(stop);
        return [.. guests.OrderBy(one => one.Name.SearchKey, StringComparer.Ordinal)];
    }
}
