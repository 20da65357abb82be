using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Operations;

/// <summary>What waits behind the jobs.</summary>
/// <param name="EmailsDue">Whose time has come and that have not left.</param>
/// <param name="EmailLag">How long the one that waits longest is overdue; null if none is.</param>
/// <param name="EmailsUndelivered">Given up or come back within a day.</param>
/// <param name="ImportsUnderWay">Being written or taken back row by row.</param>
public sealed record WorkAtSites(int EmailsDue, Duration? EmailLag, int EmailsUndelivered, int ImportsUnderWay);

/// <summary>
/// What waits of some sites: e-mails about what is booked and what takes place there, and imports there. What concerns people,
/// organisations or the whole hub is of no site.
/// </summary>
public sealed class WorkAtSitesNow(HubDbFactory databases, IClock clock)
{
    /// <param name="viewer">Sees the sites at which they see the jobs; nothing waits for others.</param>
    public async Task<WorkAtSites> Run(Viewer viewer, CancellationToken stop)
    {
        var where = viewer.Where(Permission.SeeJobs);
        var now = clock.GetCurrentInstant();
        var aDayAgo = now - Duration.FromDays(1);
        await using var db = databases.Open();
        var emails = where.Ids is { } siteIds ? About(db, siteIds) : db.Notifications;
        var due = emails.Where(one =>
            (one.State == NotificationState.Planned || one.State == NotificationState.Retry) && one.NextAttemptAt <= now);
        var oldest = await due.MinAsync(one => (Instant?)one.NextAttemptAt, stop);
        var undelivered = await emails.CountAsync(one => (one.State == NotificationState.Failed && one.NextAttemptAt > aDayAgo)
            || (one.State == NotificationState.Bounced && one.BouncedAt > aDayAgo), stop);
        var imports = db.Imports.Where(one => one.State == ImportState.Applying || one.State == ImportState.Undoing);
        if (where.Ids is { } ids)
            imports = imports.Where(one => one.SiteId != null && EF.Parameter(ids).Contains(one.SiteId!.Value));
        return new(await due.CountAsync(stop), now - oldest, undelivered, await imports.CountAsync(stop));
    }

    private static IQueryable<Notification> About(HubDb db, int[] siteIds)
    {
        string booking = Booking.Subject.Name, evt = Event.Subject.Name, registration = Registration.Subject.Name;
        var (bookings, events, registrations) = (db.Bookings, db.Events, db.Registrations);
        return db.Notifications.Where(one => (one.SiteId != null && EF.Parameter(siteIds).Contains(one.SiteId!.Value))
            || (one.SubjectKind == booking && bookings.Any(of => of.Id == one.SubjectId && EF.Parameter(siteIds).Contains(of.SiteId)))
            || (one.SubjectKind == evt && events.Any(of => of.Id == one.SubjectId && EF.Parameter(siteIds).Contains(of.SiteId)))
            || (one.SubjectKind == registration && registrations.Any(of => of.Id == one.SubjectId
                && events.Any(at => at.Id == of.EventId && EF.Parameter(siteIds).Contains(at.SiteId)))));
    }
}
