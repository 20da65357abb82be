using DigiHub.Data;
using DigiHub.Mail;

namespace DigiHub.Reminders;

/// <summary>A mail that asks for no more reminders. The token proves whose reminders they are, regardless of the sender.</summary>
internal sealed class UnsubscribeByMail(StopReminders stopReminders) : IInboundHandler
{
    public bool Handles(InboundMessage message) => message is InboundMessage.Unsubscribe;

    public async Task<string?> Handle(HubDb db, InboundMessage message, Instant now, CancellationToken stop) =>
        await stopReminders.Within(db, ((InboundMessage.Unsubscribe)message).Token, wanted: false, stop) is null ? null : "";
}
