using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DigiHub.Web.Tests;

/// <summary>A certificate signed by itself, for localhost and 127.0.0.1, as a server of a test shows it.</summary>
internal static class OwnCertificate
{
    /// <summary>Its two files in the folder: certificate and key, both PEM.</summary>
    public static (X509Certificate2 Certificate, string File, string KeyFile) Write(DirectoryInfo folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var (file, keyFile) = (Path.Combine(folder.FullName, "server.crt"), Path.Combine(folder.FullName, "server.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificate, file, keyFile);
    }
}
