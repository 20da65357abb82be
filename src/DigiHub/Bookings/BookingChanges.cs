using DigiHub.Activity;
using DigiHub.Data;

namespace DigiHub.Bookings;

/// <summary>What an act has changed in a tracked booking so far, as activity tells it; the instants follow from the local times.</summary>
internal static class BookingChanges
{
    private static readonly string[] derived =
        [nameof(Booking.Start), nameof(Booking.End), nameof(Booking.Revision), nameof(Booking.CalendarSequence), nameof(Booking.ChangedAt),
            nameof(Booking.OwnFields), nameof(Booking.CheckInBy), nameof(Booking.CheckedInAt), nameof(Booking.CheckedInHow),
            nameof(Booking.ComesLaterAt), nameof(Booking.ApprovalId), nameof(Booking.ApproveBy),
            nameof(Booking.MeetingId)];

    public static FieldChanges? Of(HubDb db, Booking booking) => FieldChanges.Of(db, booking, derived);
}
