using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Time;

namespace DigiHub.Setup;

public sealed record RetireSiteRequest
{
    /// <summary>Null: the operator, by a command.</summary>
    public required Guid? ActorId { get; init; }

    public required int SiteId { get; init; }

    /// <summary>False: while a booking stands there, the site stays in use.</summary>
    public bool CancelsBookings { get; init; }

    /// <summary>What members read in the e-mail about several bookings; empty: none is told.</summary>
    public LocalisedText Reason { get; init; }
}

/// <param name="PeopleTold">How many members had bookings there and get an e-mail.</param>
public sealed record SiteRetired(Site Site, int Cancelled, int PeopleTold);

/// <param name="Bookings">How many stand there and have not begun.</param>
/// <param name="Events">Published and not over, by start; at most <see cref="RetireSite.EventsShownMax"/>.</param>
/// <param name="IsLast">No other site is in use.</param>
/// <param name="CanBeDeleted">Nothing was ever booked, published or drawn there.</param>
public sealed record StandingAtSite(int Bookings, IReadOnlyList<Event> Events, bool IsLast, bool CanBeDeleted);

/// <summary>
/// Retires a site: nothing can be booked there any more, no list shows it, and what it was used for can be read as before. What was never
/// used can be deleted instead. The last site in use stays.
/// </summary>
public sealed class RetireSite(UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock)
{
    public const int EventsShownMax = 50;

    /// <summary>What stands in the way. Null: no such site in use, or not theirs.</summary>
    public async Task<StandingAtSite?> Look(Viewer viewer, int siteId, CancellationToken stop)
    {
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        if (map.Place(siteId) is not { Site.RetiredAt: null } || !viewer.May(Permission.ManageSites, siteId))
            return null;
        await using var db = databases.Open();
        return new(await Bookings(db, siteId, now).CountAsync(stop),
            await Events(db, siteId, now).AsNoTracking().Take(EventsShownMax).ToListAsync(stop), map.Places.Count == 1,
            await WhyNotDelete(db, siteId, stop) is null);
    }

