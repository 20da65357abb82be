using DigiHub.Data;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>What stands in the Note of a notification about several bookings that have become a member's together.</summary>
/// <param name="FromId">Whose they were; null: those of several people.</param>
/// <param name="BookingIds">At most <see cref="BookingRules.OpenBookingsMax"/>, which a Note has room for.</param>
public sealed record ReceivedNote(Guid? FromId, IReadOnlyList<Guid> BookingIds)
{
    private const int IdLength = 22; // 16 bytes in base 64
    private const string Several = "several";

    public string Written => $"{FromId?.ToString("N") ?? Several}\n" + string.Join(' ',
        BookingIds.Take(BookingRules.OpenBookingsMax).Select(id => Convert.ToBase64String(id.ToByteArray())[..IdLength]));

    /// <summary>Null: no such note.</summary>
    public static ReceivedNote? Parse(string? note) =>
        note?.Split('\n') is [var from, var ids] && (Guid.TryParseExact(from, "N", out var fromId) || from == Several)
            ? new(from == Several ? null : fromId, [.. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(one => one.Length == IdLength).Select(one => new Guid(Convert.FromBase64String($"{one}==")))])
            : null;
}

/// <summary>What a notification about received bookings tells, as things stand.</summary>
public static class ReceivedBookings
{
    /// <summary>Those that stand and are still the reader's, by start; empty for any other notification.</summary>
    public static async Task<IReadOnlyList<Booking>> Of(HubDb db, Notification notification, CancellationToken stop)
    {
        if (notification.MemberId is not { } memberId || ReceivedNote.Parse(notification.Note) is not { } note)
            return [];
        Guid[] ids = [.. note.BookingIds];
        return await db.Bookings.AsNoTracking()
            .Where(one => one.MemberId == memberId && one.Status == BookingStatus.Confirmed && EF.Parameter(ids).Contains(one.Id))
            .OrderBy(one => one.Start).ThenBy(one => one.Id).ToListAsync(stop);
    }
}

/// <summary>A notification about received bookings leaves only while its reader has one of them ahead.</summary>
internal sealed class ReceivedNotificationCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == BookingNotifications.ReceivedSeveral;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        await ReceivedBookings.Of(db, notification, stop) switch
        {
            [] => NotificationReason.Gone,
            var bookings => bookings.All(one => one.End <= now) ? NotificationReason.Past : null,
        };
}
