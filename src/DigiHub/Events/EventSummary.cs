namespace DigiHub.Events;

/// <summary>The state of an event's registration for a new attendee.</summary>
public enum RegistrationState { Draft, NotYetOpen, Open, WaitingList, Full, Closed, Started, Cancelled }

/// <summary>An event in a list, with its seats counted.</summary>
/// <param name="Taken">Confirmed registrations.</param>
/// <param name="Waiting">On the waiting list.</param>
public sealed record EventSummary(Event Event, int Taken, int Waiting)
{
    /// <summary>For a new registration: the waiting list comes first.</summary>
    public int SeatsLeft => Waiting > 0 ? 0 : Math.Max(0, Event.Capacity - Taken);

    public RegistrationState RegistrationState(Instant now) => Event.RegistrationState(now, Taken, Waiting);
}
