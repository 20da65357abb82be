using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>Values of the Note of a notification about a registration.</summary>
public static class RegistrationNote
{
    /// <summary>A confirmation or promotion that stands in for a reminder which has just passed.</summary>
    public const string StandsInForReminder = "reminder";

    /// <summary>An answer to somebody who registered though they were registered already.</summary>
    public const string Again = "again";

    /// <summary>The same to somebody who gave another name with the address: maybe two people share it.</summary>
    public static string AgainAs(PersonName other) => $"{Again}\n{other}";

    /// <summary>Whether the note answers somebody who was registered already, by whatever name.</summary>
    public static bool IsAgain(string? note) => note == Again || OtherName(note) is not null;

    /// <summary>The other name; null where there is none.</summary>
    public static string? OtherName(string? note) => note?.Split('\n', 2) is [Again, var name] ? name : null;
}

/// <summary>
/// The notifications about a registration. Their purposes are such that no person gets two for one thing: a number, a sequence
/// or a start stands in each.
/// </summary>
internal static class RegistrationEmails
{
    /// <summary>
    /// The only notification to an address before its reader has confirmed. It contains nothing that was typed, not even the name in its
    /// header: that could be a stranger's words to a third person.
    /// </summary>
    public static void WriteToConfirm(HubDb db, Registration registration, Event evt, Instant now) =>
        db.Write(ToConfirm(registration, evt, now, revision: $"{registration.Number}"));

    /// <summary>What somebody hears whose place is theirs: the seat, or the place in line.</summary>
    public static void WriteSettled(HubDb db, Registration registration, Event evt, SiteContext place, Instant now)
    {
        if (registration.Status == RegistrationStatus.Waiting)
            WriteWaiting(db, registration, evt, now);
        else
            WriteConfirmed(db, registration, evt, now,
                registration.WantsReminders && ScheduleReminders.ConfirmationRemindsToo(evt, place, now)
                    ? RegistrationNote.StandsInForReminder
                    : null);
    }

    public static void WriteConfirmed(HubDb db, Registration registration, Event evt, Instant now, string? note) =>
        db.Write(Of(registration, RegistrationNotifications.Confirmed, evt, now,
            now, notAfter: evt.End, revision: $"{registration.Number}", note: note));

    /// <summary>How they stand now, to somebody whose calendar may have been told of what was taken back since.</summary>
    public static Notification ReinstatedOf(Registration registration, Event evt, Instant now) =>
        Of(registration, Standing(registration), evt, now, now, notAfter: evt.End,
            purpose: $"registration_reinstated:{registration.Id:N}:{evt.CalendarSequence + registration.CalendarSequence}");

    public static void WriteWaiting(HubDb db, Registration registration, Event evt, Instant now) =>
        db.Write(Of(registration, RegistrationNotifications.Waiting, evt, now,
            now, notAfter: evt.Start, revision: $"{registration.Number}"));

    public static void WritePromoted(HubDb db, Registration registration, Event evt, Instant now, string? note) =>
        db.Write(Of(registration, RegistrationNotifications.Promoted, evt, now, now,
            notAfter: evt.Start, revision: $"{registration.Number}", note: note));

    public static void WriteCancelled(HubDb db, Registration registration, Event evt, Instant now, Instant due) =>
        db.Write(Of(registration, RegistrationNotifications.Cancelled, evt, now,
            due, notAfter: evt.End, revision: $"{registration.CalendarSequence}"));

    /// <summary>At most one a day, against flooding a stranger's mailbox.</summary>
    public static Notification AgainOf(Registration registration, Event evt, LocalDate today, Instant now) => registration.IsHeld
        ? ToConfirm(registration, evt, now, purpose: AgainOn(registration, today))
        : AgainOf(registration, evt, AgainOn(registration, today), now, RegistrationNote.Again);

    /// <summary>To a mailbox from which somebody registered by another name: one for each name and day, so that it comes at once.</summary>
    public static Notification AgainAs(Registration registration, Event evt, PersonName other, LocalDate today, Instant now) => AgainOf(
        registration, evt,
        $"{AgainOn(registration, today)}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(other.SearchKey)).AsSpan(0, 8))}",
        now, RegistrationNote.AgainAs(other));

    /// <summary>With this begin the purposes of all such notifications of one day.</summary>
    public static string AgainOn(Registration registration, LocalDate today) =>
        string.Create(CultureInfo.InvariantCulture, $"registration_again:{registration.Id:N}:{today:uuuu-MM-dd}");

    private static Notification AgainOf(Registration registration, Event evt, string purpose, Instant now, string note) =>
        Of(registration, Standing(registration), evt, now, now, notAfter: evt.End, purpose: purpose, note: note);

    private static NotificationType Standing(Registration registration) =>
        registration.Status == RegistrationStatus.Confirmed ? RegistrationNotifications.Confirmed : RegistrationNotifications.Waiting;

    private static Notification ToConfirm(
        Registration registration, Event evt, Instant now, string? revision = null, string? purpose = null) =>
        Of(registration, RegistrationNotifications.ToConfirm, evt, now, now, notAfter: registration.ConfirmBy, revision, purpose);

    public static Notification Of(
        Registration registration, NotificationType type, Event evt, Instant now, Instant due, Instant? notAfter, string? revision = null,
        string? purpose = null, string? note = null, ReminderOf? reminder = null) =>
        Notification.To(
            Recipient.Of(registration), type, Registration.Subject.Of(registration.Id),
            now, due, revision, purpose, note, notAfter, evt.SiteId,
            reminder: reminder);
}
