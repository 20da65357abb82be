using System.Collections.Concurrent;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// The notifications that this very process is delivering. When somebody sets the clock ahead they all look as if a process had died over them
/// long ago; who has one in hand knows better, and does not send it twice.
/// </summary>
public sealed class InFlight
{
    private readonly ConcurrentDictionary<Guid, InFlightHandle> held = [];

    public bool Holds(Notification notification) => held.ContainsKey(notification.Id);

    /// <returns>To be disposed when its answer is recorded.</returns>
    internal IDisposable Hold(Notification notification)
    {
        var grip = new InFlightHandle(this, notification.Id);
        held[notification.Id] = grip;
        return grip;
    }

    private sealed class InFlightHandle(InFlight hands, Guid id) : IDisposable
    {
        // A worker that lost its claim does not let go of what the next one holds.
        public void Dispose() => hands.held.TryRemove(KeyValuePair.Create(id, this));
    }
}
