using System.Security.Cryptography;
using System.Text;

namespace DigiHub.Webhooks;

/// <summary>
/// Signs as Standard Webhooks 1.0 has it: HMAC-SHA256 over id, timestamp and body, separated by full stops;
/// several signatures separated by spaces.
/// </summary>
public static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    public static string Of(IEnumerable<string> secrets, string id, Instant at, string body) =>
        string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret[SecretPrefix.Length..]),
            Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{at.ToUnixTimeSeconds()}.{body}"))))));
}
