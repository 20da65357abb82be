using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Series;

/// <summary>
/// The one place that writes what members are told about series: one notification an act. Reminders are those of any booking, of each date.
/// Each waits for the undo window, as those of single bookings do.
/// </summary>
internal static class SeriesEmails
{
    public static void Book(HubDb db, BookingSeries series, IReadOnlyCollection<Booking> dates, Member member, Instant now) =>
        Write(db, series, SeriesNotifications.Booked, dates, member, now);

    public static void Change(HubDb db, BookingSeries series, IReadOnlyCollection<Booking> dates, Member member, Instant now) =>
        Write(db, series, SeriesNotifications.Changed, dates, member, now);

    /// <summary>Says nothing of what nobody has been told yet.</summary>
    public static async Task Cancel(
        HubDb db, BookingSeries series, IReadOnlyCollection<Booking> dates, Member member, Instant now, CancellationToken stop)
    {
        if (!series.IsOpen)
            await db.Notifications.About(BookingSeries.Subject.Of(series.Id)).Withdraw(NotificationReason.Cancelled, stop);
        if (series.ContinuesId is not null || await WasTold(db, series, stop))
            Write(db, series, SeriesNotifications.Cancelled, dates, member, now);
    }

    private static Task<bool> WasTold(HubDb db, BookingSeries series, CancellationToken stop) =>
        db.Notifications.About(BookingSeries.Subject.Of(series.Id)).AnyAsync(one => one.State != NotificationState.Cancelled, stop);

    private static void Write(
        HubDb db, BookingSeries series, NotificationType type, IReadOnlyCollection<Booking> dates, Member member, Instant now)
    {
        if (member.DisabledAt is null)
            db.Write(Notification.To(Recipient.Of(member), type, BookingSeries.Subject.Of(series.Id), now, now + BookingEmails.UndoWindow,
                revision: $"{series.CalendarSequence}", note: SeriesNote.Of(dates.Select(date => date.SeriesDate!.Value)),
                calendarSequence: series.CalendarSequence));
    }
}
