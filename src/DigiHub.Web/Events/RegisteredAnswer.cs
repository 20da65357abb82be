using System.Security.Cryptography;
using System.Text.Json;
using DigiHub.Registrations;
using Microsoft.AspNetCore.DataProtection;

namespace DigiHub.Web.Events;

/// <summary>
/// What a guest sees after registering: exactly what Register returned, which is the same whether their address was known or not.
/// Carried encrypted in the page's address, valid for an hour: it cannot be forged, and nothing can be looked up by it.
/// </summary>
/// <param name="Place">On the waiting list, from 1; null with a seat.</param>
/// <param name="HeldUntil">
/// When the place lapses at the latest, in seconds of Unix time, unless it is confirmed by the link in the e-mail.
/// </param>
public sealed record RegisteredAnswer(Guid EventId, int? Place, string Email, long HeldUntil)
{
    private const string Purpose = "DigiHub.Registered";
    private const int WrittenMax = 2_000;

    private static readonly TimeSpan toldFor = TimeSpan.FromHours(1);

    public static RegisteredAnswer Of(Registered registered) => new(
        registered.EventId, registered.Place, registered.Email,
        (registered.HeldUntil ?? throw new ArgumentException("A member confirms nothing.", nameof(registered))).ToUnixTimeSeconds());

    public string Written(IDataProtectionProvider keys) => Protector(keys).Protect(JsonSerializer.Serialize(this), toldFor);

    /// <summary>Null for what is no such text, and after an hour.</summary>
    public static RegisteredAnswer? Read(string? written, IDataProtectionProvider keys)
    {
        if (written is not { Length: > 0 and <= WrittenMax })
            return null;
        try
        {
            return JsonSerializer.Deserialize<RegisteredAnswer>(Protector(keys).Unprotect(written));
        }
        catch (CryptographicException)
        {
            return null; // mistyped, too old, or of another hub
        }
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider keys) =>
        keys.CreateProtector(Purpose).ToTimeLimitedDataProtector();
}
