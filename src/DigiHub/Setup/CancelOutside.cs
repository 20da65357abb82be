using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Setup;

public sealed record CancelOutsideRequest
{
    public required Guid ActorId { get; init; }

    public required int SiteId { get; init; }

    /// <summary>Those of them that are to be cancelled; null: all.</summary>
    public IReadOnlyCollection<Guid>? BookingIds { get; init; }

    /// <summary>What members read in the e-mail about several bookings; empty: none is told.</summary>
    public LocalisedText Reason { get; init; }
}

/// <param name="PeopleTold">How many get an e-mail: one each, however many bookings they had.</param>
/// <param name="More">There are more than one act cancels.</param>
public sealed record OutsideCancelled(int Cancelled, int PeopleTold, bool More);

/// <summary>
/// Cancels bookings that cannot take place as booked (<see cref="OutsideHours"/>): the site is closed then, or their desk or room is no
/// longer on offer. What is possible again meanwhile stays.
/// </summary>
public sealed class CancelOutside(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    public const int BookingsMax = 500;

    /// <summary>Refuses with not_found (also for who may not) and reason_too_long.</summary>
    public async Task<Outcome<OutsideCancelled>> Run(CancelOutsideRequest request, CancellationToken stop)
    {
        var reason = request.Reason.Each(TypedText.Line);
        if (Refusal.AllOf([.. RetirementRefusals.WrongReason(reason)]) is { } refusal)
            return refusal;

        return await unitOfWork.Run(async db =>
        {
            await db.AcquireLocks([LockKey.OfCatalogue], stop); // the hours stay as they are meanwhile
            var map = await catalogue.InForce(db, stop);
            var now = clock.GetCurrentInstant();
            if (map.Place(request.SiteId) is not { } place
                || (await db.Viewer(request.ActorId, now, stop))?.May(Permission.ManageClosures, request.SiteId) != true)
                return Refusal.NotFound;

            var wanted = request.BookingIds?.ToHashSet();
            var outside = (await OutsideHours.Find(db, map, place, now, int.MaxValue, stop))
                .Where(one => wanted?.Contains(one.Booking.Id) != false).ToList();
            Guid[] ids = [.. outside.Take(BookingsMax).Select(one => one.Booking.Id)];
            await db.AcquireLocks(
                ClaimSpace.Locks(outside.Take(BookingsMax).Select(one => map.Space(one.Booking.SpaceId)).OfType<Space>()), stop);
            // Read again: while waiting for the locks somebody may have cancelled one.
            var bookings = await db.Bookings.Where(booking => ids.Contains(booking.Id) && booking.Status == BookingStatus.Confirmed)
                .ToListAsync(stop);
            var told = await SettleBookings.Run(
                db, map, [.. bookings.Select(booking => new SettledBooking(booking, To: null))], reason, request.ActorId, now, stop);
            return told.IsDone
                ? (Outcome<OutsideCancelled>)new OutsideCancelled(bookings.Count, told.Value, outside.Count > BookingsMax)
                : told.Refusal;
        }, stop);
    }
}
