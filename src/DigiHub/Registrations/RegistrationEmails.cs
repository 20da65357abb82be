using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>What may stand in the Note of a notification about a registration, for whoever puts it into words.</summary>
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
    /// The only notification to an address before its reader has said that it was them. Nothing in it is what somebody typed, the name in its
    /// head neither: that may be a stranger's words to a third person.
    /// </summary>
    public static void WriteToConfirm(HubDb db, Registration registration, Event evt, Instant now) =>
        db.Write(ToConfirm(registration, evt, $"registration-to-confirm:{registration.Id:N}:{registration.Number}", now));

    /// <summary>What somebody hears whose place is theirs: the seat, or the place in line.</summary>
    public static void WriteSettled(HubDb db, Registration registration, Event evt, SiteContext place, Instant now)
    {
        if (registration.Status == RegistrationStatus.Waiting)
            WriteWaiting(db, registration, evt, now);
        else
            WriteConfirmed(db, registration, evt, now,
                registration.WantsReminders && ScheduleReminders.ConfirmationRemindsToo(evt, place, now) ? RegistrationNote.StandsInForReminder : null);
    }

    public static void WriteConfirmed(HubDb db, Registration registration, Event evt, Instant now, string? note) =>
        db.Write(Of(registration, evt, NotificationType.RegistrationConfirmed, $"registration-confirmed:{registration.Id:N}:{registration.Number}",
            now, now, notAfter: evt.End, note));

    /// <summary>How they stand now, to somebody whose calendar may have been told of what was taken back since.</summary>
    public static Notification ReinstatedOf(Registration registration, Event evt, Instant now) =>
        Of(registration, evt, registration.Status == RegistrationStatus.Confirmed ? NotificationType.RegistrationConfirmed : NotificationType.RegistrationWaiting,
            $"registration-reinstated:{registration.Id:N}:{evt.CalendarSequence + registration.CalendarSequence}", now, now, notAfter: evt.End);

    public static void WriteWaiting(HubDb db, Registration registration, Event evt, Instant now) =>
        db.Write(Of(registration, evt, NotificationType.RegistrationWaiting, $"registration-waiting:{registration.Id:N}:{registration.Number}",
            now, now, notAfter: evt.Start));

    public static void WritePromoted(HubDb db, Registration registration, Event evt, Instant now, string? note) =>
        db.Write(Of(registration, evt, NotificationType.RegistrationPromoted, $"registration-promoted:{registration.Id:N}:{registration.Number}",
            now, now, notAfter: evt.Start, note));

    public static void WriteCancelled(HubDb db, Registration registration, Event evt, Instant now, Instant due) =>
        db.Write(Of(registration, evt, NotificationType.RegistrationCancelled, $"registration-cancelled:{registration.Id:N}:{registration.CalendarSequence}",
            now, due, notAfter: evt.End));

    /// <summary>At most one a day: who asks again and again does not fill a stranger's mailbox.</summary>
    public static Notification AgainOf(Registration registration, Event evt, LocalDate today, Instant now) => registration.IsHeld
        ? ToConfirm(registration, evt, AgainOn(registration, today), now)
        : AgainOf(registration, evt, AgainOn(registration, today), now, RegistrationNote.Again);

    /// <summary>To a mailbox from which somebody registered by another name: one for each name and day, so that it comes at once.</summary>
    public static Notification AgainAs(Registration registration, Event evt, PersonName other, LocalDate today, Instant now) => AgainOf(
        registration, evt, $"{AgainOn(registration, today)}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(other.SearchKey)).AsSpan(0, 8))}",
        now, RegistrationNote.AgainAs(other));

    /// <summary>With this begin the purposes of all such notifications of one day.</summary>
    public static string AgainOn(Registration registration, LocalDate today) =>
        string.Create(CultureInfo.InvariantCulture, $"registration-again:{registration.Id:N}:{today:uuuu-MM-dd}");

    private static Notification AgainOf(Registration registration, Event evt, string purpose, Instant now, string note) =>
        Of(registration, evt,
            registration.Status == RegistrationStatus.Confirmed ? NotificationType.RegistrationConfirmed : NotificationType.RegistrationWaiting,
            purpose, now, now, notAfter: evt.End, note: note);

    private static Notification ToConfirm(Registration registration, Event evt, string purpose, Instant now) =>
        Of(registration, evt, NotificationType.RegistrationToConfirm, purpose, now, now, notAfter: registration.ConfirmBy);

    public static Notification Of(
        Registration registration, Event evt, NotificationType kind, string purpose, Instant now, Instant due, Instant? notAfter,
        string? note = null, Guid? ruleId = null, Instant? armedForStart = null, Instant? movedFrom = null, int? daysBefore = null) => new()
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            Kind = kind,
            Purpose = purpose,
            RecipientName = registration.Name,
            RecipientEmail = registration.Email,
            Language = registration.Language,
            MemberId = registration.MemberId,
            EventId = evt.Id,
            RegistrationId = registration.Id,
            RuleId = ruleId,
            SiteId = evt.SiteId,
            DaysBefore = daysBefore,
            ScheduledForStart = armedForStart,
            Note = note,
            WrittenAt = now,
            DueAt = due,
            MovedFrom = movedFrom,
            NotAfter = notAfter,
            NextAttemptAt = due,
        };
}
