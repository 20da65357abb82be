using DigiHub.Access;
using DigiHub.Activity;
using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Guests;

/// <summary>
/// A guest has come, or was marked so by mistake. Who comes in time keeps what was booked, as if its member had checked in.
/// </summary>
public sealed class GuestArrives(UnitOfWork unitOfWork, Catalogue catalogue, IClock clock)
{
    /// <summary>
    /// By the front desk of the site; a second time it changes nothing. Refuses with not_found (also for who may not), not_that_day and
    /// busy.
    /// </summary>
    /// <param name="hasArrived">False takes back that they have.</param>
    /// <param name="along">What else is written in the same commit.</param>
    public async Task<Outcome<BookingGuest>> Run(
        Guid guestId, Guid actorId, bool hasArrived, CancellationToken stop, Alongside<BookingGuest>? along = null)
    {
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            async db => await db.Viewer(actorId, clock.GetCurrentInstant(), stop) is { } actor
                ? await Mark(db, map, guestId, booking => actor.May(Permission.RunFrontDesk, booking.SiteId), hasArrived,
                    CheckInWay.FrontDesk, actorId, clock, stop)
                : Refusal.NotFound,
            stop, along);
    }

    /// <summary>In the caller's transaction.</summary>
    /// <param name="actorId">Null: the guest themselves.</param>
    internal static async Task<Outcome<BookingGuest>> Mark(
        HubDb db, HubDirectory map, Guid guestId, Func<Booking, bool> may, bool hasArrived, CheckInWay how, Guid? actorId, IClock clock,
        CancellationToken stop)
    {
        var bookings = db.Bookings;
        var memberId = await db.BookingGuests.Where(one => one.Id == guestId)
            .Join(bookings, one => one.BookingId, booking => booking.Id, (_, booking) => booking.MemberId).SingleOrDefaultAsync(stop);
        await db.AcquireLocks([LockKey.OfSubject(memberId)], stop); // a release of the booking takes it, too
        var now = clock.GetCurrentInstant();
        if (await db.BookingGuests.SingleOrDefaultAsync(one => one.Id == guestId, stop) is not { IsExpected: true } guest
            || await db.Bookings.SingleOrDefaultAsync(one => one.Id == guest.BookingId, stop) is not { } booking
            || map.Space(booking.SpaceId) is not { } space || !may(booking))
            return Refusal.NotFound;
        if (booking.StageAt(now) is not (BookingStage.Upcoming or BookingStage.Running) && hasArrived)
            return CheckInRules.Closed(booking.StageAt(now)) ?? GuestRefusals.NotThatDay;
        var time = map.PlaceOf(space).Time;
        if (hasArrived && time.DateOf(now) < booking.StartLocal.Date)
            return GuestRefusals.NotThatDay;
        if (guest.ArrivedAt is not null == hasArrived)
            return guest;

        guest.Arrive(hasArrived ? now : null);
        if (hasArrived && CheckInRules.IsOpen(booking, space, now))
        {
            booking.CheckIn(how, now);
            await BookingEmails.CheckIn(db, booking, stop);
            db.Record(now, actorId, BookingActs.CheckedIn, booking.Id);
        }

        // As acts on presence do, it names who marked it, and not who came.
        db.Record(now, actorId, hasArrived ? GuestActs.Arrived : GuestActs.ArrivalUndone, guest.Id);
        return guest;
    }
}

/// <summary>What is done about guests by name.</summary>
public static class GuestActs
{
    public static readonly Act<Guid> Arrived = BookingGuest.Subject.Act("arrived");
    public static readonly Act<Guid> ArrivalUndone = BookingGuest.Subject.Act("arrival_undone");
}
