using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;

namespace DigiHub.Imports;

/// <summary>
/// The bookings of a site as a table to take along: those of the last year and all ahead, the latest first. What they are for is left out:
/// that is between the member and the front desk. By its number each is known again when the table is imported.
/// </summary>
public sealed class ExportBookings(HubDbFactory databases, IClock clock)
{
    public const int RowsMax = 50_000;

    private static readonly Duration back = Duration.FromDays(366);

    /// <summary>The headings, then the rows; the caller has asked whether the reader may have them.</summary>
    internal async Task<IEnumerable<IReadOnlyList<string?>>> Run(int siteId, Language language, CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - back;
        await using var db = databases.Open();
        var (members, spaces, organisations) = (db.Members, db.Spaces, db.Organisations);
        var homes = db.Memberships.Home();
        var rows = await db.Bookings.AsNoTracking().Where(booking => booking.SiteId == siteId && booking.End > since)
            .OrderByDescending(booking => booking.Start).ThenBy(booking => booking.Id).Take(RowsMax)
            .Select(booking => new
            {
                booking.Id,
                booking.StartLocal,
                booking.EndLocal,
                booking.Status,
                Space = spaces.Where(space => space.Id == booking.SpaceId).Select(space => space.Name).First(),
                Member = members.Where(member => member.Id == booking.MemberId).Select(member => new { member.Name, member.Email }).First(),
                Organisation = homes.Where(home => home.MemberId == booking.MemberId)
                    .Select(home => organisations.Where(one => one.Id == home.OrganisationId).Select(one => one.Name).First())
                    .FirstOrDefault(),
            }).ToListAsync(stop);
        return rows.Select(row => (IReadOnlyList<string?>)
            [
                row.Space, ImportTimes.Write(row.StartLocal), ImportTimes.Write(row.EndLocal), row.Member.Name, row.Member.Email.Shown,
                row.Organisation, StatusOf(row.Status).In(language), row.Id.ToString(),
            ])
            .Prepend([.. BookingColumns.Exported.Select(column => column.Heading.In(language))]);
    }

    private static Words StatusOf(BookingStatus status) => BookingColumns.Statuses
        .First(choice => choice.Value == (status == BookingStatus.Confirmed ? BookingColumns.Booked : BookingColumns.Cancelled)).Name;
}
