using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Settings;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Demo;

/// <summary>Fills an empty hub with the demo: on the first start of the embedded default, or by the command "seed demo".</summary>
public sealed class SeedDemo(HubDbFactory databases, UnitOfWork unitOfWork, IClock clock, QuietHours quiet)
{
    private const int Seed = 1237; // the year Berlin's elder half is first named

    /// <summary>Refuses with "not_empty" if the hub has a site already: the demo never mixes with real data.</summary>
    public async Task<Outcome<DemoCounts>> Run(CancellationToken stop)
    {
        await using (var db = databases.Open())
            if (await db.Set<Sites.Site>().AnyAsync(stop))
                return NotEmpty;

        var now = clock.GetCurrentInstant();
        var dice = new DemoDice(Seed);
        var sites = DemoSites.Sites(now.InUtc().Date);
        var (spaces, pools) = (DemoSites.Spaces(), DemoSites.Pools());
        var plans = DemoPlans.All(spaces, now);
        var map = new HubDirectory(now, sites, spaces, quiet) { Topics = DemoSites.Topics, Plans = plans, Pools = pools };
        var members = DemoPeople.All(dice, now);
        var grants = DemoPeople.Grants(members, now);
        members[0].HomeSiteId = DemoSites.East;
        var bookings = new DemoBookings(dice, map, members, now);
        bookings.Fill();
        var events = new DemoEvents(dice, map, members, grants, now);
        events.Fill();
        var visits = new DemoVisits(dice, map, members, bookings, events.Claims, now);
        visits.Fill();

        return await unitOfWork.Run<DemoCounts>(db => Save(db, now, events,
            [.. DemoSites.Topics, .. sites, .. pools, .. spaces, .. plans, .. DemoOrganisations.All,
                .. members, .. DemoPeople.Memberships(members, now), .. grants, .. visits.Approvals, .. bookings.Bookings,
                .. visits.Guests, .. events.Events, .. bookings.Claims, .. bookings.Waiting(), .. events.Claims, .. events.Registrations,
                .. DemoWishes.Of(sites, now)],
            new DemoCounts(sites.Count, spaces.Count, members.Count, bookings.Bookings.Count, events.Events.Count), stop), stop);
    }

    private static Refusal NotEmpty { get; } = new("not_empty", new(
        "This hub already has data. The demo can only be loaded into an empty one.",
        "Dieser Hub enthält schon Daten. Die Demo lässt sich nur in einen leeren laden."));

    private static async Task<Outcome<DemoCounts>> Save(
        HubDb db, Instant now, DemoEvents events, IEnumerable<object> rows, DemoCounts counts, CancellationToken stop)
    {
        var hub = await db.HubStateToChange(stop);
        (hub.OpenedAt, hub.DemoSince) = (now, now);
        db.ChangeTracker.DetectChanges();
        // Thousands of new rows: looking for changes among them at each step would take longer than writing them.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.AddRange(rows);
        events.Arm(db);
        db.Record(now, null, DemoActs.Seeded);
        await db.SaveChangesAsync(stop);
        await db.ContinueNumbers(stop);
        return counts;
    }
}

/// <summary>What was put in.</summary>
public sealed record DemoCounts(int Sites, int Spaces, int Members, int Bookings, int Events);
