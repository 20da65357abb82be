using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Closures;
using DigiHub.Data;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Registrations;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Operations;

/// <summary>
/// What was done to the things of some sites. An entry says which thing, and the thing where it is: nothing is written twice, and what has
/// moved to another site belongs there. People, organisations and settings are of no site.
/// </summary>
internal static class ActivityAtSites
{
    /// <param name="siteIds">Of the sites; none: nothing is found.</param>
    public static async Task<IQueryable<ActivityEntry>> At(
        this IQueryable<ActivityEntry> entries, HubDb db, int[] siteIds, HubDirectory map, CancellationToken stop)
    {
        string booking = Booking.Subject.Name, evt = Event.Subject.Name, registration = Registration.Subject.Name,
            space = Space.Subject.Name, outOfService = SpaceClosure.Subject.Name, closure = Closure.Subject.Name, site = Site.Subject.Name,
            plan = FloorPlan.Subject.Name, import = Import.Subject.Name,
            device = Device.Subject.Name;
        var places = map.Places.Where(place => siteIds.Contains(place.Site.Id)).ToList();
        var sites = Numbered(siteIds);
        var spaces = Numbered(map.Spaces.Where(one => siteIds.Contains(one.SiteId)).Select(one => one.Id));
        var closures = Numbered(places.SelectMany(place => place.Site.Closures).Select(one => one.Id));
        int[] floorIds = [.. places.SelectMany(place => place.Site.Floors).Select(floor => floor.Id)];
        var plans = Numbered(await db.FloorPlans.Where(one => EF.Parameter(floorIds).Contains(one.FloorId)).Select(one => one.Id)
            .ToListAsync(stop));
        var (bookings, events, registrations, closed, imports, devices) =
            (db.Bookings, db.Events, db.Registrations, db.Set<SpaceClosure>(), db.Imports, db.Devices);
        int[] spaceIds = [.. map.Spaces.Where(one => siteIds.Contains(one.SiteId)).Select(one => one.Id)];
        return entries.Where(entry =>
            (entry.SubjectKind == booking
                && bookings.Any(one => one.Id == entry.SubjectId && EF.Parameter(siteIds).Contains(one.SiteId)))
            || (entry.SubjectKind == evt && events.Any(one => one.Id == entry.SubjectId && EF.Parameter(siteIds).Contains(one.SiteId)))
            || (entry.SubjectKind == registration && registrations.Any(one => one.Id == entry.SubjectId
                && events.Any(of => of.Id == one.EventId && EF.Parameter(siteIds).Contains(of.SiteId))))
            || (entry.SubjectKind == outOfService
                && closed.Any(one => one.Id == entry.SubjectId && EF.Parameter(spaceIds).Contains(one.SpaceId)))
            || (entry.SubjectKind == import && imports.Any(one =>
                one.Id == entry.SubjectId && one.SiteId != null && EF.Parameter(siteIds).Contains(one.SiteId!.Value)))
            || (entry.SubjectKind == device && devices.Any(one => one.Id == entry.SubjectId && EF.Parameter(siteIds).Contains(one.SiteId)))
            || (entry.SubjectKind == site && EF.Parameter(sites).Contains(entry.SubjectId!.Value))
            || (entry.SubjectKind == space && EF.Parameter(spaces).Contains(entry.SubjectId!.Value))
            || (entry.SubjectKind == closure && EF.Parameter(closures).Contains(entry.SubjectId!.Value))
            || (entry.SubjectKind == plan && EF.Parameter(plans).Contains(entry.SubjectId!.Value)));
    }

    private static Guid[] Numbered(IEnumerable<int> ids) => [.. ids.Select(Subject.Numbered)];
}
