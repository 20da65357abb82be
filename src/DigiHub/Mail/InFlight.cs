using System.Collections.Concurrent;
using DigiHub.Notifications;

namespace DigiHub.Mail;

/// <summary>
/// The notifications that this process is delivering. When the clock is set ahead, their leases look expired, but this process
/// must not send them twice.
/// </summary>
public sealed class InFlight
{
    private readonly ConcurrentDictionary<Guid, InFlightHandle> held = [];

    public bool Holds(Notification notification) => held.ContainsKey(notification.Id);

    /// <returns>To be disposed when its answer is recorded.</returns>
    internal IDisposable Hold(Notification notification)
    {
        var handle = new InFlightHandle(this, notification.Id);
        held[notification.Id] = handle;
        return handle;
    }

    private sealed class InFlightHandle(InFlight hands, Guid id) : IDisposable
    {
        // A worker that lost its lease must not release the next one's.
        public void Dispose() => hands.held.TryRemove(KeyValuePair.Create(id, this));
    }
}
