namespace DigiHub.Registrations;

/// <param name="WasAlready">This is a second scan; At tells when the first was.</param>
public sealed record CheckedIn(Registration Registration, Words EventTitle, Instant At, bool WasAlready);

/// <summary>Notes that somebody is there. Only the event's organiser, the front desk and administrators.</summary>
public sealed class CheckIn
{
    public Task<Outcome<CheckedIn>> Run(Guid registrationId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();

    /// <param name="code">What the ticket's QR code says.</param>
    /// <param name="eventId">Where the scanner stands; null: any event of theirs.</param>
    public Task<Outcome<CheckedIn>> ByTicket(string code, Guid? eventId, Guid actorId, CancellationToken stop) => throw new NotSupportedException();
}
