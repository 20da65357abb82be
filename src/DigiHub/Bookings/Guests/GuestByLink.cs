using DigiHub.Bookings.CheckIn;
using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Members;
using DigiHub.Spaces;

namespace DigiHub.Bookings.Guests;

/// <summary>A visit as its guest sees it.</summary>
/// <param name="Host">Null: not known any more.</param>
/// <param name="CanArrive">It is the day, and they have not said yet that they are there.</param>
public sealed record GuestView(BookingGuest Guest, Booking Booking, Space Space, SiteContext Place, PersonName? Host, bool CanArrive)
{
    /// <summary>They are expected there and then.</summary>
    public bool Stands => Guest.IsExpected && Booking.IsStanding;
}

/// <summary>
/// The page behind the link of an invitation, without an account: where to go, and "I am here", by which a guest keeps the room for all.
/// </summary>
public sealed class GuestByLink(
    HubDbFactory databases, UnitOfWork unitOfWork, Catalogue catalogue, HubTokenSigner tokenSigner, IClock clock)
{
    /// <summary>Null for a wrong token, and once the guest is forgotten. Looking changes nothing.</summary>
    public async Task<GuestView?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.Guest, token) is not { } guestId)
            return null;
        var (map, now) = (await catalogue.Map(stop), clock.GetCurrentInstant());
        await using var db = databases.Open();
        if (await db.BookingGuests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == guestId, stop) is not { } guest
            || await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == guest.BookingId, stop) is not { } booking
            || map.Space(booking.SpaceId) is not { } space)
            return null;
        var host = await db.Members.Where(one => one.Id == booking.MemberId && one.Id != Nobody.Id).Select(one => one.Name)
            .SingleOrDefaultAsync(stop);
        var place = map.PlaceOf(space);
        return new GuestView(guest, booking, space, place, host,
            guest is { IsExpected: true, ArrivedAt: null } && !booking.IsPending
            && booking.StageAt(now) is BookingStage.Upcoming or BookingStage.Running
            && place.Time.DateOf(now) == booking.StartLocal.Date);
    }

    /// <summary>The guest is there. Refuses with not_found, and as <see cref="GuestArrives"/> does.</summary>
    public async Task<Outcome<BookingGuest>> Here(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.Guest, token) is not { } guestId)
            return Refusal.NotFound;
        var map = await catalogue.Map(stop);
        return await unitOfWork.Run(
            db => GuestArrives.Mark(
                db, map, guestId, booking => !booking.IsPending, hasArrived: true, CheckInWay.Link, actorId: null, clock, stop),
            stop);
    }
}
