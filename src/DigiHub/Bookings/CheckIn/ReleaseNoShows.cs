using DigiHub.Activity;
using DigiHub.Bookings.Series;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Spaces;
using Microsoft.Extensions.Logging;

namespace DigiHub.Bookings.CheckIn;

/// <summary>
/// Each minute: releases what is running and to which nobody checked in in time. The claims go, the booking stays readable, and its member
/// is told at once. Returns how many were released.
/// </summary>
public sealed class ReleaseNoShows(
    UnitOfWork unitOfWork, HubDbFactory databases, Catalogue catalogue, IClock clock, ILogger<ReleaseNoShows> log)
{
    private const int BookingsMax = 500;

    /// <summary>A pause of the job longer than this means that the hub may have been away, and nobody could check in.</summary>
    internal static readonly Duration PauseMax = Duration.FromMinutes(3);

    /// <summary>
    /// So long the hub has been there before a time at which it releases; who was to check in by an earlier one is spared.
    /// </summary>
    internal static readonly Duration ThereBefore = Duration.FromMinutes(5);

    public async Task<int> Run(CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        if (!map.RuleSets.Any(rules => rules.CheckInGraceMinutes is not null || rules.AllowsWalkUps))
            return 0;
        var looked = await unitOfWork.Run(db => Look(db, stop), stop);
        if (!looked.IsDone)
            return 0;

        var released = 0;
        foreach (var id in await Due(looked.Value + ThereBefore, stop))
        {
            try
            {
                var outcome = await unitOfWork.Run(db => Release(db, map, id, stop), stop);
                if (outcome is { IsDone: true, Value: true })
                    released++;
                else if (!outcome.IsDone)
                    log.LogWarning("The booking {Booking} could not be released: {Code}", id, outcome.Refusal.Code);
            }
            catch (Exception exception) when (exception is not OperationCanceledException) // one must not keep the others
            {
                log.LogError(exception, "The booking {Booking} could not be released", id);
            }
        }

        return released;
    }

    /// <summary>Since when the hub has been there without a pause.</summary>
    private async Task<Outcome<Instant>> Look(HubDb db, CancellationToken stop)
    {
        await db.AcquireLocks([LockKey.OfReleases], stop);
        var now = clock.GetCurrentInstant();
        if (await db.Set<CheckInWatch>().SingleOrDefaultAsync(stop) is not { } watch)
            db.Add(watch = new CheckInWatch { Since = now, LookedAt = now });
        if (now - watch.LookedAt > PauseMax)
            watch.Since = now;
        watch.LookedAt = Instant.Max(now, watch.LookedAt);
        return watch.Since;
    }

    private async Task<List<Guid>> Due(Instant notBefore, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var db = databases.Open();
        return await db.Bookings.AsNoTracking()
            .Where(booking => booking.CheckInBy != null && booking.CheckInBy <= now && booking.CheckInBy >= notBefore
                && booking.CheckedInAt == null && booking.Status == BookingStatus.Confirmed && booking.End > now)
            .OrderBy(booking => booking.CheckInBy).ThenBy(booking => booking.Id).Take(BookingsMax)
            .Select(booking => booking.Id).ToListAsync(stop);
    }

    /// <summary>Under the lock of its member, which a check-in takes, too: false where they were faster, or it has changed.</summary>
    private async Task<Outcome<bool>> Release(HubDb db, HubDirectory map, Guid id, CancellationToken stop)
    {
        var memberId = await db.Bookings.Where(one => one.Id == id).Select(one => one.MemberId).SingleOrDefaultAsync(stop);
        await db.AcquireLocks([LockKey.OfSubject(memberId)], stop);
        var now = clock.GetCurrentInstant();
        var booking = await db.Bookings.SingleOrDefaultAsync(one => one.Id == id && one.MemberId == memberId, stop);
        // Where nobody is asked any more, nobody loses anything by an earlier rule.
        if (booking is null || !booking.IsToCheckIn(now) || booking.CheckInBy > now
            || (map.Space(booking.SpaceId)?.Rules.CheckInGraceMinutes is null && !booking.IsWalkUp))
            return false;

        var member = await db.Members.SingleAsync(one => one.Id == memberId, stop);
        await ClaimSpace.Release(db, Booking.Subject.Of(id), stop);
        booking.Release(now);
        await SeriesDates.Cancelled(db, [booking], now, stop);
        await BookingEmails.Release(db, booking, member, now, stop);
        db.Record(now, actorId: null, BookingActs.Released, id);
        return true;
    }
}
