using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Somebody who has a desk, and shows that to the viewer.</summary>
public sealed record PersonIn(Guid MemberId, PersonName Name, Space Desk, LocalSpan When);

/// <summary>Who is at a site on a day, as one viewer may know it.</summary>
/// <param name="People">Others who show it to the viewer, by name; each once for each desk.</param>
/// <param name="Count">How many have a desk there that day, the viewer included; null where it is not said (<see cref="WhoIsIn"/>).</param>
public sealed record PeopleIn(SiteContext Place, LocalDate Day, IReadOnlyList<PersonIn> People, int? Count)
{
    /// <summary>Of those named, the one at a desk at some part of a time; null: nobody, or nobody who shows it.</summary>
    public PersonName? At(int spaceId, LocalSpan when) => People.FirstOrDefault(one =>
        one.Desk.Id == spaceId && one.When.Start < when.End && when.Start < one.When.End)?.Name;
}

/// <summary>
/// Who is in: the names of those who show them to the viewer, and how many there are in all. There is one count for a site and a day, and
/// none for parts of either, so that none can be taken from another. It is said from three people on, and only while at least two of them
/// are not named: who is left is one of several. Where it is not said, nobody can tell whether one more is there or none. Days that are
/// over are not told: nobody gets a record of who was there (§ 87 BetrVG).
/// </summary>
public sealed class WhoIsIn(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int CountMin = 3;

    /// <summary>So many at least remain without a name where a count is said.</summary>
    public const int UnnamedMin = 2;

    public const int BookingsMax = 2_000;

    /// <returns>Null: no such site, or the viewer is no member.</returns>
    public async Task<PeopleIn?> Run(int siteId, LocalDate day, Viewer viewer, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (map.Places.FirstOrDefault(one => one.Site.Id == siteId) is not { } place || viewer.MemberId is not { } me)
            return null;
        if (day < place.Time.DateOf(clock.GetCurrentInstant()) || !SiteTime.Reaches(day))
            return new(place, day, [], Count: null);

        var (begins, ends) = place.Time.DayOf(day);
        int[] desks = [.. map.Spaces.Where(space => space.SiteId == siteId && space.Kind == SpaceKind.Desk).Select(space => space.Id)];
        await using var db = databases.Open();
        var (members, memberships) = (db.Members, db.Memberships.Where(one => one.LeftAt == null));
        var mine = memberships.Where(one => one.MemberId == me);
        var rows = await db.Bookings.AsNoTracking()
            .Where(booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed && booking.ApproveBy == null
                && booking.Start < ends && booking.End > begins && booking.MemberId != Nobody.Id
                && EF.Parameter(desks).Contains(booking.SpaceId))
            .OrderBy(booking => booking.Start).ThenBy(booking => booking.Id).Take(BookingsMax)
            .Join(members, booking => booking.MemberId, member => member.Id, (booking, member) => new
            {
                booking.MemberId,
                booking.SpaceId,
                booking.StartLocal,
                booking.EndLocal,
                member.Name,
                member.ShownTo,
                IsOfTheirs = memberships.Any(one => one.MemberId == member.Id && mine.Any(own => own.OrganisationId == one.OrganisationId)),
            })
            .ToListAsync(stop);

        var shown = rows.Where(row => row.MemberId != me && (row.ShownTo == PresenceAudience.Hub
            || (row.ShownTo == PresenceAudience.Organisation && row.IsOfTheirs))).ToList();
        var all = rows.Select(row => row.MemberId).Distinct().Count();
        var known = shown.Select(row => row.MemberId).Append(me).Intersect(rows.Select(row => row.MemberId)).Count();
        return new(
            place, day,
            [.. shown.OrderBy(row => row.Name.Text, StringComparer.CurrentCulture).ThenBy(row => row.StartLocal)
                .Select(row => new PersonIn(row.MemberId, row.Name, map.Space(row.SpaceId)!, new(row.StartLocal, row.EndLocal)))],
            CountOf(all, known));
    }

    /// <summary>The count where it is said; null where it is not.</summary>
    /// <param name="known">Those of them whom the viewer knows to be there: the named, and themselves.</param>
    public static int? CountOf(int all, int known) => all >= CountMin && all - known >= UnnamedMin ? all : null;
}
