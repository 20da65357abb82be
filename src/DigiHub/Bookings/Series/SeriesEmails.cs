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
        Write(db, series, SeriesNotifications.Booked, Of(dates), member, now);

    public static void Change(HubDb db, BookingSeries series, IReadOnlyCollection<Booking> dates, Member member, Instant now) =>
        Write(db, series, SeriesNotifications.Changed, Of(dates), member, now);

    /// <summary>Dates that waited for approval have it; what was asked and has not left yet is told by this.</summary>
    public static async Task Approve(
        HubDb db, BookingSeries series, IReadOnlyCollection<Booking> dates, Member member, Instant now, CancellationToken stop)
    {
        var (booked, changed) = (SeriesNotifications.Booked, SeriesNotifications.Changed);
        await db.Notifications.About(BookingSeries.Subject.Of(series.Id))
            .Where(one => one.Type == booked || one.Type == changed).Withdraw(NotificationReason.Superseded, stop);
        Write(db, series, SeriesNotifications.Approved, Of(dates), member, now);
    }

    /// <summary>Says nothing of what nobody has been told yet.</summary>
    public static async Task Cancel(
        HubDb db, BookingSeries series, IReadOnlyCollection<Booking> dates, Member member, Instant now, CancellationToken stop)
    {
        // That it ends earlier, or has lost dates to somebody else, stays true.
        var (booked, changed) = (SeriesNotifications.Booked, SeriesNotifications.Changed);
        if (!series.IsOpen)
            await db.Notifications.About(BookingSeries.Subject.Of(series.Id))
                .Where(one => one.Type == booked || one.Type == changed).Withdraw(NotificationReason.Cancelled, stop);
        // Who asked is told the answer, however soon it comes.
        if (series.ContinuesId is not null || dates.Any(date => date.Status != BookingStatus.Cancelled) || await WasTold(db, series, stop))
            Write(db, series, SeriesNotifications.Cancelled, Of(dates), member, now);
    }

    /// <summary>Its dates from this one on are another series now. Says nothing of what nobody has been told yet.</summary>
    public static async Task Shorten(
        HubDb db, BookingSeries series, LocalDate from, Member member, Instant now, CancellationToken stop)
    {
        if (series.ContinuesId is not null || await WasTold(db, series, stop))
            Write(db, series, SeriesNotifications.Shortened, [from], member, now);
    }

    /// <summary>To whose dates they were.</summary>
    public static void HandOver(HubDb db, BookingSeries series, IReadOnlyCollection<LocalDate> dates, Member from, Instant now) =>
        Write(db, series, SeriesNotifications.HandedOver, dates, from, now);

    private static IEnumerable<LocalDate> Of(IEnumerable<Booking> dates) => dates.Select(date => date.SeriesDate!.Value);

    /// <summary>Or may have been: an e-mail that was withdrawn while its fate was unknown may have arrived.</summary>
    private static Task<bool> WasTold(HubDb db, BookingSeries series, CancellationToken stop) =>
        db.Notifications.About(BookingSeries.Subject.Of(series.Id))
            .AnyAsync(one => one.State != NotificationState.Cancelled || one.ToldSequence != null, stop);

    private static void Write(
        HubDb db, BookingSeries series, NotificationType type, IEnumerable<LocalDate> dates, Member member, Instant now)
    {
        if (member.DisabledAt is null)
            db.Write(Notification.To(Recipient.Of(member), type, BookingSeries.Subject.Of(series.Id), now, now + BookingEmails.UndoWindow,
                revision: $"{series.CalendarSequence}", note: SeriesNote.Of(dates),
                calendarSequence: series.CalendarSequence));
    }
}
