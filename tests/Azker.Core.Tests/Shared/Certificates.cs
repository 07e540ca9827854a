using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Azker.Core.Tests.Shared;

internal static class Certificates
{
    /// <summary>Writes a new self-signed certificate as PEM, with its key if asked.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path, bool withKey = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bot.example.com", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(path, certificate.ExportCertificatePem() + (withKey ? "\n" + key.ExportPkcs8PrivateKeyPem() : ""));
        return path;
    }
}
