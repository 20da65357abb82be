using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Guests;

/// <summary>What guests are told.</summary>
public static class GuestNotifications
{
    public static readonly NotificationType Invited = new(
        "guest_invited", NotificationClass.Transactional,
        words: new("Guest invited", "Gast eingeladen"),
        occasion: new("because somebody expects you", "weil Sie erwartet werden", "weil du erwartet wirst"));

    /// <summary>At another time or place.</summary>
    public static readonly NotificationType Changed = new(
        "guest_invitation_changed", NotificationClass.Transactional,
        words: new("Guest’s invitation changed", "Einladung eines Gastes geändert"),
        occasion: new("because your visit was moved", "weil Ihr Besuch verlegt wurde", "weil dein Besuch verlegt wurde"));

    public static readonly NotificationType Withdrawn = new(
        "guest_invitation_withdrawn", NotificationClass.Transactional,
        words: new("Guest’s invitation withdrawn", "Einladung eines Gastes zurückgenommen"),
        occasion: new("because your visit was cancelled", "weil Ihr Besuch abgesagt wurde", "weil dein Besuch abgesagt wurde"));

    public static IReadOnlyList<NotificationType> All { get; } = [Invited, Changed, Withdrawn];
}

/// <summary>A notification to a guest leaves only while it says how their visit stands.</summary>
internal sealed class GuestNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => GuestNotifications.All.Contains(type);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var guestId = notification.SubjectId;
        var bookings = db.Bookings;
        var world = await db.BookingGuests.AsNoTracking().Where(one => one.Id == guestId)
            .Join(bookings, one => one.BookingId, booking => booking.Id, (guest, booking) => new { Guest = guest, Booking = booking })
            .SingleOrDefaultAsync(stop);
        if (world is null)
            return NotificationReason.Gone;
        var stands = world.Guest.IsExpected && world.Booking.IsStanding;
        if (notification.Type == GuestNotifications.Withdrawn)
            return stands ? NotificationReason.Reinstated : null;
        return !stands ? NotificationReason.Cancelled
            : notification.CalendarSequence != world.Booking.CalendarSequence ? NotificationReason.Moved
            : world.Booking.End <= now ? NotificationReason.Past
            : null;
    }
}

/// <summary>A visit that stands is in the guest's calendar as the booking is now; else it is withdrawn from it.</summary>
public sealed class GuestCalendar : INotificationCalendar
{
    public bool Concerns(NotificationType type) => GuestNotifications.All.Contains(type);

    /// <summary>None: what changes meanwhile has another notification written, which tells the calendar.</summary>
    public Task AcquireLock(HubDb db, Notification notification, CancellationToken stop) => Task.CompletedTask;

    public async Task<CalendarTold?> Part(HubDb db, Notification notification, CancellationToken stop)
    {
        var guestId = notification.SubjectId;
        var bookings = db.Bookings;
        var world = await db.BookingGuests.AsNoTracking().Where(one => one.Id == guestId)
            .Join(bookings, one => one.BookingId, booking => booking.Id, (guest, booking) => new { Guest = guest, Booking = booking })
            .SingleOrDefaultAsync(stop);
        return world is null
            ? null
            : new CalendarTold(world.Booking.CalendarSequence + world.Guest.CalendarSequence,
                world.Guest.IsExpected && world.Booking.IsStanding
                    ? FormattableString.Invariant($"{world.Booking.SpaceId} {world.Booking.LocalSpan}") : null);
    }
}
