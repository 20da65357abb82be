using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Bookings.Series;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Keys;
using DigiHub.Notifications;
using DigiHub.Registrations;

namespace DigiHub.Calendars;

/// <summary>What was declined: a seat, a booking, or all that is ahead of a series.</summary>
/// <param name="Event">With Registration; else Booking is there.</param>
/// <param name="IsOpen">It stands as it did when it was declined, and can still be given back.</param>
public sealed record Declined(Notification Notification, Event? Event, Registration? Registration, Booking? Booking, bool IsOpen)
{
    /// <summary>Then Booking is its next date, or its last.</summary>
    public BookingSeries? Series { get; init; }

    public static async Task<Declined?> Of(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var sequence = int.Parse(notification.Note!, CultureInfo.InvariantCulture);
        if (notification.IdOf(Registration.Subject) is { } registrationId)
        {
            var registration = await db.Registrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == registrationId, stop);
            if (registration is null)
                return null;
            var evt = await db.Events.AsNoTracking().SingleAsync(one => one.Id == registration.EventId, stop);
            var isOpen = registration.Status == RegistrationStatus.Confirmed && evt.Status == EventStatus.Published && evt.Start > now
                && evt.CalendarSequence + registration.CalendarSequence == sequence;
            return new(notification, evt, registration, null, isOpen);
        }

        if (notification.IdOf(BookingSeries.Subject) is { } seriesId)
            return await OfSeries(db, notification, seriesId, sequence, now, stop);
        var booking = await db.Bookings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == notification.SubjectId, stop);
        return booking is null
            ? null
            : new(notification, null, null, booking, booking.IsStanding && booking.Start > now && booking.CalendarSequence == sequence);
    }

    private static async Task<Declined?> OfSeries(
        HubDb db, Notification notification, Guid seriesId, int sequence, Instant now, CancellationToken stop)
    {
        if (await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seriesId, stop) is not { } series)
            return null;
        var dates = db.Bookings.AsNoTracking().OfSeries(seriesId);
        var next = await dates.Ahead(now).OrderBy(one => one.Start).FirstOrDefaultAsync(stop);
        var shown = next ?? await dates.OrderByDescending(one => one.Start).FirstOrDefaultAsync(stop);
        return shown is null
            ? null
            : new(notification, null, null, shown, next is not null && series.CalendarSequence == sequence) { Series = series };
    }
}

/// <summary>
/// Cancels a registration or booking that was declined in a calendar program, by the signed link of the notification that asked. The link
/// is for the version of the entry that was declined: an old notification cannot cancel a newer registration.
/// </summary>
public sealed class ConfirmDecline(
    HubDbFactory databases, HubTokenSigner tokenSigner, CancelRegistration cancelRegistration, CancelBooking cancelBooking,
    CancelInSeries cancelInSeries, IClock clock)
{
    public static Refusal NotAsked { get; } = new("decline_over", new(
        "This has changed since your calendar declined it. Nothing was cancelled.",
        "Das hat sich geändert, seit Ihr Kalender abgelehnt hat. Es wurde nichts storniert.",
        "Das hat sich geändert, seit dein Kalender abgelehnt hat. Es wurde nichts storniert."));

    /// <summary>Null for a wrong token. Looking changes nothing.</summary>
    public async Task<Declined?> Look(string token, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(TokenPurpose.ConfirmDecline, token) is not { } notificationId)
            return null;
        await using var db = databases.Open();
        return await db.Notifications.AsNoTracking().SingleOrDefaultAsync(
            one => one.Id == notificationId && one.Type == CalendarNotifications.DeclineToConfirm, stop) is { } notification
            ? await Declined.Of(db, notification, clock.GetCurrentInstant(), stop)
            : null;
    }

    /// <summary>Refuses with not_found, decline_over and as the cancelling of either does.</summary>
    public async Task<Refusal?> Run(string token, CancellationToken stop)
    {
        if (await Look(token, stop) is not { } declined)
            return Refusal.NotFound;
        if (!declined.IsOpen)
            return NotAsked;
        if (declined.Series is { } series)
            return (await cancelInSeries.Run(
                new() { SeriesId = series.Id, ActorId = series.MemberId, Scope = SeriesScope.AllFuture, IfRevision = series.Revision },
                stop)).Refusal;
        if (declined.Booking is { } booking)
            return (await cancelBooking.Run(booking.Id, booking.MemberId, ifRevision: null, stop)).Refusal;
        var manage = (await tokenSigner.Get(stop)).Close(TokenPurpose.ManageRegistration, declined.Registration!.Id);
        return (await cancelRegistration.ByLink(manage, stop)).Refusal;
    }
}

/// <summary>Sent only while the declined entry still exists.</summary>
internal sealed class DeclineCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == CalendarNotifications.DeclineToConfirm;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        await Declined.Of(db, notification, now, stop) switch
        {
            null => NotificationReason.Gone,
            { IsOpen: false } => NotificationReason.Changed,
            _ => null,
        };
}
