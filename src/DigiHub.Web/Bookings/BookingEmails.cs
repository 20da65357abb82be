using DigiHub.Bookings;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;
using DigiHub.Spaces;
using DigiHub.Web.Notifications;

namespace DigiHub.Web.Bookings;

/// <summary>Writes the e-mails about bookings.</summary>
public sealed class BookingEmails(Catalogue catalogue, EmailLinks links) : IEmailAuthor
{
    public bool Writes(NotificationType kind) => kind is NotificationType.BookingConfirmed or NotificationType.BookingMoved
        or NotificationType.BookingCancelled or NotificationType.BookingReminder;

    public async Task<EmailDraft?> Draft(HubDb db, Notification notification, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        var booking = await db.Bookings.AsNoTracking().FirstOrDefaultAsync(known => known.Id == notification.BookingId, stop);
        if (booking is null || map.Space(booking.SpaceId) is not { } space)
            return null;

        var isReminder = notification.Kind == NotificationType.BookingReminder;
        var stopReminders = isReminder && notification.MemberId is { } memberId ? await links.Unsubscribe(memberId, stop) : null;
        var facts = new BookingEmailFacts(
            booking, space, map.PlaceOf(space), links.Booking(booking.Id), BookingEmailFacts.Known(notification.Note), stopReminders);
        var entries = await links.Entries(stop);
        var member = notification.Told is null ? null : await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == booking.MemberId, stop);
        return new EmailDraft(EmailSubject.Of(What(notification.Kind, space), booking.StartLocal).In(notification.Language), Body(notification.Kind), facts)
        {
            About = EmailSubject.Of(new(space.Name, space.Name), booking.StartLocal).In(notification.Language),
            Calendar = notification.Told is not { } told ? null : new EmailCalendar(
                told.IsWithdrawal ? CalendarMethod.Cancel : CalendarMethod.Request,
                Entries.For(member, entries.Of(booking, map, notification.Language)) with { Sequence = told.Sequence, IsCancelled = told.IsWithdrawal }),
            Site = map.PlaceOf(space).Site,
            Unsubscribe = stopReminders,
        };
    }

    private static Words What(NotificationType kind, Space space) => kind switch
    {
        NotificationType.BookingConfirmed => new($"Booked: {space.Name}", $"Gebucht: {space.Name}"),
        NotificationType.BookingMoved => new($"Changed: {space.Name}", $"Geändert: {space.Name}"),
        NotificationType.BookingCancelled => new($"Cancelled: {space.Name}", $"Storniert: {space.Name}"),
        _ => new($"Reminder: {space.Name}", $"Erinnerung: {space.Name}"),
    };

    private static Type Body(NotificationType kind) => kind switch
    {
        NotificationType.BookingConfirmed => typeof(BookingConfirmedEmail),
        NotificationType.BookingMoved => typeof(BookingMovedEmail),
        NotificationType.BookingCancelled => typeof(BookingCancelledEmail),
        _ => typeof(BookingReminderEmail),
    };
}
