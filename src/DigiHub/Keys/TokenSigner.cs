using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Data;

namespace DigiHub.Keys;

/// <summary>What a signed link or code may be used for; it is invalid for any other purpose.</summary>
public enum TokenPurpose
{
    Ticket,
    ManageRegistration,
    ManageBooking,
    Unsubscribe,
    SignIn,
    JoinOffer,
    ConfirmAddress,
    ConfirmDecline,
    ChangeAddress,
    Invitation,
    KeepAccount,
    CheckIn,
    WaitingOffer,
    BookingProposal,
    Approval,
    Guest,
}

/// <summary>
/// Signs an id for one purpose: 43 url-safe characters with the id and 128 bits of HMAC-SHA256 under the hub's own key.
/// Nothing of it is stored, so nothing can leak from the database's tables of tickets and links, and none can be guessed.
/// </summary>
public sealed class TokenSigner
{
    private const int IdBytes = 16;
    private const int MacBytes = 16;
    private const int NonceBytes = 12;
    private const string KeyName = "token";

    private readonly byte[] key;

    /// <exception cref="ArgumentException">The key is shorter than 32 bytes.</exception>
    public TokenSigner(byte[] key)
    {
        if (key.Length < 32)
            throw new ArgumentException("The token needs a key of at least 32 bytes.", nameof(key));
        this.key = key;
    }

    /// <summary>The hub's own signer; its key is created on first use, by the first process.</summary>
    public static async Task<TokenSigner> Load(HubDb db, IClock clock, CancellationToken stop)
    {
        if (await Stored(db, stop) is { } known)
            return known;

        db.Keys.Add(new StoredKey
        {
            Name = KeyName,
            Text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            CreatedAt = clock.GetCurrentInstant(),
        });
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException exception) when (DatabaseRefusals.Of(exception) == DatabaseRefusal.Duplicate)
        {
            db.ChangeTracker.Clear(); // another process was faster; uses its key
        }

        return (await Stored(db, stop))!;
    }

    private static async Task<TokenSigner?> Stored(HubDb db, CancellationToken stop) =>
        await db.Keys.AsNoTracking().SingleOrDefaultAsync(stored => stored.Name == KeyName, stop) is { } stored
            ? new TokenSigner(Convert.FromBase64String(stored.Text))
            : null;

    public string Close(TokenPurpose purpose, Guid id)
    {
        Span<byte> token = stackalloc byte[IdBytes + MacBytes];
        id.TryWriteBytes(token, bigEndian: true, out _);
        Mac(purpose, token[..IdBytes], token[IdBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The id, or null if the text was not signed here for this purpose. Takes the same time for every wrong token.</summary>
    public Guid? Open(TokenPurpose purpose, string? text)
    {
        Span<byte> token = stackalloc byte[IdBytes + MacBytes];
        // TryDecode throws for characters outside its alphabet, so these are checked first.
        if (text is null || text.Length > 64 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, token, out var written)
            || written != token.Length)
            return null;

        Span<byte> expected = stackalloc byte[MacBytes];
        Mac(purpose, token[..IdBytes], expected);
        return CryptographicOperations.FixedTimeEquals(expected, token[IdBytes..])
            ? new Guid(token[..IdBytes], bigEndian: true)
            : null;
    }

    /// <summary>
    /// 22 characters that stand for a text in place of it: the same for the same text, and of no use to who has the table but not the key.
    /// </summary>
    public string Pseudonym(string text)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("pseudonym\0" + text), mac);
        return Base64Url.EncodeToString(mac[..MacBytes]);
    }

    /// <summary>32 bytes that follow from the hub's key and a label: a secret for one use, which need not be stored.</summary>
    public byte[] Derive(string label) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("derive\0" + label));

    /// <summary>
    /// Encrypts a text for one use and one row: AES-256-GCM under a key derived from the hub's. Keeps it
    /// out of lists and exports of a table; the whole database also contains the key.
    /// </summary>
    /// <param name="label">What it is used for.</param>
    /// <param name="id">The row it belongs to; it cannot be decrypted in another.</param>
    public string Hide(string label, Guid id, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var hidden = new byte[NonceBytes + MacBytes + plain.Length];
        RandomNumberGenerator.Fill(hidden.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(Derive("hide\0" + label), MacBytes);
        cipher.Encrypt(hidden.AsSpan(0, NonceBytes), plain, hidden.AsSpan(NonceBytes + MacBytes),
            hidden.AsSpan(NonceBytes, MacBytes), id.ToByteArray());
        return Base64Url.EncodeToString(hidden);
    }

    /// <summary>The text, or null if it was not encrypted here for this use and row.</summary>
    public string? Reveal(string label, Guid id, string? text)
    {
        if (text is null || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: >= NonceBytes + MacBytes } hidden)
            return null;
        var plain = new byte[hidden.Length - NonceBytes - MacBytes];
        using var cipher = new AesGcm(Derive("hide\0" + label), MacBytes);
        try
        {
            cipher.Decrypt(hidden.AsSpan(0, NonceBytes), hidden.AsSpan(NonceBytes + MacBytes),
                hidden.AsSpan(NonceBytes, MacBytes), plain, id.ToByteArray());
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain);
    }

    private void Mac(TokenPurpose purpose, ReadOnlySpan<byte> id, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[64];
        var length = Encoding.ASCII.GetBytes(purpose.ToString(), message);
        message[length++] = 0;
        id.CopyTo(message[length..]);
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, message[..(length + IdBytes)], full);
        full[..MacBytes].CopyTo(mac);
    }
}
