using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;
using DigiHub.Events;
using DigiHub.Letters;
using DigiHub.Reminders;
using DigiHub.Spaces;

namespace DigiHub.Registrations;

/// <summary>What may stand in the Note of a letter about a registration, for whoever puts it into words.</summary>
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
/// The letters about a registration. Their purposes are such that no person gets two for one thing: a number, a sequence
/// or a start stands in each.
/// </summary>
internal static class RegistrationLetters
{
    /// <summary>
    /// The only letter to an address before its reader has said that it was them. Nothing in it is what somebody typed, the name in its
    /// head neither: that may be a stranger's words to a third person.
    /// </summary>
    public static void WriteToConfirm(HubDb db, Registration registration, Event hosted, Instant now) =>
        db.Write(ToConfirm(registration, hosted, $"registration-to-confirm:{registration.Id:N}:{registration.Number}", now));

    /// <summary>What somebody hears whose place is theirs: the seat, or the place in line.</summary>
    public static void WriteSettled(HubDb db, Registration registration, Event hosted, SitePlace place, Instant now)
    {
        if (registration.Status == RegistrationStatus.Waiting)
            WriteWaiting(db, registration, hosted, now);
        else
            WriteConfirmed(db, registration, hosted, now,
                registration.WantsReminders && ArmReminders.ConfirmationRemindsToo(hosted, place, now) ? RegistrationNote.StandsInForReminder : null);
    }

    public static void WriteConfirmed(HubDb db, Registration registration, Event hosted, Instant now, string? note) =>
        db.Write(Of(registration, hosted, LetterKind.RegistrationConfirmed, $"registration-confirmed:{registration.Id:N}:{registration.Number}",
            now, now, notAfter: hosted.End, note));

    /// <summary>How they stand now, to somebody whose calendar may have been told of what was taken back since.</summary>
    public static Letter ReinstatedOf(Registration registration, Event hosted, Instant now) =>
        Of(registration, hosted, registration.Status == RegistrationStatus.Confirmed ? LetterKind.RegistrationConfirmed : LetterKind.RegistrationWaiting,
            $"registration-reinstated:{registration.Id:N}:{hosted.CalendarSequence + registration.CalendarSequence}", now, now, notAfter: hosted.End);

    public static void WriteWaiting(HubDb db, Registration registration, Event hosted, Instant now) =>
        db.Write(Of(registration, hosted, LetterKind.RegistrationWaiting, $"registration-waiting:{registration.Id:N}:{registration.Number}",
            now, now, notAfter: hosted.Start));

    public static void WritePromoted(HubDb db, Registration registration, Event hosted, Instant now, string? note) =>
        db.Write(Of(registration, hosted, LetterKind.RegistrationPromoted, $"registration-promoted:{registration.Id:N}:{registration.Number}",
            now, now, notAfter: hosted.Start, note));

    public static void WriteCancelled(HubDb db, Registration registration, Event hosted, Instant now, Instant due) =>
        db.Write(Of(registration, hosted, LetterKind.RegistrationCancelled, $"registration-cancelled:{registration.Id:N}:{registration.CalendarSequence}",
            now, due, notAfter: hosted.End));

    /// <summary>At most one a day: who asks again and again does not fill a stranger's mailbox.</summary>
    public static Letter AgainOf(Registration registration, Event hosted, LocalDate today, Instant now) => registration.IsHeld
        ? ToConfirm(registration, hosted, AgainOn(registration, today), now)
        : AgainOf(registration, hosted, AgainOn(registration, today), now, RegistrationNote.Again);

    /// <summary>To a mailbox from which somebody registered by another name: one for each name and day, so that it comes at once.</summary>
    public static Letter AgainAs(Registration registration, Event hosted, PersonName other, LocalDate today, Instant now) => AgainOf(
        registration, hosted, $"{AgainOn(registration, today)}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(other.SearchKey)).AsSpan(0, 8))}",
        now, RegistrationNote.AgainAs(other));

    /// <summary>With this begin the purposes of all such letters of one day.</summary>
    public static string AgainOn(Registration registration, LocalDate today) =>
        string.Create(CultureInfo.InvariantCulture, $"registration-again:{registration.Id:N}:{today:uuuu-MM-dd}");

    private static Letter AgainOf(Registration registration, Event hosted, string purpose, Instant now, string note) =>
        Of(registration, hosted,
            registration.Status == RegistrationStatus.Confirmed ? LetterKind.RegistrationConfirmed : LetterKind.RegistrationWaiting,
            purpose, now, now, notAfter: hosted.End, note: note);

    private static Letter ToConfirm(Registration registration, Event hosted, string purpose, Instant now) =>
        Of(registration, hosted, LetterKind.RegistrationToConfirm, purpose, now, now, notAfter: registration.ConfirmBy);

    public static Letter Of(
        Registration registration, Event hosted, LetterKind kind, string purpose, Instant now, Instant due, Instant? notAfter,
        string? note = null, Guid? ruleId = null, Instant? armedForStart = null, Instant? movedFrom = null, int? daysBefore = null) => new()
        {
            Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
            Kind = kind,
            Purpose = purpose,
            RecipientName = registration.Name,
            RecipientEmail = registration.Email,
            Language = registration.Language,
            MemberId = registration.MemberId,
            EventId = hosted.Id,
            RegistrationId = registration.Id,
            RuleId = ruleId,
            SiteId = hosted.SiteId,
            DaysBefore = daysBefore,
            ArmedForStart = armedForStart,
            Note = note,
            WrittenAt = now,
            DueAt = due,
            MovedFrom = movedFrom,
            NotAfter = notAfter,
            NextAttemptAt = due,
        };
}
