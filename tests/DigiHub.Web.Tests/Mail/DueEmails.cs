using DigiHub.Events;
using DigiHub.Notifications;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Tests;

namespace DigiHub.Web.Tests.Mail;

/// <summary>E-mails to the attendees of an event, due now, for tests of delivery.</summary>
internal static class DueEmails
{
    public static readonly Guid EventId = new("0198b1a0-0000-7000-8000-00000000e000");
    public const string Title = "IoT-Sicherheitssprechstunde";
    public const string OtherTitle = "Zahlungsverkehr am Morgen";
    private static int count;

    /// <param name="other">Another than the usual one, so that a reader may have e-mails about both.</param>
    public static Event NewEvent(Cast cast, Instant now, Instant start, Guid? other = null) => new()
    {
        Id = other ?? EventId,
        Slug = other is null ? "iot-security-clinic" : $"{other:N}",
        OrganiserId = cast.Grace.Id,
        Status = EventStatus.Published,
        Title = new(other is null ? Title : OtherTitle, "IoT security clinic"),
        Topic = "iot",
        Format = EventFormat.InPerson,
        SiteId = cast.East.Id,
        StartLocal = start.InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).LocalDateTime,
        EndLocal = start.InZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).LocalDateTime.PlusHours(2),
        Start = start,
        End = start + Duration.FromHours(2),
        Capacity = 2_000,
        CreatedAt = now,
        PublishedAt = now,
    };

    public static Registration NewRegistration(Event evt, Guid id, string email) => new()
    {
        Id = id,
        EventId = evt.Id,
        Name = PersonName.Of("Reader"),
        Email = EmailAddress.Of(email),
        Language = Language.German,
        Number = Interlocked.Increment(ref count),
        RegisteredAt = evt.CreatedAt,
    };

    public static Notification New(
        NotificationType kind, string email, Instant due, Instant start, Guid? otherEvent = null, Guid? registration = null) => new()
        {
            Id = Guid.CreateVersion7(),
            Type = kind,
            Purpose = $"{kind}:{otherEvent}",
            RecipientName = PersonName.Of("Reader"),
            RecipientEmail = EmailAddress.Of(email),
            Language = Language.German,
            SubjectKind = Registration.Subject.Name,
            SubjectId = registration ?? Guid.CreateVersion7(),
            ScheduledForStart = kind == ReminderNotifications.OfEvent ? start : null,
            WrittenAt = due,
            DueAt = due,
            NextAttemptAt = due,
            NotAfter = start,
        };
}
