using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Events;

/// <param name="Kept">How many bookings and events kept their local time.</param>
/// <param name="Collided">How many of them lost their space to another; <see cref="WithoutSpace"/> lists them.</param>
public sealed record Recomputed(int Kept, int Collided);

/// <summary>
/// What was agreed is the local time at the site. When a newer time zone database changes its offset
/// (summer time abolished, say), the instants of all future bookings and events, their claims and their reminders follow: all of
/// a site in one transaction, since one may need the hour that another leaves. If two then overlap, the one that was booked
/// by the new rules already keeps it, else the older one; the other has no claim until somebody moves it.
/// </summary>
public sealed class RecomputeInstants(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<RecomputeInstants> log)
{
    /// <summary>Of each, at one time; the next run goes on.</summary>
    private const int RowsMax = 10_000;

    public async Task<Recomputed> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var (kept, collided) = (0, 0);
        foreach (var place in map.Places)
        {
            await using (var db = databases.Open())
            {
                if (!(await Bookings(db, place, stop)).Any(one => IsOutOfDate(place, one))
                    && !(await Events(db, place, stop)).Any(one => IsOutOfDate(place, one)))
                    continue;
            }

            var outcome = await unitOfWork.Run<Recomputed>(async db => await Recompute(db, map, place, stop), stop);
            if (outcome.Refusal is { } refusal)
            {
                log.LogError("The instants of site {Site} could not be recomputed: {Code}", place.Site.Id, refusal.Code);
                continue;
            }

            (kept, collided) = (kept + outcome.Value.Kept, collided + outcome.Value.Collided);
        }

        if (kept > 0)
            log.LogWarning("The zone's rules have changed: {Count} bookings and events were recomputed", kept);
        if (collided > 0)
            log.LogError("{Count} of them lost their space to another; /admin lists them", collided);
        return new Recomputed(kept, collided);
    }

    /// <summary>A holder of space, when it was booked, and how it claims its space again.</summary>
    private sealed record Holder(Subject Claims, Instant PromisedAt, Func<Task<Refusal?>> Take, Action Lost);

    private async Task<Recomputed> Recompute(HubDb db, HubDirectory map, SiteContext place, CancellationToken stop)
    {
        // Exclusive: nobody books at any site meanwhile. It is rare and short.
        await db.AcquireLocks([LockKey.OfCatalogue, .. ClaimSpace.Locks(map.Spaces)], stop);
        var now = clock.GetCurrentInstant();
        var bookings = (await Bookings(db, place, stop)).Where(one => IsOutOfDate(place, one)).ToList();
        var events = (await Events(db, place, stop)).Where(one => IsOutOfDate(place, one)).ToList();
        await db.AcquireLocks(events.Select(evt => LockKey.OfEvent(evt.Id)), stop);

        var holders = bookings.Select(booking => Of(db, map, booking, now, stop))
            .Concat(events.Where(evt => evt is { Status: EventStatus.Published, SpaceId: not null })
                .Select(evt => Of(db, map, evt, now, stop)))
            .OrderBy(holder => holder.PromisedAt).ToList();
        foreach (var holder in holders)
            await ClaimSpace.Release(db, holder.Claims, stop);

        foreach (var booking in bookings)
            await SetRight(db, place, booking, now, stop);
        foreach (var evt in events)
            await SetRight(db, place, evt, now, stop);

        var collided = 0;
        foreach (var holder in holders)
        {
            if (await holder.Take() is not null)
            {
                holder.Lost();
                collided++;
            }

            await db.SaveChangesAsync(stop); // the next one checks for free space in the database
        }

        return new Recomputed(bookings.Count + events.Count, collided);
    }

    private static Holder Of(HubDb db, HubDirectory map, Booking booking, Instant now, CancellationToken stop)
    {
        var (holder, space) = (Booking.Subject.Of(booking.Id), map.Space(booking.SpaceId)!);
        return new Holder(holder, booking.CreatedAt,
            () => ClaimSpace.Take(db, space, ClaimSpace.Blocked(space, booking.Span), holder, now, stop),
            () => db.Record(now, actorId: null, BookingActs.LostSpace, booking.Id));
    }

    private static Holder Of(HubDb db, HubDirectory map, Event evt, Instant now, CancellationToken stop)
    {
        var (holder, room) = (Event.Subject.Of(evt.Id), map.Space(evt.SpaceId!.Value)!);
        return new Holder(holder, evt.PublishedAt ?? evt.CreatedAt,
            () => ClaimSpace.Take(db, room, ClaimSpace.Blocked(evt.Span, evt.SetUpMinutes, evt.TearDownMinutes), holder, now, stop),
            () => db.Record(now, actorId: null, EventActs.LostSpace, evt.Id));
    }

    private static async Task SetRight(HubDb db, SiteContext place, Booking booking, Instant now, CancellationToken stop)
    {
        await BookingInstants.SetRight(db, place, booking, now, stop);
        db.Record(now, actorId: null, BookingActs.Recomputed, booking.Id);
    }

    private static async Task SetRight(HubDb db, SiteContext place, Event evt, Instant now, CancellationToken stop)
    {
        (evt.Start, evt.End) = (place.Time.Shifted(evt.StartLocal), place.Time.Shifted(evt.EndLocal));
        evt.Change(now);
        if (evt.Status == EventStatus.Published)
        {
            await ScheduleReminders.Withdraw(db, evt.Id, NotificationReason.ZoneChanged, stop);
            await ScheduleReminders.ForAll(db, evt, place, await ChangeNotice.People(db, evt.Id, stop), now, stop);
        }

        db.Record(now, actorId: null, EventActs.Recomputed, evt.Id);
    }

    private async Task<List<Booking>> Bookings(HubDb db, SiteContext place, CancellationToken stop)
    {
        var (siteId, now) = (place.Site.Id, clock.GetCurrentInstant());
        return await db.Bookings.Where(
            booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed && booking.Start > now)
            .OrderBy(booking => booking.Start).Take(RowsMax).ToListAsync(stop);
    }

    private async Task<List<Event>> Events(HubDb db, SiteContext place, CancellationToken stop)
    {
        var (siteId, now) = (place.Site.Id, clock.GetCurrentInstant());
        return await db.Events.Include(evt => evt.ReminderRules).AsSplitQuery()
            .Where(evt => evt.SiteId == siteId && evt.Status != EventStatus.Cancelled && evt.Start > now)
            .OrderBy(evt => evt.Start).Take(RowsMax).ToListAsync(stop);
    }

    private static bool IsOutOfDate(SiteContext place, Booking booking) => BookingInstants.AreOutOfDate(place, booking);

    private static bool IsOutOfDate(SiteContext place, Event evt) =>
        place.Time.Shifted(evt.StartLocal) != evt.Start || place.Time.Shifted(evt.EndLocal) != evt.End;
}
