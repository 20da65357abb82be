using DigiHub.Access;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Series;

/// <summary>What an act on a series is about.</summary>
public enum SeriesScope
{
    /// <summary>One date, which stays in the series.</summary>
    This,

    /// <summary>One date and those after it.</summary>
    ThisAndFollowing,

    /// <summary>All that have not begun.</summary>
    AllFuture,
}

/// <summary>A series that somebody may change, read under the locks of its member and of all spaces concerned.</summary>
/// <param name="Ahead">Its bookings in the scope that stand and have not begun, by date; tracked.</param>
internal sealed record LockedSeries(BookingSeries Series, Member Member, Viewer Actor, IReadOnlyList<Booking> Ahead)
{
    /// <summary>Refuses with not_found, member_disabled, only_for_yourself, date_missing and stale.</summary>
    /// <param name="spaces">Those it may go to.</param>
    /// <param name="ifRevision">The revision the actor has seen; null: whichever it is.</param>
    /// <param name="locks">False for looking only.</param>
    public static async Task<Outcome<LockedSeries>> Take(
        HubDb db, HubDirectory map, Guid seriesId, Guid actorId, SeriesScope scope, LocalDate? date, IEnumerable<Space> spaces,
        int? ifRevision, bool locks, Instant now, CancellationToken stop)
    {
        if (await db.Viewer(actorId, now, stop) is not { } actor)
            return BookingRules.MemberDisabled;
        var seen = await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seriesId, stop);
        if (seen is null || (!actor.IsOrActsFor(seen.MemberId) && !actor.May(Permission.BookForOthers, seen.SiteId)))
            return Refusal.NotFound;
        if (scope != SeriesScope.AllFuture && date is null)
            return SeriesRefusals.DateMissing;
        var next = spaces.ToList();
        if (!actor.IsOrActsFor(seen.MemberId) && next.Exists(space => !actor.May(Permission.BookForOthers, space.SiteId)))
            return BookingRules.OnlyForYourself;

        var inScope = InScope(db, seriesId, scope, date).Ahead(now);
        var spaceIds = await inScope.Select(one => one.SpaceId).Distinct().ToListAsync(stop);
        if (locks)
            await db.AcquireLocks(
                [.. ClaimSpace.Locks([.. spaceIds.Select(map.Space).OfType<Space>(), .. next]), LockKey.OfSubject(seen.MemberId)], stop);

        // Read again: while waiting for the locks it may have been changed, even moved to spaces that are not locked.
        var series = await db.BookingSeries.SingleAsync(one => one.Id == seriesId, stop);
        var ahead = await inScope.OrderBy(one => one.SeriesDate).ToListAsync(stop);
        if ((ifRevision is not null && ifRevision != series.Revision) || ahead.Exists(one => !spaceIds.Contains(one.SpaceId)))
            return Refusal.Stale;
        return new LockedSeries(series, await db.Members.SingleAsync(one => one.Id == series.MemberId, stop), actor, ahead);
    }

    /// <summary>Of any state.</summary>
    public static IQueryable<Booking> InScope(HubDb db, Guid seriesId, SeriesScope scope, LocalDate? date)
    {
        var all = db.Bookings.OfSeries(seriesId);
        return scope switch
        {
            SeriesScope.This => all.Where(one => one.SeriesDate == date),
            SeriesScope.ThisAndFollowing => all.Where(one => one.SeriesDate >= date),
            _ => all,
        };
    }
}
