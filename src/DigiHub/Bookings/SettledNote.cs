using System.Globalization;
using DigiHub.Data;
using DigiHub.Notifications;
using DigiHub.Spaces;

namespace DigiHub.Bookings;

/// <summary>What became of one booking.</summary>
/// <param name="FromSpaceId">Where it was.</param>
/// <param name="IsMoved">False: it was cancelled.</param>
public sealed record SettledLine(Guid BookingId, int FromSpaceId, bool IsMoved);

/// <summary>
/// What stands in the Note of a notification about several bookings that were moved or cancelled together: the reason and a line for each,
/// short enough for a Note.
/// </summary>
public sealed record SettledNote(LocalisedText Reason, IReadOnlyList<SettledLine> Lines)
{
    public const int ReasonMax = 120;

    private const int IdLength = 22; // 16 bytes in base 64

    /// <summary>Lines for which there is no room are left out; the e-mail leads to all bookings.</summary>
    public string Written
    {
        get
        {
            var written = Reason.Written + "\n";
            foreach (var line in Lines)
            {
                var next = string.Create(CultureInfo.InvariantCulture,
                    $"{(line.IsMoved ? 'm' : 'c')}{Convert.ToBase64String(line.BookingId.ToByteArray())[..IdLength]}{line.FromSpaceId} ");
                if (written.Length + next.Length > Notification.NoteMax)
                    break;
                written += next;
            }

            return written;
        }
    }

    /// <summary>Null: no such note.</summary>
    public static SettledNote? Parse(string? note)
    {
        if (note?.Split('\n') is not [var reason, var lines])
            return null;
        return new(
            LocalisedText.Kept(reason), [.. lines.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Line).OfType<SettledLine>()]);
    }

    private static SettledLine? Line(string line) => line.Length > IdLength + 1
        && int.TryParse(line.AsSpan(IdLength + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var spaceId)
            ? new(new Guid(Convert.FromBase64String($"{line.AsSpan(1, IdLength)}==")), spaceId, line[0] == 'm')
            : null;
}

/// <param name="From">Where it was.</param>
public sealed record ToldSettled(Booking Booking, Space Space, Space From, bool IsMoved);

/// <summary>What a notification about settled bookings tells, as things stand.</summary>
public static class SettledBookings
{
    /// <summary>
    /// Those that are still as it says, by start: moved and standing, or cancelled. What somebody moved back or booked again since is left
    /// out. Null: not such a notification.
    /// </summary>
    public static async Task<(LocalisedText Reason, IReadOnlyList<ToldSettled> Bookings)?> Of(
        HubDb db, HubDirectory map, Notification notification, CancellationToken stop)
    {
        if (notification.MemberId is not { } memberId || SettledNote.Parse(notification.Note) is not { } note)
            return null;
        Guid[] ids = [.. note.Lines.Select(line => line.BookingId)];
        var bookings = await db.Bookings.AsNoTracking().Where(booking => booking.MemberId == memberId && ids.Contains(booking.Id))
            .OrderBy(booking => booking.Start).ThenBy(booking => booking.Id).ToListAsync(stop);
        var told = from booking in bookings
                   let line = note.Lines.First(one => one.BookingId == booking.Id)
                   let space = map.Space(booking.SpaceId)
                   let was = map.Space(line.FromSpaceId)
                   where space is not null && was is not null
                       && (line.IsMoved ? booking.IsStanding && space.Id != was.Id : !booking.IsStanding)
                   select new ToldSettled(booking, space, was, line.IsMoved);
        return (note.Reason, [.. told]);
    }
}

/// <summary>A notification about settled bookings leaves only while one of them is as it says.</summary>
internal sealed class SettledNotificationCheck(Catalogue catalogue) : INotificationCheck
{
    public bool Concerns(NotificationType type) =>
        type.IsOneOf(BookingNotifications.Settled, BookingNotifications.CancelledTogether);

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        await SettledBookings.Of(db, await catalogue.Map(stop), notification, stop) is { Bookings.Count: > 0 } told
            ? told.Bookings.All(one => one.Booking.End <= now) ? NotificationReason.Past : null
            : NotificationReason.Reinstated;
}