    /// <summary>
    /// Refuses with not_found (also for who may not), last_site, reason_too_long, events_standing, bookings_standing and too_many_standing.
    /// What has begun stands until its end.
    /// </summary>
    public async Task<Outcome<SiteRetired>> Run(RetireSiteRequest request, CancellationToken stop)
    {
        var reason = request.Reason.Each(TypedText.Line);
        if (Refusal.AllOf([.. RetirementRefusals.WrongReason(reason)]) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // of two who retire the last two sites one is refused
            var map = await catalogue.InForce(db, stop);
            var now = clock.GetCurrentInstant();
            if (await db.SiteToManage(request.ActorId, request.SiteId, Permission.ManageSites, now, stop) is not { RetiredAt: null } site
                || map.Place(site.Id) is not { } place)
                return Refusal.NotFound;
            if (map.Places.Count == 1)
                return SiteRefusals.IsLast;

            var spaces = await db.Spaces.Include(space => space.Units).Where(space => space.SiteId == site.Id).ToListAsync(stop);
            await db.AcquireLocks(ClaimSpace.Locks(spaces), stop); // who cancels holds no other
            if (await Events(db, site.Id, now).CountAsync(stop) is > 0 and var events)
                return SiteRefusals.EventsStand(events);
            var bookings = await Bookings(db, site.Id, now).OrderBy(booking => booking.Start).Take(RetireSpaces.StandingMax + 1)
                .ToListAsync(stop);
            if (bookings.Count > 0 && !request.CancelsBookings)
                return SiteRefusals.BookingsStand(bookings.Count);
            if (bookings.Count > RetireSpaces.StandingMax)
                return SiteRefusals.TooMuch;

            var told = await SettleBookings.Run(
                db, map, [.. bookings.Select(booking => new SettledBooking(booking, To: null))], reason, request.ActorId, now, stop);
            if (!told.IsDone)
                return told.Refusal;
            foreach (var space in spaces.Where(space => !space.IsGone))
                (space.RetiredFrom, space.IsOffered) = (space.RetiredFrom ?? place.Time.DateOf(now), false);
            site.RetiredAt = now;
            await db.Members.Where(member => member.HomeSiteId == site.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(member => member.HomeSiteId, (int?)null), stop);
            db.Record(now, request.ActorId, SetupActs.SiteRetired, site.Id, site.Name);
            return (Outcome<SiteRetired>)new SiteRetired(site, bookings.Count, told.Value);
        }, stop);
    }

    /// <summary>
    /// In use again, with the desks and rooms that were retired with it or on the same day; what was cancelled stays so. Refuses with
    /// not_found (also for who may not, and for a site in use) and site_name_taken.
    /// </summary>
    public Task<Outcome<Site>> TakeBack(Guid? actorId, int siteId, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue], stop);
        var now = clock.GetCurrentInstant();
        if (await db.SiteToManage(actorId, siteId, Permission.ManageSites, now, stop) is not { RetiredAt: { } at } site)
            return Refusal.NotFound;
        var others = await db.Sites.Where(other => other.Id != siteId && other.RetiredAt == null).Select(other => other.Name)
            .ToListAsync(stop);
        if (others.Exists(other => SearchText.Fold(other) == SearchText.Fold(site.Name)))
            return SiteRules.NameTaken(site.Name) with { Field = null };

        var (time, spaces) = (SiteTime.Of(site.ZoneId), await db.Spaces.Where(space => space.SiteId == siteId).ToListAsync(stop));
        var (day, today) = (time.DateOf(at), time.DateOf(now));
        foreach (var space in spaces.Where(space => space.RetiredFrom == day))
            (space.RetiredFrom, space.IsOffered) = (null, true);
        foreach (var space in spaces.Where(space => space.RetiredFrom > today)) // retired later by itself, as was planned
            space.IsOffered = true;
        site.RetiredAt = null;
        db.Record(now, actorId, SetupActs.SiteBroughtBack, site.Id, site.Name);
        return (Outcome<Site>)site;
    }, stop);

    /// <summary>
    /// Deletes a site where nothing was ever booked, published or drawn, with its floors, desks and rooms. Refuses with not_found (also for
    /// who may not), last_site and site_referred.
    /// </summary>
    public Task<Outcome<Site>> Delete(Guid? actorId, int siteId, CancellationToken stop) => unitOfWork.Run(async db =>
    {
        await db.AcquireLocks([LockKey.OfCatalogue], stop);
        var map = await catalogue.InForce(db, stop);
        var now = clock.GetCurrentInstant();
        if (await db.SiteToManage(actorId, siteId, Permission.ManageSites, now, stop) is not { } site)
            return Refusal.NotFound;
        if (site.RetiredAt is null && map.Places.Count == 1)
            return SiteRefusals.IsLast;
        var spaces = await db.Spaces.Include(space => space.Units).Include(space => space.Equipment).AsSplitQuery()
            .Where(space => space.SiteId == siteId).ToListAsync(stop);
        await db.AcquireLocks(ClaimSpace.Locks(spaces), stop);
        if (await WhyNotDelete(db, siteId, stop) is { } refusal)
            return refusal;

        await db.Members.Where(member => member.HomeSiteId == siteId)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.HomeSiteId, (int?)null), stop);
        db.RemoveRange(spaces);
        await db.SaveChangesAsync(stop); // before the floors in which they are
        db.RemoveRange(await db.Floors.Where(floor => floor.SiteId == siteId).ToListAsync(stop));
        db.RemoveRange(await db.Set<Closure>().Where(closure => closure.SiteId == siteId).ToListAsync(stop));
        db.RemoveRange(site.Week);
        db.RemoveRange(site.Special);
        db.Remove(site);
        db.Record(now, actorId, SetupActs.SiteDeleted, siteId, site.Name);
        return (Outcome<Site>)site;
    }, stop);

    private static IQueryable<Booking> Bookings(HubDb db, int siteId, Instant now) => db.Bookings
        .Where(booking => booking.SiteId == siteId && booking.Status == BookingStatus.Confirmed && booking.Start > now);

    private static IQueryable<Event> Events(HubDb db, int siteId, Instant now) => db.Events
        .Where(evt => evt.SiteId == siteId && evt.Status == EventStatus.Published && evt.End > now).OrderBy(evt => evt.Start);

    private static async Task<Refusal?> WhyNotDelete(HubDb db, int siteId, CancellationToken stop)
    {
        var sites = await db.ReferredTo<int>(typeof(Site),
            [typeof(Floor), typeof(WeeklyHours), typeof(SpecialHours), typeof(Closure), typeof(Space), typeof(Pool)], stop);
        if (sites.Contains(siteId))
            return SiteRefusals.Referred;
        var spaces = await db.Spaces.Where(space => space.SiteId == siteId).Select(space => space.Id).ToListAsync(stop);
        var floors = await db.Floors.Where(floor => floor.SiteId == siteId).Select(floor => floor.Id).ToListAsync(stop);
        return (await db.ReferredTo<int>(typeof(Space), [typeof(SpaceUnit), typeof(SpaceEquipment)], stop)).Overlaps(spaces)
            || (await db.ReferredTo<int>(typeof(Floor), [typeof(Space)], stop)).Overlaps(floors)
            ? SiteRefusals.Referred : null;
    }
}

