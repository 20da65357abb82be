using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Closures;

/// <param name="Bookings">How many stand on its remaining days; at least one.</param>
public sealed record ClosureWithBookings(Closure Closure, SiteContext Place, int Bookings);

/// <summary>The closures ahead on whose days something is still booked, for whom may deal with it; soonest first.</summary>
public sealed class BookedOnClosedDays(HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public async Task<IReadOnlyList<ClosureWithBookings>> Run(Viewer viewer, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        List<ClosureWithBookings> found = [];
        foreach (var place in map.Places.Where(place => viewer.May(Permission.ManageClosures, place.Site.Id)))
        {
            var today = place.Time.DateOf(now);
            foreach (var closure in place.Site.Closures.Where(closure => closure.Through >= today).OrderBy(closure => closure.From))
            {
                if (await StandingOnClosedDays.Bookings(db, place, closure, now).CountAsync(stop) is > 0 and var bookings)
                    found.Add(new(closure, place, bookings));
            }
        }

        return found;
    }
}
