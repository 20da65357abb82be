using System.Globalization;
using DigiHub.Activity;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Series;

public sealed record CancelInSeriesRequest
{
    public required Guid SeriesId { get; init; }

    public required Guid ActorId { get; init; }

    public required SeriesScope Scope { get; init; }

    /// <summary>The date of the pattern that is meant; null for <see cref="SeriesScope.AllFuture"/>.</summary>
    public LocalDate? Date { get; init; }

    /// <summary>One that is running ends now; else it goes on to its end.</summary>
    public bool EndsRunning { get; init; }

    /// <summary>The revision of the series that the actor has seen (If-Match); refused with stale if it is another by now.</summary>
    public int? IfRevision { get; init; }
}

/// <param name="Count">How many dates were cancelled.</param>
/// <param name="HasEndedOne">One that was running has ended.</param>
public sealed record SeriesCancelled(BookingSeries Series, int Count, bool HasEndedOne);

/// <summary>
/// Cancels one date of a series, that and those after it, or all that have not begun. What is over is never touched. The dates are
/// remembered, so that no change of the series brings them back.
/// </summary>
public sealed class CancelInSeries(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// Refuses with not_found, member_disabled, date_missing, stale, nothing_ahead and busy, and for one date as
    /// <see cref="CancelBooking"/>.
    /// </summary>
    public async Task<Outcome<SeriesCancelled>> Run(CancelInSeriesRequest request, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await unitOfWork.Run(
            async db =>
            {
                var map = await catalogue.InForce(db, stop);
                var inScope = LockedSeries.InScope(db, request.SeriesId, request.Scope, request.Date);
                var begun = await inScope.Running(now).Select(one => one.SpaceId).ToListAsync(stop);
                var taken = await LockedSeries.Take(db, map, request.SeriesId, request.ActorId, request.Scope, request.Date,
                    [.. begun.Select(map.Space).OfType<Space>()], request.IfRevision, locks: true, now, stop);
                if (!taken.IsDone)
                    return taken.Refusal;
                return request.Scope == SeriesScope.This
                    ? await CancelOne(db, map, taken.Value, request, now, stop)
                    : await CancelMany(db, map, taken.Value, request, now, stop);
            },
            stop);
    }

    private static async Task<Outcome<SeriesCancelled>> CancelOne(
        HubDb db, HubDirectory map, LockedSeries locked, CancelInSeriesRequest request, Instant now, CancellationToken stop)
    {
        var date = request.Date;
        if (await db.Bookings.OfSeries(request.SeriesId).SingleOrDefaultAsync(one => one.SeriesDate == date, stop) is not { } booking)
            return Refusal.NotFound;
        var outcome = await CancelBooking.Apply(
            db, map, new LockedBooking(booking, locked.Member, map.Space(booking.SpaceId)!), request.ActorId, now, stop);
        return outcome.IsDone ? new SeriesCancelled(locked.Series, booking.IsStanding ? 0 : 1, booking.IsStanding) : outcome.Refusal;
    }

    private static async Task<Outcome<SeriesCancelled>> CancelMany(
        HubDb db, HubDirectory map, LockedSeries locked, CancelInSeriesRequest request, Instant now, CancellationToken stop)
    {
        var (series, member, _, ahead) = locked;
        var ended = request.EndsRunning ? await EndRunning(db, map, request, now, stop) : [];
        if (ahead.Count == 0 && ended.Count == 0)
            return SeriesRefusals.NothingAhead;

        var count = ahead.Count;
        await Cancel(db, series, ahead, member, request.ActorId, now, stop,
            request.Scope == SeriesScope.ThisAndFollowing ? request.Date : null, ended);
        return new SeriesCancelled(series, count, ended.Count > 0);
    }

    private static async Task<List<Booking>> EndRunning(
        HubDb db, HubDirectory map, CancelInSeriesRequest request, Instant now, CancellationToken stop)
    {
        List<Booking> ended = [];
        var running = LockedSeries.InScope(db, request.SeriesId, request.Scope, request.Date).Running(now);
        foreach (var booking in await running.ToListAsync(stop))
        {
            var space = map.Space(booking.SpaceId)!;
            if (await CancelBooking.EndNow(db, booking, space, map.PlaceOf(space), now, stop))
                ended.Add(booking);
        }

        return ended;
    }

    /// <summary>
    /// Cancels bookings of one series that stand and have not begun, with one notification and one act. The caller holds the lock of their
    /// member.
    /// </summary>
    /// <param name="from">The date from which the series ends; null: it ends before the first of these if nothing later stands.</param>
    /// <param name="ended">Those that were running and have just ended.</param>
    /// <param name="status">Cancelled; or declined or lapsed.</param>
    internal static async Task Cancel(
        HubDb db, BookingSeries series, IReadOnlyList<Booking> ahead, Member member, Guid? actorId, Instant now, CancellationToken stop,
        LocalDate? from = null, IReadOnlyList<Booking>? ended = null, BookingStatus status = BookingStatus.Cancelled)
    {
        Guid[] ids = [.. ahead.Select(one => one.Id)];
        await ClaimSpace.Release(db, Booking.Subject, ids, stop);
        await BookingEmails.WithdrawAll(db, ids, NotificationReason.Cancelled, stop);
        foreach (var booking in ahead)
            booking.EndAs(status, now);
        await EndBefore(db, series, ahead, from, stop);
        await SeriesDates.Cancelled(db, ahead, now, stop);
        if (ahead.Count > 0)
        {
            await SeriesEmails.Cancel(db, series, ahead, member, now, stop);
        }
        else if (ended is { Count: > 0 })
        {
            await SeriesDates.Changed(db, ended, now, stop);
            SeriesEmails.Change(db, series, ended, member, now);
        }

        db.Record(now, actorId, ActOf(status), series.Id, detail: ahead.Count.ToString(CultureInfo.InvariantCulture),
            onBehalfOf: member.Id);
    }

    private static Act<Guid> ActOf(BookingStatus status) => status switch
    {
        BookingStatus.Declined => SeriesActs.Declined,
        BookingStatus.Lapsed => SeriesActs.Lapsed,
        _ => SeriesActs.Cancelled,
    };

    /// <summary>The pattern ends with what is left of it.</summary>
    private static async Task EndBefore(
        HubDb db, BookingSeries series, IReadOnlyList<Booking> ahead, LocalDate? from, CancellationToken stop)
    {
        if ((from ?? ahead.Min(one => one.SeriesDate)) is not { } first)
            return;
        Guid[] gone = [.. ahead.Select(one => one.Id)];
        // One that was moved may stand or have been before dates that are cancelled now: then these are exceptions, and the pattern stays.
        var stays = await db.Bookings.OfSeries(series.Id).AnyAsync(one => one.Status == BookingStatus.Confirmed
            && one.SeriesDate >= first && !EF.Parameter(gone).Contains(one.Id), stop);
        if (!stays)
            series.Pattern = series.Pattern.Before(series.FromDate, first);
    }
}
