using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;
using NodaTime.Text;

namespace DigiHub.Imports;

/// <summary>
/// The bookings of a site as a table to take along: those of the last year and all ahead, the latest first. What they are for is left out:
/// that is between the member and the front desk.
/// </summary>
public sealed class ExportBookings(HubDbFactory databases, IClock clock)
{
    public const int RowsMax = 50_000;

    private static readonly Duration back = Duration.FromDays(366);
    private static readonly LocalDateTimePattern minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private static readonly Words[] headings =
    [
        new("Desk or room", "Platz oder Raum"), new("From", "Von"), new("Until", "Bis"), new("Name", "Name"), new("E-mail", "E-Mail"),
        new("Organisation", "Organisation"), new("Status", "Stand"),
    ];

    /// <summary>A CSV file; null for who does not run the site.</summary>
    public Task<byte[]?> Run(int siteId, Language language, Viewer viewer, CancellationToken stop) =>
        viewer.May(Permission.ManageSites, siteId)
            ? Write(siteId, language, stop)
            : Task.FromResult<byte[]?>(null);

    /// <summary>The same for the operator, by a command.</summary>
    public async Task<byte[]?> Write(int siteId, Language language, CancellationToken stop)
    {
        var since = clock.GetCurrentInstant() - back;
        await using var db = databases.Open();
        var (members, spaces, organisations) = (db.Members, db.Spaces, db.Organisations);
        var homes = db.Memberships.Home();
        var rows = await db.Bookings.AsNoTracking().Where(booking => booking.SiteId == siteId && booking.End > since)
            .OrderByDescending(booking => booking.Start).ThenBy(booking => booking.Id).Take(RowsMax)
            .Select(booking => new
            {
                booking.StartLocal,
                booking.EndLocal,
                booking.Status,
                Space = spaces.Where(space => space.Id == booking.SpaceId).Select(space => space.Name).First(),
                Member = members.Where(member => member.Id == booking.MemberId).Select(member => new { member.Name, member.Email }).First(),
                Organisation = homes.Where(home => home.MemberId == booking.MemberId)
                    .Select(home => organisations.Where(one => one.Id == home.OrganisationId).Select(one => one.Name).First())
                    .FirstOrDefault(),
            }).ToListAsync(stop);
        return CsvText.Write(rows.Select(row => (IReadOnlyList<string?>)
            [
                row.Space, minute.Format(row.StartLocal), minute.Format(row.EndLocal), row.Member.Name, row.Member.Email.Shown,
                row.Organisation, StatusOf(row.Status).In(language),
            ])
            .Prepend([.. headings.Select(heading => heading.In(language))]));
    }

    private static Words StatusOf(BookingStatus status) =>
        status == BookingStatus.Confirmed ? new("booked", "gebucht") : new("cancelled", "storniert");
}
