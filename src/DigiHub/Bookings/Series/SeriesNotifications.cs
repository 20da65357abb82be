using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings.Series;

/// <summary>
/// What members are told about series: one notification an act, whose e-mail has a table of the dates that its <see cref="SeriesNote"/>
/// names. What happens to one date by itself is told as of any booking.
/// </summary>
public static class SeriesNotifications
{
    public static readonly NotificationType Booked = new(
        "series_booked", NotificationClass.Transactional,
        words: new("Series booked", "Serie gebucht"),
        occasion: new("because you booked a series", "weil Sie eine Serie gebucht haben", "weil du eine Serie gebucht hast"));

    public static readonly NotificationType Changed = new(
        "series_changed", NotificationClass.Transactional,
        words: new("Series changed", "Serie geändert"),
        occasion: new("because your series was changed", "weil Ihre Serie geändert wurde", "weil deine Serie geändert wurde"));

    public static readonly NotificationType Cancelled = new(
        "series_cancelled", NotificationClass.Transactional,
        words: new("Series cancelled", "Serie storniert"),
        occasion: new("because dates of your series were cancelled", "weil Termine Ihrer Serie storniert wurden",
            "weil Termine deiner Serie storniert wurden"));

    /// <summary>Dates of it that waited for approval have it.</summary>
    public static readonly NotificationType Approved = new(
        "series_approved", NotificationClass.Transactional,
        words: new("Series approved", "Serie genehmigt"),
        occasion: new("because your series was approved", "weil Ihre Serie genehmigt wurde", "weil deine Serie genehmigt wurde"));

    /// <summary>
    /// Its later dates have become a series of their own, of which another notification tells. A calendar's entry has one UID, so the end
    /// of the old one needs an e-mail of its own; its note names the date from which it ends.
    /// </summary>
    public static readonly NotificationType Shortened = new(
        "series_shortened", NotificationClass.Transactional,
        words: new("Series ends earlier", "Serie endet früher"),
        occasion: new("because later dates of your series were changed", "weil spätere Termine Ihrer Serie geändert wurden",
            "weil spätere Termine deiner Serie geändert wurden"));

    /// <summary>To whose they were: these dates have become somebody else's.</summary>
    public static readonly NotificationType HandedOver = new(
        "series_dates_handed_over", NotificationClass.Transactional,
        words: new("Dates of a series handed over", "Termine einer Serie übergeben"),
        occasion: new("because dates of your series were handed over", "weil Termine Ihrer Serie übergeben wurden",
            "weil Termine deiner Serie übergeben wurden"));

    public static IReadOnlyList<NotificationType> All { get; } = [Booked, Changed, Cancelled, Shortened, HandedOver, Approved];
}

/// <summary>A notification about a series leaves only while one of the dates it names is as it says.</summary>
internal sealed class SeriesNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => SeriesNotifications.All.Contains(type);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop)
    {
        var seriesId = notification.SubjectId;
        if (!await db.BookingSeries.AnyAsync(series => series.Id == seriesId, stop))
            return NotificationReason.Gone;
        if (notification.Type.IsOneOf(SeriesNotifications.Shortened, SeriesNotifications.HandedOver))
            return null; // stays true whatever happens later
        LocalDate?[] dates = [.. SeriesNote.Dates(notification.Note)];
        var told = await db.Bookings.AsNoTracking().OfSeries(seriesId).Where(booking => EF.Parameter(dates).Contains(booking.SeriesDate))
            .Select(booking => new { booking.Status, booking.End }).ToListAsync(stop);
        var isCancellation = notification.Type == SeriesNotifications.Cancelled;
        var asTold = told.Where(one => one.Status != BookingStatus.Confirmed == isCancellation).ToList();
        if (asTold.Count == 0)
            return isCancellation ? NotificationReason.Reinstated : NotificationReason.Cancelled;
        return asTold.TrueForAll(one => one.End <= now) ? NotificationReason.Past : null;
    }
}
