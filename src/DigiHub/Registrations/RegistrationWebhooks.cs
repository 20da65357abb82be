using DigiHub.Activity;
using DigiHub.Data;
using DigiHub.Events;

namespace DigiHub.Registrations;

/// <summary>What programs of others are told of registrations: the event that somebody comes to, never who.</summary>
internal sealed class RegistrationWebhooks : IWebhookSubject
{
    public SubjectKind Kind => Registration.Subject;

    public IReadOnlyList<WebhookType> Types { get; } =
    [
        new("registration.created", new("New registration", "Neue Anmeldung"), RegistrationActs.Created, RegistrationActs.Reinstated),
        new("registration.cancelled", new("Registration cancelled", "Anmeldung storniert"), RegistrationActs.Cancelled),
        new("registration.promoted", new("Moved up from the waiting list", "Von der Warteliste nachgerückt"), RegistrationActs.Promoted),
    ];

    public async Task<WebhookFacts?> Facts(HubDb db, Subject subject, CancellationToken stop) =>
        await db.Registrations.FindAsync([subject.Id], stop) is { } registration
            ? new WebhookFacts { About = Event.Subject.Of(registration.EventId) }
            : null;
}
