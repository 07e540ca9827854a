using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azker.Core.Configuration.Settings;

namespace Azker.Core.Configuration;

/// <summary>The certificate that Telegram trusts for the webhook, as PEM.</summary>
public sealed class WebhookCertificate
{
    /// <summary>The size of the largest certificate that a Bot API server takes, in bytes (tdlib/telegram-bot-api, Client.cpp, setWebhook).</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    private const string Remedy = "Give the certificate alone, as PEM.";

    private readonly string? _path;

    private WebhookCertificate(byte[] pem, string? path = null) =>
        (Pem, Fingerprint, _path) = (pem, Convert.ToHexStringLower(SHA256.HashData(pem).AsSpan(0, 16)), path);

    /// <summary>The PEM text, byte for byte. It holds no private key.</summary>
    public ReadOnlyMemory<byte> Pem { get; }

    /// <summary>A value that differs between certificates: 32 hexadecimal digits of the SHA-256 of <see cref="Pem"/>.</summary>
    internal string Fingerprint { get; }

    /// <summary>Trusts this certificate and no other, as Telegram does.</summary>
    internal X509ChainPolicy ToTrust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(Pem.Span));
        return policy;
    }

    /// <summary>Reads a certificate from a file.</summary>
    /// <param name="path">The path of a PEM file that holds the certificate and no private key, at most <see cref="MaxBytes"/>.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is <see langword="null"/>, empty or blank.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="CryptographicException">
    /// The file holds a private key, holds no certificate that can be read, or is too large.
    /// </exception>
    public static WebhookCertificate FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (TryRead(path, out CertificateFault? fault, out Exception? cause) is { } certificate)
        {
            return certificate;
        }

        string message = $"The certificate file '{path}' {fault!.InEnglish}. {Remedy}";
        throw cause is null ? new CryptographicException(message) : new IOException(message, cause);
    }

    /// <summary>Takes a certificate from a text.</summary>
    /// <param name="pem">The certificate as PEM, without a private key; at most <see cref="MaxBytes"/> in UTF-8.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pem"/> is <see langword="null"/>.</exception>
    /// <exception cref="CryptographicException">
    /// The text holds a private key, holds no certificate that can be read, or is too large.
    /// </exception>
    public static WebhookCertificate FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        byte[] bytes = Encoding.UTF8.GetBytes(pem);
        CertificateFault? fault = FindFault(bytes.Length) ?? FindFault(pem);
        return fault is null ? new WebhookCertificate(bytes) : throw new CryptographicException($"The certificate text {fault.InEnglish}. {Remedy}");
    }

    /// <summary>Reads the certificate's file again, which a renewal may have replaced.</summary>
    /// <param name="fault">A sentence about a file that cannot be read, or is written at this moment.</param>
    /// <returns>The certificate that is in the file now; this certificate if it has no file, or the file is faulty or has not changed.</returns>
    internal WebhookCertificate Latest(out string? fault)
    {
        fault = null;
        if (_path is null)
        {
            return this;
        }

        WebhookCertificate? latest = TryRead(_path, out CertificateFault? wrong, out _);
        fault = latest is null ? $"The certificate file '{_path}' {wrong!.InEnglish}." : null;
        return latest is null || latest.Fingerprint == Fingerprint ? this : latest;
    }

    /// <param name="path">The path of the file.</param>
    /// <param name="fault">The fault of the file.</param>
    /// <param name="cause">The reason why the file cannot be read.</param>
    internal static WebhookCertificate? TryRead(string path, out CertificateFault? fault, out Exception? cause)
    {
        cause = null;
        try
        {
            fault = FindFault(new FileInfo(path).Length);
            if (fault is not null)
            {
                return null;
            }

            byte[] pem = File.ReadAllBytes(path);
            fault = FindFault(Encoding.UTF8.GetString(pem));
            return fault is null ? new WebhookCertificate(pem, path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            cause = error;
            fault = new CertificateFault(error is UnauthorizedAccessException ? nameof(SettingTexts.CertificateForbidden) : nameof(SettingTexts.CertificateMissing));
            return null;
        }
    }

    private static CertificateFault? FindFault(long length) => length > MaxBytes ? new CertificateFault(nameof(SettingTexts.CertificateTooLarge), length) : null;

    private static CertificateFault? FindFault(string pem)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return new CertificateFault(nameof(SettingTexts.CertificatePrivateKey));
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates.Count > 0 ? null : new CertificateFault(nameof(SettingTexts.CertificateNone));
        }
        catch (CryptographicException)
        {
            return new CertificateFault(nameof(SettingTexts.CertificateUnreadable));
        }
    }
}
