using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Closures;

/// <param name="Reason">A blank half falls back to the other language.</param>
public sealed record ChangeClosureRequest(int ClosureId, Guid ActorId, LocalDate From, LocalDate Through, Words Reason);

/// <summary>
/// Gives a closure other days or another reason, or ends it: days that are over stay closed, the rest is open again. Those whose bookings
/// come to lie on closed days are notified, and so are those who no longer are affected.
/// </summary>
public sealed class ChangeClosure(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, closure_over, and as <see cref="CloseSite"/>: ends_before_it_starts, too_long,
    /// date_out_of_range, reason_missing, reason_too_long.
    /// </summary>
    public async Task<Outcome<ClosureOutcome>> Run(ChangeClosureRequest request, CancellationToken stop)
    {
        var reason = ClosureRules.Complete(request.Reason);
        if (ClosureRules.WhyNot(request.From, request.Through, reason) is { } refusal)
            return refusal;

        return await Change(request.ClosureId, request.ActorId, async (db, closure, place, now) =>
        {
            var before = new ClosedDates(closure.From, closure.Through);
            (closure.From, closure.Through, closure.Reason) = (request.From, request.Through, LocalisedText.Of(reason));
            var changes = FieldChanges.Of(db, closure, except: []);
            if (changes is null)
                return new ClosureOutcome(closure, PeopleTold: 0);
            await db.SaveChangesAsync(stop);
            db.Record(now, request.ActorId, ClosureActs.Edited, closure.Id, ClosureRules.Written(closure), changes);
            return new ClosureOutcome(closure, await ClosureNotifications.Write(db, place, closure, before, now, stop));
        }, stop);
    }

    /// <summary>
    /// Today is open again too. A closure none of whose days is over leaves nothing behind. Refuses with not_found and closure_over.
    /// </summary>
    public Task<Outcome<ClosureOutcome>> End(int closureId, Guid actorId, CancellationToken stop) =>
        Change(closureId, actorId, async (db, closure, place, now) =>
        {
            var today = place.Time.DateOf(now);
            var before = new ClosedDates(closure.From, closure.Through);
            db.Record(now, actorId, ClosureActs.Ended, closure.Id, ClosureRules.Written(closure));
            if (closure.From < today)
                closure.Through = today.PlusDays(-1);
            else
                db.Remove(closure);
            await db.SaveChangesAsync(stop);
            return new ClosureOutcome(closure, await ClosureNotifications.Write(db, place, closure, before, now, stop));
        }, stop);

    private async Task<Outcome<ClosureOutcome>> Change(
        int closureId, Guid actorId, Func<HubDb, Closure, SiteContext, Instant, Task<ClosureOutcome>> change, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            if (await db.Set<Closure>().SingleOrDefaultAsync(one => one.Id == closureId, stop) is not { } closure
                || map.Place(closure.SiteId) is not { } place
                || await db.Viewer(actorId, now, stop) is not { } actor || !actor.May(Permission.ManageClosures, closure.SiteId))
                return Refusal.NotFound;
            return closure.Through < place.Time.DateOf(now)
                ? ClosureRules.IsOver
                : (Outcome<ClosureOutcome>)await change(db, closure, place, now);
        }, stop);
    }
}
