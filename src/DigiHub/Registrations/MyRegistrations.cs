using DigiHub.Events;

namespace DigiHub.Registrations;

/// <summary>A registration with its event, as its owner sees it.</summary>
/// <param name="Place">1 for the first on the waiting list; null unless waiting.</param>
public sealed record HeldRegistration(Registration Registration, Event Event, int? Place)
{
    /// <summary>Shown to the confirmed only.</summary>
    public string? JoinLink => Registration.Status == RegistrationStatus.Confirmed ? Event.JoinLink : null;

    public bool CanCancel(Instant now) => Registration.IsLive && Event.Status == EventStatus.Published && now < Event.End;

    /// <summary>Within the undo window of a cancelling.</summary>
    public bool CanReinstate(Instant now) =>
        Registration.CancelledAt is { } cancelled && !Registration.IsLive && now <= cancelled + CancelRegistration.UndoWindow;
}

/// <summary>
/// A member's registrations: what is not over first, soonest first, then the past, latest first; at most 200. Those
/// made as a guest with the member's address are among them.
/// </summary>
public sealed class MyRegistrations
{
    public const int CountMax = 200;

    public Task<IReadOnlyList<HeldRegistration>> Run(Guid memberId, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>One of them; null if it is not theirs.</summary>
    public Task<HeldRegistration?> One(Guid registrationId, Guid memberId, CancellationToken stop) => throw new NotSupportedException();
}
