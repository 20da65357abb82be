using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Registrations;

/// <summary>
/// A registration by the sealed link of a notification or the code of a ticket, without signing in; null for a wrong seal. Looking
/// changes nothing.
/// </summary>
public sealed class RegistrationByLink(HubDbFactory databases, HubSeal hubSeal)
{
    /// <summary>By the link to look after it.</summary>
    public Task<HeldRegistration?> Run(string seal, CancellationToken stop) => Open(SealPurpose.ManageRegistration, seal, stop);

    /// <summary>By what the ticket's QR code says.</summary>
    public Task<HeldRegistration?> Ticket(string code, CancellationToken stop) => Open(SealPurpose.Ticket, code, stop);

    private async Task<HeldRegistration?> Open(SealPurpose purpose, string text, CancellationToken stop)
    {
        if ((await hubSeal.Get(stop)).Open(purpose, text) is not { } registrationId)
            return null;
        await using var db = databases.Open();
        return await MyRegistrations.Held(db, registrationId, stop);
    }
}
