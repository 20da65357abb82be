using DigiHub.Registrations;

namespace DigiHub.Reminders;

/// <summary>Switches reminders off or on again. Looking at the link changes nothing: only this act does.</summary>
public sealed class StopReminders
{
    /// <summary>For one event, by the sealed link of a reminder.</summary>
    public Task<Outcome<Registration>> ByLink(string seal, CancellationToken stop) => throw new NotSupportedException();

    public Task<Outcome<Registration>> Resume(string seal, CancellationToken stop) => throw new NotSupportedException();

    /// <summary>All reminders of a member, of events and bookings.</summary>
    public Task<Outcome<bool>> ForMember(Guid memberId, bool wanted, CancellationToken stop) => throw new NotSupportedException();
}
