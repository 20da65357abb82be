namespace DigiHub.Registrations;

/// <summary>Somebody wants a seat: a member by their id, or a guest by name and address.</summary>
/// <param name="Language">Of the letters to a guest; a member's own language counts for members.</param>
public sealed record RegisterRequest(
    Guid EventId, Guid? MemberId = null, string? GuestName = null, string? GuestEmail = null,
    Language Language = Language.German, bool WantsReminders = true);

/// <summary>
/// What the person who registered may see. To a guest nothing tells whether the address was registered before: they see
/// what a newcomer would, and the letter to the address tells the rest.
/// </summary>
/// <param name="Place">Place on the waiting list, from 1; null with a seat.</param>
/// <param name="Registration">For members only.</param>
/// <param name="WasAlready">The member was registered before; nothing has changed. Always false for a guest.</param>
public sealed record Registered(
    Guid EventId, RegistrationStatus Status, int? Place, string Email, Registration? Registration, bool WasAlready);

/// <summary>The one gate that gives seats.</summary>
public sealed class Register
{
    public Task<Outcome<Registered>> Run(RegisterRequest request, CancellationToken stop) => throw new NotSupportedException();
}