/// <summary>Why a site stays in use.</summary>
internal static class SiteRefusals
{
    public static Refusal IsLast { get; } = new("last_site", new(
        "This is the only site in use. Add another one first.",
        "Dies ist der einzige Standort in Betrieb. Fügen Sie zuerst einen anderen hinzu.",
        "Dies ist der einzige Standort in Betrieb. Füge zuerst einen anderen hinzu."));

    public static Refusal EventsStand(int count) => new("events_standing", count == 1
        ? new("1 event is to take place here. Move or cancel it first.",
            "1 Veranstaltung soll hier stattfinden. Verlegen Sie sie zuerst oder sagen Sie sie ab.",
            "1 Veranstaltung soll hier stattfinden. Verlege sie zuerst oder sag sie ab.")
        : new($"{count} events are to take place here. Move or cancel them first.",
            $"{count} Veranstaltungen sollen hier stattfinden. Verlegen Sie sie zuerst oder sagen Sie sie ab.",
            $"{count} Veranstaltungen sollen hier stattfinden. Verlege sie zuerst oder sag sie ab."));

    public static Refusal BookingsStand(int count) => new("bookings_standing", count == 1
        ? new("1 booking stands here. Move it, or cancel it with the site.",
            "1 Buchung besteht hier. Verschieben Sie sie, oder stornieren Sie sie mit dem Standort.",
            "1 Buchung besteht hier. Verschiebe sie, oder storniere sie mit dem Standort.")
        : new("Bookings stand here. Move them, or cancel all with the site.",
            "Hier bestehen Buchungen. Verschieben Sie sie, oder stornieren Sie alle mit dem Standort.",
            "Hier bestehen Buchungen. Verschiebe sie, oder storniere alle mit dem Standort."));

    public static Refusal TooMuch { get; } = new("too_many_standing", new(
        $"More than {RetireSpaces.StandingMax} bookings stand here. Retire desks and rooms first, some at a time.",
        $"Hier bestehen mehr als {RetireSpaces.StandingMax} Buchungen. Legen Sie zuerst nach und nach Plätze und Räume still.",
        $"Hier bestehen mehr als {RetireSpaces.StandingMax} Buchungen. Lege zuerst nach und nach Plätze und Räume still."));

    public static Refusal Referred { get; } = new("site_referred", new(
        "Something was booked, published or drawn here, or somebody has a role here. Retire the site instead.",
        "Hier war etwas gebucht, veröffentlicht oder gezeichnet, oder jemand hat hier eine Rolle. "
            + "Legen Sie den Standort stattdessen still.",
        "Hier war etwas gebucht, veröffentlicht oder gezeichnet, oder jemand hat hier eine Rolle. Lege den Standort stattdessen still."));
}
