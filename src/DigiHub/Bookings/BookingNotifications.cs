using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Notifications;

namespace DigiHub.Bookings;

/// <summary>What members are told about their bookings.</summary>
public static class BookingNotifications
{
    public static readonly NotificationType Confirmed = new(
        "booking_confirmed", NotificationClass.Transactional,
        words: new("Booking confirmed", "Buchung bestätigt"),
        occasion: new("because you booked", "weil Sie gebucht haben", "weil du gebucht hast"));

    /// <summary>It holds its space and waits for approval.</summary>
    public static readonly NotificationType Requested = new(
        "booking_requested", NotificationClass.Transactional,
        words: new("Booking waits for approval", "Buchung wartet auf Genehmigung"),
        occasion: new("because your booking waits for approval", "weil Ihre Buchung auf Genehmigung wartet",
            "weil deine Buchung auf Genehmigung wartet"));

    public static readonly NotificationType Approved = new(
        "booking_approved", NotificationClass.Transactional,
        words: new("Booking approved", "Buchung genehmigt"),
        occasion: new("because your booking was approved", "weil Ihre Buchung genehmigt wurde", "weil deine Buchung genehmigt wurde"));

    public static readonly NotificationType Declined = new(
        "booking_declined", NotificationClass.Transactional,
        words: new("Booking declined", "Buchung abgelehnt"),
        occasion: new("because your booking was declined", "weil Ihre Buchung abgelehnt wurde", "weil deine Buchung abgelehnt wurde"));

    /// <summary>Nobody decided in time.</summary>
    public static readonly NotificationType Lapsed = new(
        "booking_lapsed", NotificationClass.Transactional,
        words: new("Booking lapsed", "Buchung verfallen"),
        occasion: new("because nobody approved your booking in time", "weil Ihre Buchung nicht rechtzeitig genehmigt wurde",
            "weil deine Buchung nicht rechtzeitig genehmigt wurde"));

    /// <summary>To the delegate who booked: how it stands now, also where somebody else changed it.</summary>
    public static readonly NotificationType DelegateTold = new(
        "booking_delegate_told", NotificationClass.Transactional,
        words: new("Booking made for somebody else", "Für jemand anderes gebucht"),
        occasion: new("because you booked for a colleague", "weil Sie für jemanden aus Ihrer Organisation gebucht haben",
            "weil du für jemanden aus deiner Organisation gebucht hast"));

    public static readonly NotificationType Moved = new(
        "booking_moved", NotificationClass.Transactional,
        words: new("Booking changed", "Buchung geändert"),
        occasion: new("because your booking was changed", "weil Ihre Buchung geändert wurde", "weil deine Buchung geändert wurde"));

    public static readonly NotificationType Cancelled = new(
        "booking_cancelled", NotificationClass.Transactional,
        words: new("Booking cancelled", "Buchung storniert"),
        occasion: new("because your booking was cancelled", "weil Ihre Buchung storniert wurde", "weil deine Buchung storniert wurde"));

    /// <summary>To who has it now: somebody else's booking became theirs; the note says whose it was.</summary>
    public static readonly NotificationType Received = new(
        "booking_received", NotificationClass.Transactional,
        words: new("Booking handed over to you", "Buchung übernommen"),
        occasion: new("because a booking was handed over to you", "weil Ihnen eine Buchung übergeben wurde",
            "weil dir eine Buchung übergeben wurde"));

    /// <summary>Several became theirs together: <see cref="ReceivedNote"/>.</summary>
    public static readonly NotificationType ReceivedSeveral = new(
        "bookings_received", NotificationClass.Transactional,
        words: new("Several bookings handed over to you", "Mehrere Buchungen übernommen"),
        occasion: new("because bookings were handed over to you", "weil Ihnen Buchungen übergeben wurden",
            "weil dir Buchungen übergeben wurden"));

