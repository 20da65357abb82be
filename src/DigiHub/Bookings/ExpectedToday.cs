using DigiHub.Access;
using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Somebody the front desk expects.</summary>
/// <param name="Organisation">Null for a member without one.</param>
public sealed record Expected(Booking Booking, Space Space, PersonName MemberName, string? Organisation);

/// <summary>Who is expected at a site on a day, and where: the board of the front desk.</summary>
public sealed class ExpectedToday(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int CountMax = 500;

    /// <summary>
    /// Standing bookings that touch the day, and those released so lately that it can be undone, by start, then by name; at most
    /// <see cref="CountMax"/>.
    /// </summary>
    /// <param name="search">Part of a member's, organisation's or space's name; blank for all.</param>
    /// <returns>
    /// Empty for a viewer who does not see the site's bookings, for a site that is not there or a day outside the hub's calendar.
    /// </returns>
    public async Task<IReadOnlyList<Expected>> Run(int siteId, LocalDate day, string? search, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (!viewer.Sees(siteId) || map.Place(siteId) is not { } place || day.Year is < SiteTime.YearMin or > SiteTime.YearMax)
            return [];

        var (begins, ends) = place.Time.DayOf(day);
        var lately = clock.GetCurrentInstant() - Duration.FromMinutes(UndoRelease.MinutesMax);
        await using var db = databases.Open();
        var (members, organisations, memberships) = (db.Members, db.Organisations, db.Memberships.Home());
        var rows = await db.Bookings.AsNoTracking()
            .Where(booking => booking.SiteId == siteId && !booking.IsWalkUp
                && (booking.Status == BookingStatus.Confirmed
                    || (booking.Status == BookingStatus.Released && booking.CancelledAt >= lately))
                && booking.Start < ends && booking.End > begins)
            .OrderBy(booking => booking.Start).Take(CountMax)
            .Join(members, booking => booking.MemberId, member => member.Id, (booking, member) => new
            {
                booking,
                member.Name,
                Organisation = memberships.Where(one => one.MemberId == member.Id)
                    .Join(organisations, one => one.OrganisationId, of => of.Id, (_, of) => of.Name).FirstOrDefault(),
            })
            .ToListAsync(stop);
        return [.. rows
            .Where(row => map.Space(row.booking.SpaceId) is not null)
            .Select(row => new Expected(row.booking, map.Space(row.booking.SpaceId)!, row.Name, row.Organisation))
            .Where(expected => Matches(expected, SearchText.Typed(search)))
            .OrderBy(expected => expected.Booking.Start).ThenBy(expected => expected.MemberName.Text, StringComparer.CurrentCulture)];
    }

    private static bool Matches(Expected expected, string? folded) => folded is null
        || new[] { expected.MemberName.Text, expected.Organisation, expected.Space.Name }.Any(text => SearchText.IsIn(text, folded));
}
