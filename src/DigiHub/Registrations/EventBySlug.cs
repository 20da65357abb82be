using DigiHub.Events;

namespace DigiHub.Registrations;

/// <summary>An event as its page shows it to one reader.</summary>
/// <param name="Event">With its reminder rules.</param>
/// <param name="Mine">The reader's registration, cancelled ones included; null for a stranger.</param>
/// <param name="MyPlace">1 for the first on the waiting list; null if the reader does not wait.</param>
/// <param name="IsMine">The reader may edit it.</param>
public sealed record EventView(EventCard Card, string OrganiserName, Registration? Mine, int? MyPlace, bool IsMine)
{
    public Event Event => Card.Event;

    /// <summary>Shown to the confirmed and to who may edit.</summary>
    public string? JoinLink => IsMine || Mine?.Status == RegistrationStatus.Confirmed ? Event.JoinLink : null;
}

/// <summary>An event by its address; null if there is none, or a draft of somebody else.</summary>
public sealed class EventBySlug
{
    public Task<EventView?> Run(string slug, Guid? readerId, CancellationToken stop) => throw new NotSupportedException();

    public Task<EventView?> ById(Guid eventId, Guid? readerId, CancellationToken stop) => throw new NotSupportedException();
}