    /// <summary>To whose it was, where their calendar has it: takes it out. The note has what the booking was like then.</summary>
    public static readonly NotificationType HandedOver = new(
        "booking_handed_over", NotificationClass.Transactional,
        words: new("Booking handed over", "Buchung übergeben"),
        occasion: new("because your booking was handed over", "weil Ihre Buchung übergeben wurde", "weil deine Buchung übergeben wurde"));

    /// <summary>Several bookings were moved or cancelled together: <see cref="SettledNote"/>.</summary>
    public static readonly NotificationType Settled = new(
        "bookings_settled", NotificationClass.Transactional,
        words: new("Several bookings changed", "Mehrere Buchungen geändert"),
        occasion: new("because several of your bookings were changed", "weil mehrere Ihrer Buchungen geändert wurden",
            "weil mehrere deiner Buchungen geändert wurden"));

    /// <summary>Several were cancelled together by their member, or for them: <see cref="SettledNote"/>.</summary>
    public static readonly NotificationType CancelledTogether = new(
        "bookings_cancelled", NotificationClass.Transactional,
        words: new("Several bookings cancelled", "Mehrere Buchungen storniert"),
        occasion: new("because several of your bookings were cancelled", "weil mehrere Ihrer Buchungen storniert wurden",
            "weil mehrere deiner Buchungen storniert wurden"));

    /// <summary>It has become one date of a series, whose e-mail tells of it: takes the single entry out of its calendar.</summary>
    public static readonly NotificationType Joined = new(
        "booking_joined_series", NotificationClass.Transactional,
        words: new("Booking is part of a series now", "Buchung gehört jetzt zu einer Serie"),
        occasion: new("because your booking became a series", "weil Ihre Buchung eine Serie wurde", "weil deine Buchung eine Serie wurde"));

    /// <summary>"Are you coming?": where nobody who does not check in keeps what they booked.</summary>
    public static readonly NotificationType CheckInAsked = new(
        "booking_check_in_asked", NotificationClass.Reminder,
        words: new("Are you coming?", "Kommen Sie?", "Kommst du?"),
        occasion: new("because your booking asks you to check in", "weil Sie zu Ihrer Buchung einchecken sollen",
            "weil du zu deiner Buchung einchecken sollst"));

    /// <summary>Nobody checked in.</summary>
    public static readonly NotificationType Released = new(
        "booking_released", NotificationClass.Transactional,
        words: new("Booking released", "Buchung freigegeben"),
        occasion: new("because nobody checked in to your booking", "weil zu Ihrer Buchung niemand eingecheckt hat",
            "weil zu deiner Buchung niemand eingecheckt hat"));

    /// <summary>The note of a reminder that also asks whether its reader comes: rather one e-mail than two within the hour.</summary>
    public const string Asks = "asks";

    public static readonly NotificationType Reminder = new(
        "booking_reminder", NotificationClass.Reminder,
        words: new("Booking reminder", "Erinnerung an eine Buchung"),
        occasion: new("because you asked for reminders", "weil Sie erinnert werden möchten", "weil du erinnert werden möchtest"));

    /// <summary>About all of a member's bookings that one import has brought; its subject is the member, its note how many.</summary>
    public static readonly NotificationType Brought = new(
        "bookings_brought", NotificationClass.Transactional,
        words: new("Bookings brought over", "Buchungen übernommen"),
        occasion: new("because your bookings were brought over", "weil Ihre Buchungen übernommen wurden",
            "weil deine Buchungen übernommen wurden"));
}

/// <summary>Sent only while the account is there and can be used.</summary>
internal sealed class BookingsBroughtCheck : INotificationCheck
{
    public bool Concerns(NotificationType type) => type == BookingNotifications.Brought;

    public async Task<NotificationReason?> WhyNot(HubDb db, Notification notification, Instant now, CancellationToken stop) =>
        await db.Members.AnyAsync(one => one.Id == notification.SubjectId && one.DisabledAt == null, stop)
            ? null : NotificationReason.Over;
}
