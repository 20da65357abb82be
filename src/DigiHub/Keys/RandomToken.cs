using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DigiHub.Keys;

/// <summary>
/// A secret that a program or calendar keeps: 256 random bits, shown once. Only its SHA-256 is stored; that is enough for
/// a random value, which no dictionary holds.
/// </summary>
public static class RandomToken
{
    private const int Bytes = 32;

    /// <summary>The prefix and 43 url-safe characters.</summary>
    public static string Make(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
