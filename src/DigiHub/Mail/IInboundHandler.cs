using DigiHub.Data;

namespace DigiHub.Mail;

/// <summary>
/// Acts on one kind of inbound mail. The capability whose rows it changes declares it; runs inside the transaction that records the mail.
/// </summary>
public interface IInboundHandler
{
    bool Handles(InboundMessage message);

    /// <summary>
    /// Returns what came of it in a few words, or null if the mail does not concern the hub: it then counts as any other.
    /// </summary>
    Task<string?> Handle(HubDb db, InboundMessage message, Instant now, CancellationToken stop);
}
