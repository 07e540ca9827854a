using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Azker.Core.Configuration;

/// <summary>The certificate that Telegram is to trust for the webhook, read from a PEM file.</summary>
public sealed class WebhookCertificate
{
    /// <summary>The most that a Bot API server takes, in bytes (tdlib/telegram-bot-api, Client.cpp, setWebhook).</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    private WebhookCertificate(byte[] pem) => (Pem, Fingerprint) = (pem, Convert.ToHexStringLower(SHA256.HashData(pem).AsSpan(0, 16)));

    /// <summary>The file, byte for byte. It holds no private key.</summary>
    public ReadOnlyMemory<byte> Pem { get; }

    /// <summary>What tells this file from another: 32 hexadecimal digits of its SHA-256.</summary>
    public string Fingerprint { get; }

    internal static WebhookCertificate? Read(SettingsReader settings)
    {
        if (settings.Text(SettingNames.WebhookCertificate) is not { } path)
        {
            return null;
        }

        (byte[] pem, string? fault) = Load(path);
        if (fault is not null)
        {
            settings.Fault(SettingNames.WebhookCertificate, $"'{path}' {fault}",
                "give the path of the certificate alone, as PEM, or leave it out when a public authority has signed it");
        }

        return new WebhookCertificate(pem);
    }

    private static (byte[] Pem, string? Fault) Load(string path)
    {
        try
        {
            if (new FileInfo(path) is { Length: > MaxBytes } file)
            {
                return ([], $"has {file.Length} bytes, and Telegram takes {MaxBytes} at most");
            }

            byte[] pem = File.ReadAllBytes(path);
            return (pem, FindFault(Encoding.UTF8.GetString(pem)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ([], error is UnauthorizedAccessException ? "must not be read by this user" : "cannot be read, or is not there");
        }
    }

    private static string? FindFault(string pem)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return "holds a private key, which must not leave this host";
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates.Count > 0 ? null : "holds no certificate as PEM";
        }
        catch (CryptographicException)
        {
            return "holds a certificate that cannot be read";
        }
    }
}
