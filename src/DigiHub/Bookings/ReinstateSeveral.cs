using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Time;

namespace DigiHub.Bookings;

/// <summary>Bookings of one member that one act has cancelled.</summary>
/// <param name="Key">Names them: when, and whose.</param>
public sealed record CancelledTogether(Cursor Key, int Count);

/// <param name="Count">So many stand again.</param>
/// <param name="Of">So many were asked for.</param>
/// <param name="WhyNot">Of the first that stays cancelled.</param>
public sealed record ReinstatedSeveral(int Count, int Of, Refusal? WhyNot);

/// <summary>
/// Takes back that several bookings were cancelled together: each as <see cref="ReinstateBooking"/> does, in a transaction of its own, so
/// that one that is taken meanwhile keeps none of the others away.
/// </summary>
public sealed class ReinstateSeveral(HubDbFactory databases, ReinstateBooking reinstate, IClock clock)
{
    /// <summary>More are brought back one by one, on their pages.</summary>
    public const int Max = 100;

    /// <summary>What was cancelled last of a member, within this time. Null: nothing, too much, or not the viewer's to see.</summary>
    public async Task<CancelledTogether?> Latest(Guid memberId, Viewer viewer, Duration within, CancellationToken stop)
    {
        if (!viewer.IsOrActsFor(memberId))
            return null;
        var now = clock.GetCurrentInstant();
        var since = now - within;
        await using var db = databases.Open();
        var at = await Cancelled(db, memberId).Where(own => own.CancelledAt >= since && own.End > now)
            .MaxAsync(own => own.CancelledAt, stop);
        if (at is not { } when)
            return null;
        var count = await Cancelled(db, memberId).CountAsync(own => own.CancelledAt == when, stop);
        return count <= Max ? new(new Cursor(when, memberId), count) : null;
    }

    /// <summary>None of them where there are none, or the actor may not change them: then a count of 0 with not_found.</summary>
    public async Task<ReinstatedSeveral> Run(Cursor key, Guid actorId, CancellationToken stop)
    {
        List<Guid> ids;
        await using (var db = databases.Open())
        {
            ids = await Cancelled(db, key.Id).Where(own => own.CancelledAt == key.At)
                .OrderBy(own => own.Start).ThenBy(own => own.Id).Select(own => own.Id).Take(Max).ToListAsync(stop);
        }

        var (count, whyNot) = (0, ids.Count == 0 ? Refusal.NotFound : null);
        foreach (var id in ids)
        {
            var outcome = await reinstate.Run(id, actorId, stop);
            count += outcome.IsDone ? 1 : 0;
            whyNot ??= outcome.Refusal;
        }

        return new(count, ids.Count, whyNot);
    }

    private static IQueryable<Booking> Cancelled(HubDb db, Guid memberId) =>
        db.Bookings.AsNoTracking().Where(own => own.MemberId == memberId && own.Status == BookingStatus.Cancelled);
}
