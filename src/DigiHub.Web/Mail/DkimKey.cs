using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace DigiHub.Web.Mail;

/// <summary>One key by which e-mails are signed, and the record that lets receivers verify them.</summary>
public sealed record DkimKey(AsymmetricKeyParameter Private, string Domain, string Selector, DkimSignatureAlgorithm Algorithm)
{
    /// <summary>Shorter ones can be broken; receivers ignore them.</summary>
    private const int RsaBitsMin = 2048;

    /// <summary>The name of the TXT record to publish.</summary>
    public string RecordName => $"{Selector}._domainkey.{Domain}";

    /// <summary>
    /// What stands in it (RFC 6376 3.6.1, RFC 8463). DNS keeps at most 255 characters in a string: longer ones are published in several.
    /// </summary>
    public string Record => Private switch
    {
        RsaPrivateCrtKeyParameters rsa => "v=DKIM1; k=rsa; p=" + Base64(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(
            new RsaKeyParameters(false, rsa.Modulus, rsa.PublicExponent)).GetDerEncoded()),
        Ed25519PrivateKeyParameters ed25519 => $"v=DKIM1; k=ed25519; p={Base64(ed25519.GeneratePublicKey().GetEncoded())}",
        _ => throw new InvalidOperationException("A key of another kind was let in."),
    };

    /// <summary>The keys of the settings; none when e-mails are not signed here.</summary>
    /// <exception cref="FormatException">Names what is wrong, and in which setting.</exception>
    public static IReadOnlyList<DkimKey> Read(DkimSettings settings, string senderDomain)
    {
        var domain = settings.Domain is { Length: > 0 } given ? given : senderDomain;
        List<DkimKey> keys = [];
        if (settings.RsaKeyFile is { Length: > 0 } rsaFile)
        {
            if (Load(rsaFile, nameof(settings.RsaKeyFile)) is not RsaPrivateCrtKeyParameters rsa)
                throw Wrong(nameof(settings.RsaKeyFile), "is not an RSA key. Create one with: openssl genrsa -out dkim-rsa.pem 2048");
            if (rsa.Modulus.BitLength < RsaBitsMin)
                throw Wrong(nameof(settings.RsaKeyFile), $"has only {rsa.Modulus.BitLength} bits. Use a key of at least {RsaBitsMin}.");
            keys.Add(new DkimKey(rsa, domain, settings.RsaSelector, DkimSignatureAlgorithm.RsaSha256));
        }

        if (settings.Ed25519KeyFile is { Length: > 0 } ed25519File)
        {
            if (Load(ed25519File, nameof(settings.Ed25519KeyFile)) is not Ed25519PrivateKeyParameters ed25519)
                throw Wrong(nameof(settings.Ed25519KeyFile),
                    "is not an Ed25519 key. Create one with: openssl genpkey -algorithm ed25519 -out dkim-ed25519.pem");
            keys.Add(new DkimKey(ed25519, domain, settings.Ed25519Selector, DkimSignatureAlgorithm.Ed25519Sha256));
        }

        return keys;
    }

    private static AsymmetricKeyParameter Load(string file, string setting)
    {
        try
        {
            using var text = new StreamReader(file);
            using var pem = new PemReader(text);
            return pem.ReadObject() switch
            {
                AsymmetricCipherKeyPair pair => pair.Private,
                AsymmetricKeyParameter { IsPrivate: true } key => key,
                _ => throw Wrong(setting, "contains no private key (PEM)."),
            };
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or GeneralSecurityException or ArgumentException)
        {
            throw Wrong(setting, $"cannot be read: {exception.Message}");
        }
    }

    private static FormatException Wrong(string setting, string what) => new($"DigiHub:Mail:Dkim:{setting}: The file {what}");

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
