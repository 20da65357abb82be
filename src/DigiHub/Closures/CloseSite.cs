using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Sites;
using DigiHub.Spaces;

namespace DigiHub.Closures;

/// <param name="Reason">What members read; a blank half falls back to the other language.</param>
public sealed record CloseSiteRequest(Guid ActorId, int SiteId, LocalDate From, LocalDate Through, Words Reason);

/// <param name="PeopleTold">How many get a mail about it, unless it is changed or ended before that leaves.</param>
public sealed record ClosureOutcome(Closure Closure, int PeopleTold);

/// <summary>
/// Closes a site on whole days. From the commit on nothing can be booked on them by any process; what is booked stays, and those people
/// are told by mail (<see cref="ClosureNotifications"/>): they, or the front desk, move or cancel it.
/// <see cref="StandingOnClosedDays"/> lists it.
/// </summary>
public sealed class CloseSite(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public static Refusal ReasonMissing => ClosureRules.ReasonMissing;

    /// <summary>
    /// Refuses with not_found (also who may not close that site), ends_before_it_starts, too_long, date_out_of_range,
    /// reason_missing and reason_too_long.
    /// </summary>
    public async Task<Outcome<ClosureOutcome>> Run(
        CloseSiteRequest request, CancellationToken stop, Alongside<ClosureOutcome>? along = null)
    {
        var reason = ClosureRules.Complete(request.Reason);
        if (ClosureRules.WhyNot(request.From, request.Through, reason) is { } refusal)
            return refusal;

        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(async db =>
        {
            // Exclusive from here on: earlier bookings are committed and notified; later ones find the days closed.
            await db.AcquireLocks([LockKey.OfCatalogue], stop);
            var now = clock.GetCurrentInstant();
            var actor = await db.Viewer(request.ActorId, now, stop);
            if (map.Place(request.SiteId) is not { } place || actor?.May(Permission.ManageClosures, request.SiteId) != true)
                return Refusal.NotFound;

            var closure = new Closure
            {
                SiteId = request.SiteId,
                From = request.From,
                Through = request.Through,
                Reason = LocalisedText.Of(reason),
            };
            db.Add(closure);
            await db.SaveChangesAsync(stop); // gives it its number
            db.Record(now, request.ActorId, ClosureActs.Created, closure.Id, ClosureRules.Written(closure));
            var told = await ClosureNotifications.Write(db, place, closure, before: null, now, stop);
            return (Outcome<ClosureOutcome>)new ClosureOutcome(closure, told);
        }, stop, along);
    }
}
