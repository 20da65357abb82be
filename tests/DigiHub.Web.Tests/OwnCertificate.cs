using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DigiHub.Web.Tests;

/// <summary>A certificate signed by itself, as a server of a test shows it.</summary>
internal static class OwnCertificate
{
    /// <param name="host">"localhost" is good for 127.0.0.1, too.</param>
    /// <param name="untilYear">It ends with the beginning of that year.</param>
    public static X509Certificate2 Make(string host = "localhost", int untilYear = 2100)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(untilYear, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>One with its two files in the folder: certificate and key, both PEM.</summary>
    public static (X509Certificate2 Certificate, string File, string KeyFile) Write(DirectoryInfo folder)
    {
        var certificate = Make();
        var (file, keyFile) = (Path.Combine(folder.FullName, "server.crt"), Path.Combine(folder.FullName, "server.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, PrivateKey(certificate));
        return (certificate, file, keyFile);
    }

    public static string PrivateKey(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
