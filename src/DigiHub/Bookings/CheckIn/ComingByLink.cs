using DigiHub.Data;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings.CheckIn;

/// <summary>A booking as the link of an e-mail about its check-in shows it.</summary>
/// <param name="IsAsked">It is as it was when we wrote, and is still waiting for its member.</param>
/// <param name="CanUndo">It was released, and that can be undone still.</param>
public sealed record ComingView(Booking Booking, Space Space, SiteContext Place, bool IsAsked, bool CanUndo);

/// <summary>
/// The answers to "are you coming?" by the signed link of the e-mail that asks, without signing in: yes, later, release; and undo, from
/// the e-mail that tells of a release. The link is good for that booking at that time and in those hands, until it is over.
/// </summary>
public sealed class ComingByLink(
    HubDbFactory databases, Catalogue catalogue, HubTokenSigner tokenSigner, CheckInBooking checkIn, ComeLater comeLater,
    CancelBooking cancel, UndoRelease undoRelease, IClock clock)
{
    /// <summary>Null for a wrong token. Looking changes nothing.</summary>
    public async Task<ComingView?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.CheckIn, token) is not { } notificationId)
            return null;
        await using var db = databases.Open();
        var notification = await db.Notifications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notificationId, stop);
        if (notification?.IdOf(Booking.Subject) is not { } bookingId
            || await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == bookingId, stop) is not { } booking)
            return null;
        var map = await catalogue.Map(stop);
        if (map.Space(booking.SpaceId) is not { } space)
            return null;
        var now = clock.GetCurrentInstant();
        var isSame = notification.MemberId == booking.MemberId && (notification.ScheduledForStart ?? booking.Start) == booking.Start;
        // What became of it in other hands, or at another time, is not the reader's business.
        return isSame
            ? new(booking, space, map.PlaceOf(space), booking.IsToCheckIn(now), UndoRelease.IsOpen(booking, now))
            : null;
    }

    /// <summary>Refuses with not_found, and as <see cref="CheckInBooking"/> does.</summary>
    public Task<Outcome<Booking>> Yes(string token, CancellationToken stop) =>
        Answer(token, booking => checkIn.Run(booking.Id, booking.MemberId, CheckInWay.Link, stop), stop);

    /// <summary>Refuses with not_found, and as <see cref="ComeLater"/> does.</summary>
    public Task<Outcome<Booking>> Later(string token, CancellationToken stop) =>
        Answer(token, booking => comeLater.Run(booking.Id, booking.MemberId, stop), stop);

    /// <summary>Cancels it; where it has begun, it ends. Refuses with not_found, and as <see cref="CancelBooking"/> does.</summary>
    public Task<Outcome<Booking>> Release(string token, CancellationToken stop) =>
        Answer(token, booking => cancel.Run(booking.Id, booking.MemberId, ifRevision: null, stop), stop);

    /// <summary>Refuses with not_found, and as <see cref="UndoRelease"/> does.</summary>
    public Task<Outcome<Booking>> Undo(string token, CancellationToken stop) =>
        Answer(token, booking => undoRelease.Run(booking.Id, booking.MemberId, CheckInWay.Link, stop), stop);

    private async Task<Outcome<Booking>> Answer(string token, Func<Booking, Task<Outcome<Booking>>> act, CancellationToken stop) =>
        await Look(token, stop) is { } seen ? await act(seen.Booking) : Refusal.NotFound;
}
