using DigiHub.Data;
using DigiHub.Keys;

namespace DigiHub.Registrations;

/// <summary>
/// A registration by the signed link of a notification or the code of a ticket, without signing in; null for a wrong token. Looking
/// changes nothing.
/// </summary>
public sealed class RegistrationByLink(HubDbFactory databases, HubTokenSigner tokenSigner)
{
    /// <summary>By the link to look after it.</summary>
    public Task<HeldRegistration?> Run(string token, CancellationToken stop) => Open(TokenPurpose.ManageRegistration, token, stop);

    /// <summary>By what the ticket's QR code says.</summary>
    public Task<HeldRegistration?> Ticket(string code, CancellationToken stop) => Open(TokenPurpose.Ticket, code, stop);

    private async Task<HeldRegistration?> Open(TokenPurpose purpose, string text, CancellationToken stop)
    {
        if ((await tokenSigner.Get(stop)).Open(purpose, text) is not { } registrationId)
            return null;
        await using var db = databases.Open();
        return await MyRegistrations.Held(db, registrationId, stop);
    }
}
